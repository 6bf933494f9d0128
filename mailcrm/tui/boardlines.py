"""A board's cards: as three lines of a column, or as a row of the list under the head of its stage.

Room: tui. In: `BoardRow`s in the order of the board. Out: columns, items and spans. What is late has a sign and the word; a colour
says nothing alone.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

from rich.cells import cell_len

from mailcrm.domain.text import printable_line
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import _
from mailcrm.queries.rows import BoardRow
from mailcrm.tui.times import countdown, day_and_time
from mailcrm.tui.widgets.board import Column
from mailcrm.tui.widgets.cells import fit, shorten
from mailcrm.tui.widgets.rowlist import Span

__all__ = [
    "STAGE",
    "Card",
    "Widths",
    "amount_words",
    "card_spans",
    "columns_of",
    "due_words",
    "fits",
    "items_of",
    "next_words",
    "place_words",
    "row_spans",
    "totals",
    "who_words",
    "widths",
]

STAGE = "stage:"
LATE = "! "
MIDDLING, WIDE = 76, 90
GAP = "  "
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the board and a line of the list; `row` None: the head of a stage, with the number of its cards."""

    key: str
    row: BoardRow | None = None
    title: str = ""
    count: int = 0
    unfolded: bool = True
    members: Sequence[BoardRow] = ()


@dataclass(frozen=True, slots=True)
class Widths:
    """What the list's columns want, in cells."""

    number: int = 0
    due: int = 0
    who: int = 0
    place: int = 0
    amount: int = 0


def fits(row: BoardRow, words: Sequence[str]) -> bool:
    """Whether every one of `words` stands somewhere on the card."""
    told = (
        row.number,
        row.title,
        row.company,
        row.contact,
        row.country,
        row.amount,
        row.owner,
        row.stage,
        row.next_step,
    )
    text = " ".join(str(part) for part in told if part).casefold()
    return all(word in text for word in words)


def columns_of(rows: Sequence[BoardRow]) -> list[Column[Card]]:
    """Return the stages that have cards, in the order of the rows."""
    return [
        Column(title, [Card(row.id, row) for row in members], partial(totals, members))
        for title, members in _stages(rows)
    ]


def items_of(rows: Sequence[BoardRow], folded: Container[str]) -> list[Card]:
    """Return a head for each stage, with its cards unless it is folded."""
    items: list[Card] = []
    for title, members in _stages(rows):
        key = f"{STAGE}{title}"
        items.append(Card(key, None, title, len(members), key not in folded, members))
        if key not in folded:
            items.extend(Card(row.id, row) for row in members)
    return items


def _stages(rows: Sequence[BoardRow]) -> list[tuple[str, list[BoardRow]]]:
    return [(title, list(members)) for title, members in groupby(rows, key=lambda row: str(row.stage))]


def totals(rows: Sequence[BoardRow], width: int) -> str:
    """Return what the cards are worth, per currency, in at most `width` cells: without cents, then with an ellipsis, where room is short."""
    sums: dict[str, Money] = {}
    for row in rows:
        if row.money is not None:
            known = sums.get(row.money.currency)
            sums[row.money.currency] = known + row.money if known else row.money
    if not sums:
        return ""
    whole = BETWEEN.join(map(str, sums.values()))
    if cell_len(whole) <= width:
        return whole
    short = [f"{one.currency} {one.amount:,.0f}" for one in sums.values()]
    while len(short) > 1 and cell_len(BETWEEN.join(short)) > width:
        short = [*short[:-2], "…"] if short[-1] == "…" else [*short[:-1], "…"]
    told = BETWEEN.join(short)
    return told if cell_len(told) <= width and told != "…" else ""


def amount_words(row: BoardRow) -> str:
    """Return what a card is worth, "" for one that adds nothing to a total."""
    return printable_line(row.amount) if row.money is not None else ""


def due_words(row: BoardRow, now: datetime) -> tuple[str, str]:
    """Return when it is due, with a sign where that is past, and the look of it."""
    if row.due is None:
        return (LATE + _("late"), "bad") if row.late else ("", "")
    if row.late or now >= row.due:
        return f"{LATE}{countdown(row.due, now)}", "bad"
    return countdown(row.due, now), "muted"


def next_words(row: BoardRow, now: datetime, zone: str, width: int) -> list[tuple[str, str]]:
    """Return what is next and when, with Textual's styles; where room is short the step gives way, not the time."""
    due, look = due_words(row, now)
    step = printable_line(str(row.next_step))
    if not due:
        return [(shorten(step, width), "bold")]
    style = "$text-error bold" if look == "bad" else "$text-muted"
    whole = f"{day_and_time(row.due, zone)} ({due})" if row.due else due
    when = whole if cell_len(step) + len(BETWEEN) + cell_len(whole) <= width else due
    return [(shorten(step, max(width - len(BETWEEN) - cell_len(when), 1)), "bold"), (when, style)]


def who_words(row: BoardRow) -> str:
    """Return "Acme BV", or who writes where no company is known."""
    return printable_line(row.company or row.contact or "")


def place_words(row: BoardRow) -> str:
    """Return "NL A": country and grade."""
    return printable_line(" ".join(part for part in (row.country, row.grade) if part))


def card_spans(row: BoardRow, width: int, now: datetime) -> Sequence[Sequence[Span]]:
    """Return the card's lines: number, what it is about and a late mark; who, where, and what it is worth; the next step and when."""
    due, look = due_words(row, now)
    late = LATE.strip() if look == "bad" else ""
    number = shorten(row.number, width - 2)
    about = fit(printable_line(row.title), max(width - cell_len(number) - len(GAP) - 2, 0))
    who, place, amount = who_words(row), place_words(row), amount_words(row)
    crowded = bool(amount) and cell_len(f"{who}{GAP}{place}{GAP}{amount}") > width
    told = GAP.join(part for part in ("" if crowded else place, amount) if part)
    return (
        [(number, "strong"), (f"{GAP}{about}", "muted"), (f" {late}", "bad")],
        _both((who, "accent"), (told, "muted"), width),
        _both((printable_line(str(row.next_step)), ""), (due, look), width),
    )


def _both(left: Span, right: Span, width: int) -> list[Span]:
    """Return two texts, the one at the right whole."""
    (text, look), size = left, cell_len(right[0])
    return [(fit(text, max(width - size - len(GAP), 0)) + GAP, look), right] if size else [(shorten(text, width), look)]


def widths(rows: Sequence[BoardRow], now: datetime) -> Widths:
    """Measure what the list's columns want."""
    return Widths(
        number=max((cell_len(row.number) for row in rows), default=0),
        due=max((cell_len(due_words(row, now)[0]) for row in rows), default=0),
        who=max((cell_len(who_words(row)) for row in rows), default=0),
        place=max((cell_len(place_words(row)) for row in rows), default=0),
        amount=max((cell_len(amount_words(row)) for row in rows), default=0),
    )


def row_spans(row: BoardRow, width: int, wanted: Widths, now: datetime) -> list[Span]:
    """Return the row: number, due, who, what it is worth, next step; from 76 cells on also where and how good, from 90 what it is about.

    Where room is short the step gives way: the stage above and the line below tell of it.
    """
    due, look = due_words(row, now)
    gap = GAP if width >= MIDDLING else " "
    spans: list[Span] = [(fit(row.number, wanted.number) + gap, "strong")]
    if wanted.due:
        spans.append((fit(due, wanted.due) + gap, look))
    spans.append((fit(who_words(row), min(wanted.who, max(width // 4, 10))) + gap, "accent"))
    if wanted.amount:
        amount = amount_words(row)
        spans.append((" " * (wanted.amount - cell_len(amount)) + amount + gap, "muted"))
    if width >= (WIDE if wanted.amount else MIDDLING) and wanted.place:
        spans.append((fit(place_words(row), wanted.place) + gap, "muted"))
    rest = max(width - sum(cell_len(text) for text, _look in spans), 0)
    step = printable_line(str(row.next_step))
    if width < WIDE:
        return [*spans, (fit(step, rest), "")]
    about = rest * 2 // 5
    return [*spans, (fit(step, rest - about - len(gap)) + gap, ""), (fit(printable_line(row.title), about), "muted")]
