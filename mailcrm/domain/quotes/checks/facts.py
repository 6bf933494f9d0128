"""What the checks read, and what they say.

Room: domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailcrm.domain.checks import KnownName
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.trade.netting import Verdict
from mailcrm.domain.words import Sentence

__all__ = ["EDIT", "Confirmation", "Finding", "LineFacts", "QuoteFacts", "SheetFacts"]


EDIT = "edit_quote"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one of the ten checks found wrong: its `rule`, the `problem`, the `fix`; `line` counts from 1, None for the whole quote.

    Where the fix is a command, `verb` and `asked` say which: the verb, and the argument that is to be given. A page names its form instead.
    """

    number: int
    rule: Sentence
    problem: Sentence
    fix: Sentence
    refuses: bool = False
    line: int | None = None
    verb: str = ""
    asked: str = ""

    @property
    def whole(self) -> Sentence:
        """Problem and fix as one."""
        return Sentence("{problem} {fix}", {"problem": self.problem, "fix": self.fix})


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A cost sheet: `official`, or made by the rep; in `currency`, by a rate of `rate_date` where that isn't the quote's own.

    `rate_age` is that of the rate in working days of ours, None where there is no rate.
    """

    id: str
    official: bool
    currency: str
    rate_date: date | None = None
    rate_age: int | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of a line today: `verdict` compares its price with the floor of list `list_version`, for this quantity.

    None where that can't be told: `lacks` says what is missing for it, and is empty where no list that is valid has a floor.
    """

    verdict: Verdict | None = None
    lacks: tuple[Sentence, ...] = ()
    list_version: str = ""
    sheet: SheetFacts | None = None
    inspection: bool = False


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A file that says what others charge: of `kind` freight, insurance or inspection, valid to the end of `expires`."""

    kind: str
    paper: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """A quote and what is known around it on `today`.

    `unanswered`: the questions of the customer checklist that are neither answered, nor asked on a date, nor refused; None where no inquiry
    is linked. `payment_problem`: why the terms need leave, None where they don't; `incoterms`: those that need none. `registered_bank` is the block that the house registered;
    `others` are the names of other customers, `familiar` what belongs to this one; `list_ids` are price lists that no customer should read of.
    """

    id: str
    content: QuoteContent
    today: date
    lines: tuple[LineFacts, ...] = ()
    unanswered: tuple[Sentence, ...] | None = None
    confirmations: tuple[Confirmation, ...] = ()
    payment_problem: Sentence | None = None
    incoterms: frozenset[str] = frozenset()
    registered_bank: str = ""
    others: tuple[KnownName, ...] = ()
    familiar: str = ""
    ours: frozenset[str] = frozenset()
    list_ids: tuple[str, ...] = ()
    oldest_rate: int = 3
