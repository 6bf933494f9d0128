"""Outgoing mail for people, and what its fate means for the exit code.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.customer_zone import place_of
from mailcrm.domain.words import Sentence, _, say
from mailcrm.queries.rows import OutboxRow
from mailcrm.tui.terms import DELIVERY, term

if TYPE_CHECKING:
    from mailcrm.cli.session import Session
    from mailcrm.core.facade import Core

__all__ = ["delivered", "look_again", "show_outbox", "show_outgoing"]

_REMOTE, _BUSY = 3, 75
# What a mail that was meant to leave now can have become instead of "sent".
_TROUBLE = {
    "deferred": (_REMOTE, say("{id} waits: the server asks to try again later. mailcrm does so by itself.")),
    "failed": (_REMOTE, say("{id} was not sent.")),
    "in_doubt": (_REMOTE, say("{id} may have been sent: the connection broke while the server was taking it.")),
    "bounced": (_REMOTE, say("{id} came back.")),
    "queued": (_BUSY, say("{id} stays queued: the mailcrm that runs elsewhere will send it.")),
    "sending": (_BUSY, say("{id} is being sent by the mailcrm that runs elsewhere.")),
}

_MENDS = {
    "attachment_missing": say("--attach FILE adds it."),
    "recipient_not_in_thread": say("--to ADDRESS and --no-cc choose who gets it."),
    "promise_without_date": say("--hold ESTIMATE makes it one: --hold Thu, --hold +2wd."),
}


def look_again(out: Output, row: OutboxRow) -> None:
    """Tell on stderr what a person should look at in a mail just written; it leaves all the same."""
    for check in row.checks or ():
        out.error(check.detail, _MENDS.get(check.code))
    if row.estimate is None:  # a holding reply answers nothing yet
        for question in row.questions or ():
            if not question.answered:
                out.error(say("Not answered: {question}", question=question.text))


def delivered(session: Session, rows: Sequence[OutboxRow]) -> None:
    """Tell on stderr of mails that were to leave now and didn't; leave with 3, or 75 where another mailcrm has them."""
    codes = []
    for row in rows:
        if row.state in _TROUBLE:
            code, sentence = _TROUBLE[row.state]
            session.out.error(Sentence(sentence.msgid, {"id": row.id}), row.last_error)
            codes.append(code)
    if codes:
        raise typer.Exit(min(codes))


def show_outbox(out: Output, rows: Sequence[OutboxRow], core: Core) -> None:
    """Print outgoing mail, one a line."""
    if not rows:
        out.line(_("The outbox is empty."))
        return
    cells = [
        (
            row.id,
            str(term(DELIVERY, row.state).title),
            written(row.sent_at or row.next_attempt or row.held_until, core.zone()),
            ", ".join(row.to),
            " — ".join(word for word in (row.subject, *_remarks(row)) if word),
        )
        for row in rows
    ]
    columns(out, (_("id"), _("state"), _("when"), _("to"), _("subject")), cells)


def _remarks(row: OutboxRow) -> list[str]:
    """Return what is to be known of a mail besides its state."""
    told = [str(row.last_error or "")]
    if row.in_time is False:
        told.append(_("leaves too late"))
    if row.unless_reply:
        told.append(_("only if the customer doesn't write first"))
    if row.answered_by:
        told.append(_("{who} has answered meanwhile", who=row.answered_by))
    return [word for word in told if word]


def _there(row: OutboxRow) -> str:
    if row.leaves_there is None or row.customer_zone is None:
        return ""
    return f"{written(datetime.fromisoformat(row.leaves_there), row.customer_zone)} ({place_of(row.customer_zone)})"


def show_outgoing(out: Output, row: OutboxRow, core: Core) -> None:
    """Print an outgoing mail with its text."""
    zone = core.zone()
    out.line(f"{row.id}  {row.subject}", "heading")
    pairs(
        out,
        [
            (_("state"), str(term(DELIVERY, row.state).title)),
            (_("to"), ", ".join(row.to)),
            (_("cc"), ", ".join(row.cc)),
            (_("thread"), row.thread_id or ""),
            (_("held until"), written(row.held_until, zone)),
            (_("customer's clock"), _there(row)),
            (_("known by"), str(row.customer_zone_reason or "")),
            (_("next attempt"), written(row.next_attempt, zone)),
            (_("sent"), written(row.sent_at, zone)),
            (_("estimate"), written(row.estimate, zone)),
            (_("remarks"), "; ".join(_remarks(row))),
        ],
    )
    out.line()
    out.block(row.body or "")
