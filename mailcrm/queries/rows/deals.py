"""Samples, quotes, orders and inquiries as boards and pages show them, the four alike.

Room: queries. Each noun answers three questions of the core with these: `sample_board` (BoardRow, by stage, those that are over
left out unless `over=True`), `sample_page` (`id` or number → PageRow) and `sample_form` (`thread` → FormRow, what `new_sample` asks,
filled in with what is known); `quote_…`, `order_…` and `inquiry_…` likewise. The screens are made of these alone: a verb of a page is a form of
questions, and what it does is `core.do(verb, **arguments, **answers)`. The records of `--json` are each noun's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence

__all__ = [
    "BoardRow",
    "EvidenceRow",
    "FactRow",
    "FormRow",
    "PageRow",
    "PaperRow",
    "ReadyMailRow",
    "SectionRow",
    "StepRow",
]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What shows a step, as domain.steps.Evidence says; `brief` is how people see it."""

    kind: str
    ref: str

    @property
    def brief(self) -> str:
        """The ref; of a hash the first twelve digits."""
        return self.ref[:12] if self.kind == "content" else self.ref


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a history: states in lower case, "" before the first."""

    at: datetime
    actor: str
    from_: str
    to: str
    evidence: tuple[EvidenceRow, ...] = ()
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A kept file: `id` "kf12"; `valid_until`: the last day on which it holds."""

    id: str
    kind: str
    filename: str
    content_type: str
    size: int
    sha256: str
    at: datetime
    actor: str
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One card. `stage` is the column in which it stands, in the order of the board; `title` what it is about (the item).

    `next_step`: what is to be done now, or what it waits for; `due` when, `late` by now. `amount` as it is printed, "" for none; `money`:
    what it adds to the totals of its column, None for nothing.
    """

    id: str
    number: str
    state: str
    stage: Sentence
    title: str
    next_step: Sentence
    company: str | None = None
    contact: str | None = None
    country: str | None = None
    grade: str | None = None
    amount: str = ""
    due: datetime | None = None
    late: bool = False
    since: datetime | None = None
    owner: str = ""
    thread_id: str | None = None
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A line of a section: what it is, and what it says. `open_`: it is missing, and a step waits for it.

    `ref`: the sample, quote, order or inquiry that it names ("i3"), "" for none. `verb` and `asked`: the verb that mends it, and what is
    to be given to it: where the page has its form, that is named instead of `value`, which speaks of a command.
    """

    label: Sentence
    value: str
    open_: bool = False
    ref: str = ""
    verb: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """Facts that belong together, such as what is to be made, or the working of a price."""

    title: Sentence
    facts: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A verb as a form. `arguments` are settled (such as the id), `questions`: argument → what is asked, in order.

    `known`: argument → what is likely to be answered; `optional` may stay empty. `choices`: argument → the words that it takes.
    `outward`: something leaves the house, so it is looked at first. A question `answers__region` is the part `region` of the argument
    `answers`, which is a mapping.
    """

    verb: str
    title: Sentence
    arguments: Mapping[str, object] = field(default_factory=dict)
    questions: Mapping[str, Sentence] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outward: bool = False


@dataclass(frozen=True, slots=True)
class ReadyMailRow:
    """A mail about it that is written and waits for a person to look at it and send it: a draft, "x3"."""

    id: str
    thread_id: str
    to: str
    subject: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """One sample, quote, order or inquiry on a page. `forms`: what can be done now, the likeliest first. `mails`: those that stand ready."""

    card: BoardRow
    sections: tuple[SectionRow, ...]
    history: tuple[StepRow, ...]
    papers: tuple[PaperRow, ...]
    forms: tuple[FormRow, ...]
    mails: tuple[ReadyMailRow, ...] = ()
