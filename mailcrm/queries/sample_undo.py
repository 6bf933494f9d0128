"""What a mail did to a sample by itself and a person may take back: it counted as the feedback, and was none.

Room: queries.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.words import say
from mailcrm.queries.rows import FormRow
from mailcrm.records import ActionEntry, SampleRecord

__all__ = ["no_feedback", "undo_feedback"]

_RULE = "mailcrm"


def undo_feedback(session: Session, row: SampleRecord) -> str | None:
    """Return the action ("l9") by which a mail counts as the feedback; None where none does, or a person has gone on from there."""
    if row.state != SampleState.FEEDBACK_IN:
        return None
    made = select(ActionEntry).where(
        col(ActionEntry.verb) == "sample_feedback",
        col(ActionEntry.actor) == _RULE,
        col(ActionEntry.at) >= row.since,
        col(ActionEntry.undone_at).is_(None),
    )
    found = (entry.id for entry in session.exec(made) if entry.after.get("sample") == f"s{row.id}")
    return next((f"l{key}" for key in found), None)


def no_feedback(session: Session, row: SampleRecord) -> tuple[FormRow, ...]:
    """Return the form that takes it back."""
    action = undo_feedback(session, row)
    title = say("That mail was no answer to it: ask on as before")
    return (FormRow("undo", title, {"id": action}),) if action else ()
