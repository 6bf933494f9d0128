"""The sentences of notices.

Room: domain. In: what is told, with the words for whom and what. Out: sentences, open until they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailcrm.domain.notices.digest import Entry
from mailcrm.domain.notices.levels import Level
from mailcrm.domain.words import Sentence, say

__all__ = ["OUTCOMES", "bridge", "escalation", "heading", "line", "meaning", "milestone_line"]


def heading(entries: Sequence[Entry], at: datetime, *, leaving: bool = False) -> Sentence:
    """Return the title of a digest of `at`; `leaving`: it came before the office closed."""
    late = sum(entry.deadline <= at for entry in entries)
    counts = {"late": late, "ahead": len(entries) - late}
    if leaving:
        return say("Before you leave: late {late}, due before you are back {ahead}", **counts)
    return say("Deadlines: late {late}, due soon {ahead}", **counts)


def line(entry: Entry, at: datetime, who: str, due: str, subject: str) -> Sentence:
    """Return what is told of one deadline in a digest of `at`."""
    words = {"who": who, "due": due, "subject": subject}
    if entry.supposed:
        return say("{who}: we seem to have promised an answer for {due}. Did we? – {subject}", **words)
    if entry.deadline <= at:
        if entry.promise:
            return say("{who}: we promised an answer for {due} and gave none – {subject}", **words)
        return say("{who}: unanswered, was due {due} – {subject}", **words)
    if entry.promise:
        return say("{who}: we promised an answer for {due} – {subject}", **words)
    return say("{who}: answer by {due} – {subject}", **words)


def milestone_line(who: str, order: str, step: Sentence, due: str) -> Sentence:
    """Return what is told of a late milestone."""
    return say("{who}: {step} of {order} is late, was due {due}", who=who, step=step, order=order, due=due)


def escalation(entry: Entry, owner: str, *, own: bool) -> Sentence | None:
    """Return what is added for those who are told of what stays undone, None where nothing is; `own`: it is the reader's."""
    if entry.level is Level.FOUR and not own:
        return say("{owner} has not answered for four hours and more.", owner=owner)
    if entry.level is not Level.DAY:
        return None
    if own:
        return say("A day late: answer it, or say that no reply is needed.")
    return say(
        "{owner} has not answered for a day: reassign it, answer it, or say that no reply is needed.", owner=owner
    )


def bridge(count: int, back: str, *, manned: bool) -> tuple[Sentence, ...]:
    """Return what is said before rest days: how far the list reaches, and whether anybody is on duty."""
    reach = say("{count} rest days are ahead: this list reaches to the first hour of {back}.", count=count, back=back)
    nobody = say("Nobody is on duty until then, and the clock runs on. `mailcrm duty add` names who is told.")
    return (reach,) if manned else (reach, nobody)


OUTCOMES = {
    "settled": say("settled since"),
    "withdrawn": say("withdrawn: it had been answered in time"),
}
"""What has become of what somebody was told; nothing is added to what is still open."""


def meaning(level: Level) -> Sentence:
    """Return the rule by which somebody is told."""
    return _MEANINGS[level]


_MEANINGS = {
    Level.WARN: say("A deadline is near: the owner is told."),
    Level.LEAVE: say("The office closes, and a deadline passes before it is back: the owner is told."),
    Level.HOUR: say("A deadline passes within the hour: the owner is told."),
    Level.DUE: say("A deadline has passed: the owner is told."),
    Level.FOUR: say("A deadline has passed for four hours: owner, deputy and manager are told."),
    Level.DAY: say("A deadline has passed for a day: the manager reassigns, answers or waives."),
}
