"""How accounts stand, in words: well or not, the cause, the mend.

Room: tui. In: `AccountRow`s and `Health`. Out: sentences, for the bar below and for the screen that tells the whole.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mailcrm.domain.words import Sentence, _, plural, say
from mailcrm.queries.rows import AccountRow, Health
from mailcrm.tui.times import moment, span

__all__ = ["causes", "engine_words", "is_stale", "outbox_words", "standing"]

STALE = timedelta(minutes=15)
MISSED = 3  # so many polls that did not come are no chance any more


def causes(account: AccountRow) -> list[Sentence]:
    """Return what is wrong with an account, each cause with its mend; nothing where all is well."""
    if account.awaits_sign_in:
        return [
            say(
                "Nobody has signed in to it yet. Sign in: `mailcrm account authorize {name}`, in another terminal.",
                name=account.name,
            )
        ]
    return [trouble for trouble in (account.trouble, account.send_trouble) if trouble is not None]


def is_stale(account: AccountRow, now: datetime, poll_seconds: int) -> bool:
    """Whether the last good poll is longer ago than it should be."""
    pause = max(STALE, MISSED * timedelta(seconds=poll_seconds))
    return account.last_good_poll is None or now - account.last_good_poll > pause


def standing(account: AccountRow, zone: str, now: datetime) -> str:
    """Return when mail was read last, and when it is tried again."""
    if account.last_good_poll is None:
        read = _("never read yet")
    else:
        ago = span(now - account.last_good_poll)
        read = _("last read {time}, {span} ago", time=moment(account.last_good_poll, zone, now), span=ago)
    if account.next_try is None or account.next_try <= now:
        return read
    return _("{read}; tried again {time}", read=read, time=moment(account.next_try, zone, now))


def engine_words(health: Health) -> str:
    """Return who fetches and sends."""
    if health.engine == "here":
        return _("This window fetches and sends.")
    if health.engine == "elsewhere":
        return _("Another mailcrm fetches and sends (process {pid}).", pid=health.holder or "?")
    return _(
        "Nobody fetches or sends. This window takes over by itself within seconds; where it doesn't, start mailcrm anew."
    )


def outbox_words(health: Health) -> list[tuple[str, str]]:
    """Return the counts of outgoing mail with their looks; what went wrong first."""
    counts = health.outbox
    waiting = sum(counts.get(state, 0) for state in ("held", "queued", "sending", "deferred"))
    wrong = sum(counts.get(state, 0) for state in ("failed", "in_doubt", "bounced"))
    drafts = counts.get("draft", 0)
    told: list[tuple[str, str]] = []
    if wrong:
        told.append((plural("✗ {count} not sent", "✗ {count} not sent", wrong), "bad"))
    if waiting:
        told.append((plural("{count} waiting to leave", "{count} waiting to leave", waiting), "warn"))
    if drafts:
        told.append((plural("{count} draft", "{count} drafts", drafts), ""))
    return told
