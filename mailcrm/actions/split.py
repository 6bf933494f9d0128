"""Split: a person says that a mail, and what answers it, is another conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ActionEntry, Message, Outgoing, Thread, ThreadReference
from mailcrm.store.abouts import unsent_about
from mailcrm.store.finding import message_of
from mailcrm.store.threads import mentioned_by, merge_threads, move, settle_threads

__all__ = ["COMMAND", "SplitThread"]


@dataclass(frozen=True)
class SplitThread:
    """Move `message` ("m340" or its Message-ID) and the mails that answer it into a thread of their own."""

    message: str

    verb: ClassVar[str] = "split"
    title: ClassVar[Sentence] = say("Split the thread here")
    help: ClassVar[Sentence] = say("Make this mail, and what answers it, a thread of its own with its own clock.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Split; RefusedByRule where nothing would stay behind."""
        del situation
        first = message_of(session, self.message)
        old = session.get_one(Thread, first.thread_id)
        mails = session.exec(select(Message).where(col(Message.thread_id) == old.id)).all()
        leaving = _with_answers(first, mails)
        if len(leaving) == len(mails):
            raise RefusedByRule(
                say("Every mail of this thread answers that one: nothing would stay behind."),
                say("Name the mail with which the other conversation begins; `mailcrm show` lists them."),
            )
        before = {"thread": old.id, "split_from": old.split_from}
        new = Thread(account_id=old.account_id, subject=first.subject, split_from=old.split_from or old.id)
        old.split_from, old.done = new.split_from, False
        session.add_all([old, new])
        session.flush()
        assert old.id is not None  # noqa: S101  (it was read from the table)
        assert new.id is not None  # noqa: S101  (flush gave it one)
        move(session, _belongings(session, old.id, mails, leaving), new.id)
        both = frozenset({old.id, new.id})
        settle_threads(session, both)
        return Done(
            say("This mail begins a thread of its own now."),
            new.id,
            both,
            ("thread", {"id": f"t{new.id}"}),
            {**before, "new": new.id},
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Make the two threads one again."""
        del situation
        old, new = before["thread"], before["new"]
        if session.get(Thread, old) is None or session.get(Thread, new) is None:
            raise refuse_undo(say("One of the two threads was merged with another one since."))
        merge_threads(session, new, old)
        kept = session.get_one(Thread, old)
        others = select(Thread.id).where(col(Thread.split_from) == kept.split_from, col(Thread.id) != old)
        if before["split_from"] is None and session.exec(others).first() is None:
            kept.split_from = None
            session.add(kept)
        settle_threads(session, {old})
        return frozenset({old})


def _with_answers(first: Message, mails: Sequence[Message]) -> set[int | None]:
    """Return the ids of `first` and of the mails that answer it, directly or not."""
    leaving, names = {first.id}, {first.message_id} - {""}
    found = True
    while found:
        answers = [mail for mail in mails if mail.id not in leaving and mentioned_by(mail) & names]
        leaving.update(mail.id for mail in answers)
        names.update(mail.message_id for mail in answers if mail.message_id)
        found = bool(answers)
    return leaving


def _belongings(
    session: Session, thread_id: int, mails: Sequence[Message], leaving: set[int | None]
) -> dict[str, list[Any]]:
    """Return what leaves with these mails: ids that only they name, what was sent in them, what a merge brought with them.

    So do mails that have not left and are about a sample, quote or order that hangs on one of these.
    """
    going = {name for mail in mails if mail.id in leaving for name in {mail.message_id, *mentioned_by(mail)}}
    staying = {name for mail in mails if mail.id not in leaving for name in {mail.message_id, *mentioned_by(mail)}}
    known = set(session.exec(select(ThreadReference.reference).where(col(ThreadReference.thread_id) == thread_id)))
    sent = select(Outgoing.id).where(col(Outgoing.thread_id) == thread_id, col(Outgoing.stored_message_id).in_(leaving))
    what: dict[str, list[Any]] = {
        "messages": sorted(message_id for message_id in leaving if message_id is not None),
        "references": sorted((going - staying) & known),
        "outgoing": [*session.exec(sent), *unsent_about(session, thread_id, leaving)],
        "decisions": [],
    }
    for merge in _merges(session, thread_id):
        moved = cast("dict[str, list[Any]]", merge.before["moved"])
        if moved["messages"] and set(moved["messages"]) <= leaving:
            for name in ("decisions", "outgoing"):
                what[name] = sorted({*what[name], *moved[name]})
    return what


def _merges(session: Session, thread_id: int) -> Sequence[ActionEntry]:
    merged = (col(ActionEntry.verb) == "merge", col(ActionEntry.thread_id) == thread_id)
    return session.exec(select(ActionEntry).where(*merged, col(ActionEntry.undone_at).is_(None))).all()


COMMAND = SplitThread
