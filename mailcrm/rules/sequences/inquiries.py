"""Inquiries in the pipeline: a question is asked when the mail that asks it has left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlmodel import Session

from mailcrm.domain.quotes.inquiry import CHECKLIST, with_asked
from mailcrm.records import InquiryRecord, Message, Outgoing
from mailcrm.rules.sequences import Moment, StepDraft
from mailcrm.store.inquiries import inquiry_of, write_inquiry

__all__ = ["SEQUENCE"]

_ABOUT = re.compile(
    r"i(\d+):ask:([a-z_,]*)"
)  # the questions stand there, since a text that a person wrote on has no variables


class _Inquiries:
    """See rules.sequences.StepSequence. Answers are a person's to note: nobody reads them out of a mail."""

    def heard(self, session: Session, mails: Sequence[Message], moment: Moment) -> None:
        """See fresh mails."""

    def left(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """Note that what the mail asks was asked, on the day that it left."""
        found = _ABOUT.fullmatch(outgoing.about)
        record = session.get(InquiryRecord, int(found[1])) if found else None
        if record is None or found is None:
            return
        asked = [topic for topic in found[2].split(",") if topic in CHECKLIST]
        day = (outgoing.sent_at or moment.now).astimezone(moment.policies.office.tz).date()
        inquiry = with_asked(inquiry_of(record), asked, day)
        write_inquiry(session, record, inquiry, moment.now)

    def returned(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """See a mail that came back: its outbox row tells of it."""

    def is_due(self, session: Session, moment: Moment) -> bool:
        """Time has nothing to do here."""
        del session, moment
        return False

    def passed(self, session: Session, moment: Moment) -> None:
        """Time has nothing to do here."""

    def drafts(self, session: Session, moment: Moment) -> Sequence[StepDraft]:
        """No mail stands ready by itself."""
        del session, moment
        return ()


SEQUENCE = _Inquiries()
