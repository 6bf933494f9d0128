"""The lines above and below every screen: state of the house, what can be taken back, and the keys at hand.

Room: tui. In: the app's health and pending mail. Out: painted lines; words are made anew at each painting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.pace import Underway
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import Health
from mailcrm.tui.keys import Key
from mailcrm.tui.times import countdown, moment, span_exact, span_left
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import shorten

if TYPE_CHECKING:
    from mailcrm.tui.app import MailcrmApp

__all__ = ["Bars", "joined"]

Part = tuple[str, str]
GAP = "  "


def joined(parts: Sequence[Part], width: int, gap: Part = (" · ", "$text-muted")) -> Content:
    """Return as many of `parts` as fit, in order, with `gap` between them; never half a part but the first."""
    shown: list[Part] = []
    room = width
    for part in parts:
        size = cell_len(part[0]) + (cell_len(gap[0]) if shown else 0)
        if shown and size > room:
            break
        shown.extend([gap, part] if shown else [part])
        room -= size
    return safe.line(*shown, width=width)


class Bars(Vertical):
    """What stands below every screen: trouble (only then), undo (only then), state, keys."""

    DEFAULT_CSS = """
    Bars {
        height: auto; dock: bottom;
        & #trouble { display: none; height: auto; max-height: 3; color: $text-error; padding: 0 1; }
        & #pending { display: none; background: $panel; color: $text; padding: 0 1; }
        & #state { background: $surface; padding: 0 1; }
        & #hints { padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, keys: Callable[[], Sequence[Key]]) -> None:
        super().__init__()
        self.keys = keys

    @property
    def house(self) -> MailcrmApp:
        """The app, by its own name."""
        return cast("MailcrmApp", self.app)

    def compose(self) -> ComposeResult:
        """Build the lines."""
        yield safe.Prose(self._trouble, id="trouble")
        yield safe.Line(self._pending, id="pending")
        yield safe.Line(self._state, id="state")
        yield safe.Line(self._hints, id="hints")

    def on_mount(self) -> None:
        """Show what is known already."""
        self.renew()

    def renew(self) -> None:
        """Paint anew; the lines that are only there when needed come or go."""
        health = self.house.health
        self.query_one("#trouble").display = bool(health and any(account.trouble for account in health.accounts))
        self.query_one("#pending").display = self.house.pending is not None
        for part in self.children:
            part.refresh(layout=part.id == "trouble")

    def _trouble(self) -> Content:
        health = self.house.health
        troubled = [account for account in health.accounts if account.trouble] if health else []
        told = "\n".join(
            _("✗ {account}: {trouble}", account=account.name, trouble=account.trouble) for account in troubled
        )
        return safe.block(told)

    def _pending(self, width: int) -> Content:
        pending = self.house.pending
        if pending is None:
            return safe.line("")
        seconds = (pending.until - self.house.core.now()).total_seconds()
        when = _("leaves in {seconds}", seconds=span_exact(seconds)) if seconds > 0 else _("is leaving")
        back = _("{key} takes it back", key=self.house.key_name("app.undo"))
        what = (
            _("To {to}: {subject}", to=pending.to, subject=pending.subject)
            if pending.count == 1
            else _(
                "{count} mails, the last to {to}: {subject}",
                count=pending.count,
                to=pending.to,
                subject=pending.subject,
            )
        )
        return safe.line(
            ("~ ", "$text-warning bold"),
            shorten(printable_line(what), max(width // 2, 10)),
            (f"  {when}", "bold"),
            (f"  {back}" if seconds > 0 else "", "$text-muted"),
            width=width,
        )

    def _state(self, width: int) -> Content:
        health = self.house.health
        if health is None:
            return safe.line((_("One moment …"), "$text-muted"), width=width)
        now = self.house.core.now()
        underway = self.house.underway
        parts = [
            _reading(underway) if underway else _poll(health, now),
            _next(health, now),
            *_notices(health),
            *_outbox(health),
        ]
        parts.insert(0 if health.engine == "nobody" else len(parts), _engine(health))
        if health.quarantine:
            parts.append(
                (plural("{count} unreadable mail", "{count} unreadable mails", health.quarantine), "$text-warning")
            )
        return joined([part for part in parts if part[0]], width)

    def _hints(self, width: int) -> Content:
        house = self.house
        parts = [
            (f"{house.key_name(key.id)} {key.label}", "") for key in self.keys() if key.label and house.key_name(key.id)
        ]
        return joined(parts, width, (GAP, ""))


def _poll(health: Health, now: datetime) -> Part:
    if not health.accounts:
        return _("✗ no mail account"), "$text-warning"
    polls = [account.last_good_poll for account in health.accounts]
    if any(account.trouble for account in health.accounts):
        sign, style = "✗", "$text-error"
    else:
        sign, style = "✓", "$text-success"
    known = [poll for poll in polls if poll]
    if len(known) < len(polls):
        return _("{sign} mail not fetched yet", sign=sign), style
    return _("{sign} mail {time}", sign=sign, time=moment(min(known), health.zone, now)), style


def _reading(underway: Underway) -> Part:
    """Return how far a long reading of mail is."""
    told = _("↻ {folder} {done} of {total}", folder=underway.what, done=underway.done, total=underway.total)
    if underway.left is None:
        return told, "$text-accent"
    return _("{progress}, {span} left", progress=told, span=span_left(underway.left)), "$text-accent"


def _next(health: Health, now: datetime) -> Part:
    if health.next_due is None:
        return _("nothing due"), "$text-muted"
    return (
        _(
            "next {time} ({countdown})",
            time=moment(health.next_due, health.zone, now),
            countdown=countdown(health.next_due, now),
        ),
        "",
    )


def _notices(health: Health) -> list[Part]:
    if not health.notices:
        return []
    return [(plural("! {count} notice", "! {count} notices", health.notices), "$text-warning bold")]


def _outbox(health: Health) -> list[Part]:
    counts = health.outbox
    waiting = sum(counts.get(state, 0) for state in ("held", "queued", "sending", "deferred"))
    wrong = sum(counts.get(state, 0) for state in ("failed", "in_doubt", "bounced"))
    drafts = counts.get("draft", 0)
    parts: list[Part] = []
    if wrong:
        parts.append((plural("✗ {count} not sent", "✗ {count} not sent", wrong), "$text-error bold"))
    if waiting:
        parts.append((plural("{count} waiting to leave", "{count} waiting to leave", waiting), "$text-warning"))
    if drafts:
        parts.append((plural("{count} draft", "{count} drafts", drafts), ""))
    return parts


def _engine(health: Health) -> Part:
    if health.engine == "here":
        return _("works here"), "$text-muted"
    if health.engine == "elsewhere":
        return _("another window works"), "$text-muted"
    return _("✗ nobody fetches or sends"), "$text-warning"
