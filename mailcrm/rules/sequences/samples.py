"""Samples as the pipeline sees them: what mails, their own mails and time make of them.

Room: rules. See `mailcrm.rules.samples`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from mailcrm.domain.message import Kind, Side
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import say
from mailcrm.records import Message, Outgoing, SampleRecord
from mailcrm.rules.samples.circle import ACTOR, Circle
from mailcrm.rules.samples.letters import hear_away, hear_letter
from mailcrm.rules.samples.notices import hear_notice
from mailcrm.rules.samples.ours import hear_ours
from mailcrm.rules.samples.passing import any_due, look, task_once, wanted
from mailcrm.rules.sequences import Moment, StepDraft
from mailcrm.store.samples import Deed, move_sample, note, step_of

__all__ = ["SEQUENCE", "SampleSequence"]

_S = SampleState
_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_ASKING = ("feedback", "followup_1", "followup_2", "followup_3")


class SampleSequence:
    """Samples (rules.sequences.StepSequence)."""

    def heard(self, session: Session, mails: Sequence[Message], moment: Moment) -> None:
        """See fresh mails, in order of arrival."""
        circle = Circle(session, [mail for mail in mails if mail.kind in (*_BY_HAND, Kind.INTERNAL)])
        for mail in mails:
            if mail.kind == Kind.COURIER:
                hear_notice(session, circle, mail, moment)
            elif mail.side == Side.OURS:
                hear_ours(session, circle, mail, moment)
            elif mail.kind in _BY_HAND:
                hear_letter(session, circle, mail, moment)
            elif mail.kind == Kind.AUTO_REPLY:
                hear_away(session, circle, mail, moment)

    def left(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """Let the mail that asks how a sample did have asked."""
        found = step_of(session, outgoing.about)
        if found is None or found[1] not in _ASKING:
            return
        row, step = found
        at = outgoing.sent_at or moment.now
        deed = Deed(at, ACTOR, (Evidence("outgoing", f"x{outgoing.id}"),), say("The mail that asks has left."))
        if row.state == _S.DELIVERED and step == "feedback":
            move_sample(session, row, _S.FEEDBACK_REQUESTED, deed)
        elif row.state in (_S.FEEDBACK_REQUESTED, _S.FOLLOW_UP) and step != "feedback":
            move_sample(session, row, _S.FOLLOW_UP, deed)
        elif row.state in (_S.FEEDBACK_REQUESTED, _S.FOLLOW_UP) and row.asked_at is None:
            row.asked_at, row.look_at = at, at  # somebody else is asked, from the beginning
            note(row, followed_up=[], away=[], wanted=0)
            session.add(row)

    def returned(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """Let a mail that reached nobody stop the sequence: somebody else has to be asked."""
        found = step_of(session, outgoing.about)
        if found is None or found[1] not in _ASKING or found[0].details.get("unreachable"):
            return
        row = found[0]
        if row.state not in (_S.DELIVERED, _S.FEEDBACK_REQUESTED, _S.FOLLOW_UP):
            return
        note(row, unreachable=True)
        row.look_at = None
        session.add(row)
        _find_another(session, row, outgoing, moment)

    def is_due(self, session: Session, moment: Moment) -> bool:
        """Whether a sample is to be looked at by now."""
        return any_due(session, moment)

    def passed(self, session: Session, moment: Moment) -> None:
        """Look at those samples."""
        look(session, moment)

    def drafts(self, session: Session, moment: Moment) -> Sequence[StepDraft]:
        """Return the mails that are to stand ready now."""
        return list(wanted(session, moment))


def _find_another(session: Session, row: SampleRecord, outgoing: Outgoing, moment: Moment) -> None:
    to = ", ".join(outgoing.envelope_to)
    title = say(
        "Our mail about the sample {number} came back from {to}: find another contact.", number=row.number, to=to
    )
    task_once(session, row, f"SampleUnreachable:x{outgoing.id}", title, moment)


SEQUENCE = SampleSequence()
