"""Quotes in the pipeline (`rules.quotes`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from mailcrm.domain.message import Side
from mailcrm.records import Message, Outgoing
from mailcrm.rules.quotes import approving, drafts, hearing, leaving, passing
from mailcrm.rules.sequences import Moment, StepDraft

__all__ = ["SEQUENCE"]


class _Quotes:
    """See rules.sequences.StepSequence."""

    def heard(self, session: Session, mails: Sequence[Message], moment: Moment) -> None:
        """See fresh mails."""
        theirs = [mail for mail in mails if hearing.is_by_hand(mail)]
        if theirs:
            hearing.hear_theirs(session, theirs, moment)
        ours = [mail for mail in mails if mail.side == Side.OURS.value]
        if ours:
            leaving.hear_ours(session, ours, moment)
            approving.hear_managers(session, ours, moment)

    def left(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """See a mail that left."""
        leaving.carried(session, outgoing, moment)

    def returned(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """See a mail that came back from everybody."""
        leaving.came_back(session, outgoing, moment)

    def is_due(self, session: Session, moment: Moment) -> bool:
        """Whether time has anything to do."""
        return passing.is_due(session, moment)

    def passed(self, session: Session, moment: Moment) -> None:
        """Do what is due."""
        passing.pass_time(session, moment)

    def drafts(self, session: Session, moment: Moment) -> Sequence[StepDraft]:
        """Return the follow-ups that are to stand ready."""
        return drafts.wanted_drafts(session, moment)


SEQUENCE = _Quotes()
