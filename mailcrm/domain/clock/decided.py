"""The story's lines of what people said: decisions, and notes.

Room: domain. In: the ledger's events of people. Out: `Line`s; instants stand in them as in `story`.
"""

from __future__ import annotations

from mailcrm.domain.clock.account import Line
from mailcrm.domain.clock.ledger import (
    AnswerDecided,
    ForwardDecided,
    NoteWritten,
    PromiseDecided,
    ThreadAdopted,
    TurnWaived,
)
from mailcrm.domain.words import Sentence, say

__all__ = ["Said", "said", "turn_waived"]

Said = PromiseDecided | AnswerDecided | ForwardDecided | ThreadAdopted | NoteWritten


def said(event: Said) -> Line:
    """Return the line of a person's word that by itself moves no clock: the mail that it is about does."""
    match event:
        case PromiseDecided():
            return _promise_decided(event)
        case AnswerDecided():
            return _answer_decided(event)
        case ForwardDecided():
            return _forward_decided(event)
        case ThreadAdopted():
            return _thread_adopted(event)
        case NoteWritten():
            return _note_written(event)


def _promise_decided(decision: PromiseDecided) -> Line:
    """Return the line of a person's word on such a reply."""
    rule = say("What a reply of ours meant is said by a person.")
    if decision.until is None:
        return Line(
            decision.at, "PromiseDenied", decision.key, rule, say("It was the answer, says {by}.", by=decision.by)
        )
    effect = say("It promised {until}, says {by}.", until=decision.until, by=decision.by)
    return Line(decision.at, "PromiseConfirmed", decision.key, rule, effect)


def turn_waived(decision: TurnWaived) -> Line:
    """Return the line of a person's decision that no reply is needed."""
    rule = say("A person may say, with a reason, that no reply is needed; a new mail starts a new clock.")
    effect = say("No reply needed, says {by}: {reason}", by=decision.by, reason=decision.reason)
    return Line(decision.at, "TurnWaived", decision.key, rule, effect)


def _answer_decided(decision: AnswerDecided) -> Line:
    """Return the line of a person's word on what a mail of ours answered."""
    rule = say(
        "What a mail of ours answers, beyond its own thread and what its writer had in view, is said by a person."
    )
    if decision.yes:
        effect = say("It answered this too, says {by}.", by=decision.by)
        return Line(decision.at, "AnswerConfirmed", decision.key, rule, effect)
    effect = say("It did not answer this, says {by}: the clock runs on.", by=decision.by)
    return Line(decision.at, "AnswerDenied", decision.key, rule, effect)


def _forward_decided(decision: ForwardDecided) -> Line:
    """Return the line of a person's word on a mail that a colleague passed on."""
    rule = say("Whether a customer's mail that a colleague passes on is ours to answer is said by a person.")
    if decision.yes:
        return Line(decision.at, "ForwardTaken", decision.key, rule, say("Taken over by {by}.", by=decision.by))
    effect = say("Not ours to answer, says {by}.", by=decision.by)
    return Line(decision.at, "ForwardLeft", decision.key, rule, effect)


def _thread_adopted(decision: ThreadAdopted) -> Line:
    """Return the line of a thread that was forgotten before mailcrm and taken up."""
    rule = say("A thread that was forgotten before mailcrm is taken up by a person, and counts in no report.")
    return Line(decision.at, "ThreadAdopted", decision.key, rule, say("Taken up by {by}.", by=decision.by))


def _note_written(note: NoteWritten) -> Line:
    """Return the line of a note."""
    rule = say("A note touches no clock.")
    return Line(note.at, "NoteWritten", note.key, rule, Sentence("{by}: {text}", {"by": note.by, "text": note.text}))
