"""Inquiries: what a customer asks for, and the six answers without which no price is worth much.

Room: domain. In: what a person notes. Out: an `Inquiry`, its JSON and its hash; what nobody asked yet, as sentences and as what the template
inquiry_ask takes. Each of the six is

    open ── asked on a day ──┬─► answered
      │                      └─► refused (they won't tell)
      └──────────────────────────► either, at once

Whoever answers late still answers: an answer takes the place of anything else, and "asked" of nothing but "open".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence, say

__all__ = [
    "CHANNELS",
    "CHECKLIST",
    "INQUIRY_STATE_WORDS",
    "NOBODY",
    "Answer",
    "Feasibility",
    "Inquiry",
    "InquiryItem",
    "ask_variables",
    "checked_topic",
    "open_questions",
    "open_sentence",
    "with_answer",
    "with_asked",
    "with_refused",
]

CHANNELS = ("mail", "phone", "whatsapp", "wechat", "platform", "fax", "fair", "visit", "other")

CHECKLIST: Mapping[str, Sentence] = {
    "end_customer": say("who the end customer is"),
    "yearly_volume": say("how much a year"),
    "region": say("where it is sold and used"),
    "use": say("what it is used for"),
    "specification": say("the specification"),
    "quality": say("which quality is required"),
}
"""The customer checklist, in the order in which it is asked; the names are those of the template's questions."""

INQUIRY_STATE_WORDS: Mapping[str, Sentence] = {"open": say("under way"), "lost": say("lost")}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question: `state` "answered", "asked" or "refused"; `on`: the day of it."""

    state: str
    on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class InquiryItem:
    """One of the things asked for, in the customer's words, with their number for it and, where we know it, ours."""

    text: str
    sku: str = ""
    customer_item: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    yearly: Decimal | None = None
    target: Money | None = None


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether we can make it: asked of whom, due when, and what was said ("": nothing yet)."""

    asked_of: str = ""
    due: date | None = None
    answer: str = ""


NOBODY = Feasibility()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A request for a price. `incoterm`: term and place, "FOB Ningbo"; `wanted_by`: when they want the goods, in their words."""

    items: tuple[InquiryItem, ...] = ()
    incoterm: str = ""
    wanted_by: str = ""
    certificates: str = ""
    packing: str = ""
    note: str = ""
    checklist: Mapping[str, Answer] = field(default_factory=dict)
    feasibility: Feasibility = NOBODY
    lost_reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return JSON values: Decimals as strings, days as ISO."""
        told = asdict(self)
        told["items"] = [_item_json(item) for item in self.items]
        told["checklist"] = {topic: asdict(answer) for topic, answer in self.checklist.items()}
        plain: dict[str, Any] = json.loads(json.dumps(told, default=str))
        return plain

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Inquiry:
        """Return the inquiry that `to_json` gave; what an earlier release didn't know is empty."""
        known = dict(stored)
        items = tuple(map(_item_of, known.pop("items", ())))
        checklist = {topic: _answer_of(one) for topic, one in known.pop("checklist", {}).items()}
        asked = known.pop("feasibility", {})
        feasibility = Feasibility(asked.get("asked_of", ""), _day(asked.get("due")), asked.get("answer", ""))
        return Inquiry(**known, items=items, checklist=checklist, feasibility=feasibility)

    def content_hash(self) -> str:
        """Return the sha256 of the canonical JSON."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _item_json(item: InquiryItem) -> dict[str, Any]:
    return {**asdict(replace(item, target=None)), "target": item.target.to_json() if item.target else None}


def _item_of(stored: Mapping[str, Any]) -> InquiryItem:
    known = dict(stored)
    for name in ("quantity", "yearly"):
        known[name] = Decimal(known[name]) if known.get(name) is not None else None
    known["target"] = Money.from_json(known["target"]) if known.get("target") else None
    return InquiryItem(**known)


def _answer_of(stored: Mapping[str, str]) -> Answer:
    return Answer(stored["state"], date.fromisoformat(stored["on"]), stored.get("text", ""))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


# -- the checklist ----------------------------------------------------------------------------------------------------


def checked_topic(given: str) -> str:
    """Return the question of the checklist that `given` names; UsageError names them all."""
    topic = given.strip().lower().replace("-", "_").replace(" ", "_")
    if topic not in CHECKLIST:
        raise UsageError(
            say("{given} is no question of the checklist.", given=given.strip() or "—"),
            say("They are: {known}.", known=", ".join(CHECKLIST)),
        )
    return topic


def with_answer(inquiry: Inquiry, topic: str, text: str, on: date) -> Inquiry:
    """Return the inquiry with an answer; an empty one opens the question again, one that is known already stays that of its day."""
    topic, words = checked_topic(topic), " ".join(text.split())
    checklist = {name: answer for name, answer in inquiry.checklist.items() if name != topic}
    if words:
        before = inquiry.checklist.get(topic)
        known = before is not None and (before.state, before.text) == ("answered", words)
        checklist[topic] = before if before is not None and known else Answer("answered", on, words)
    return replace(inquiry, checklist=checklist)


def with_asked(inquiry: Inquiry, topics: Iterable[str], on: date) -> Inquiry:
    """Return the inquiry with these questions asked; those that are answered or refused stay so."""
    fresh = {topic: Answer("asked", on) for topic in map(checked_topic, topics)}
    settled = {topic: one for topic, one in inquiry.checklist.items() if one.state != "asked" or topic not in fresh}
    return replace(inquiry, checklist={**fresh, **settled})


def with_refused(inquiry: Inquiry, topics: Iterable[str], on: date) -> Inquiry:
    """Return the inquiry with these questions refused: they were asked, and the customer won't tell."""
    fresh = {topic: Answer("refused", on) for topic in map(checked_topic, topics)}
    return replace(inquiry, checklist={**inquiry.checklist, **fresh})


def _open_topics(inquiry: Inquiry) -> list[str]:
    return [topic for topic in CHECKLIST if topic not in inquiry.checklist]


def open_questions(inquiry: Inquiry) -> tuple[Sentence, ...]:
    """Return the questions that are neither answered, nor asked, nor refused."""
    return tuple(CHECKLIST[topic] for topic in _open_topics(inquiry))


def open_sentence(inquiry: Inquiry) -> Sentence | None:
    """Return what nobody asked yet, in a sentence; None where nothing is open."""
    questions = open_questions(inquiry)
    return say("Not asked yet: {questions}.", questions=_listed(questions)) if questions else None


def _listed(sentences: Sequence[Sentence]) -> Sentence:
    """Return the sentences as one list, which stays open to both languages."""
    first, *others = sentences
    return say("{one}, {others}", one=first, others=_listed(others)) if others else first


def ask_variables(inquiry: Inquiry) -> dict[str, str]:
    """Return what the template inquiry_ask takes: the open questions, and what a price needs besides; {} where nothing is missing."""
    missing = _open_topics(inquiry)
    if not any(item.quantity is not None for item in inquiry.items):
        missing.append("quantity")
    if not inquiry.incoterm:
        missing.append("terms")
    return {"missing": ", ".join(missing)} if missing else {}
