"""What a person types of a quote, read: terms by name, lines as "SKU,QTY,PRICE".

Room: domain. In: words, as an option, a field of a form or a line of a file gives them. Out: a changed `QuoteContent`; UsageError names the mend. A line
with a SKU that the quote has already changes that one, and keeps what isn't said; "SKU,,2.76" keeps the quantity. More is said by name:
"NZ-20,1000,2.60,moq=500,hs=8424.20,colour=RAL 9005".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.content import Fee, QuoteContent, QuoteLine
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.trade.freight import parse_size
from mailcrm.domain.trade.incoterms import parse_incoterm
from mailcrm.domain.trade.insurance import parse_premium
from mailcrm.domain.trade.money import parse_amount, parse_money
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.trade.shares import parse_share
from mailcrm.domain.words import say

__all__ = ["LINE_WORDS", "changed", "lead_time_of", "parse_lines", "with_lines", "without_line"]

_FROM = re.compile(
    r"(?i)(.+?)\s+(?:after|from|upon|on receipt of|following|nach|ab|après|desde|después de|após|a partir de)\s+(.+)"
)
_FROM_ZH = re.compile(r"(?:收到|自)?\s*(?P<event>.+?)[后起]\s*(?P<long>\d.*)")
_AHEAD = re.compile(r"\+?(\d{1,3})\s*(?:d|days?|天)")
_FORMS = say('Write it as "SKU,QTY,PRICE", and more by name: "SKU,1000,2.60,moq=500,hs=8424.20".')

_LINE_NAMES = {
    "customer_no": "customer_item", "item_no": "customer_item", "color": "colour", "pcs": "pcs_per_carton", "ctn": "pcs_per_carton",
    "nw": "net_weight", "gw": "gross_weight", "name": "description", "qty": "quantity", "sheet": "cost_sheet",
}  # fmt: skip
_WHOLE = frozenset({"quantity", "moq", "pcs_per_carton", "free"})
_EXACT = frozenset({"price", "cbm", "net_weight", "gross_weight", "freight"})
_KNOWN = frozenset(field.name for field in fields(QuoteLine))
LINE_WORDS = tuple(sorted(_KNOWN - {"sku"}))
"""What can be said of a line by name."""


def changed(content: QuoteContent, given: Mapping[str, str | None], today: date) -> QuoteContent:
    """Return the content with what is `given` by the names of `TERMS`; None leaves a term as it is, "" empties it."""
    for name, typed in given.items():
        if typed is not None:
            content = replace(content, **_TERMS[name](typed.strip(), content, today))
    return content


def with_lines(content: QuoteContent, lines: Iterable[Mapping[str, str]]) -> QuoteContent:
    """Return the content with these lines: changed where it has the SKU, added behind the others where not."""
    for said in lines:
        place = next((n for n, line in enumerate(content.lines) if sku_key(line.sku) == sku_key(said["sku"])), None)
        known = content.lines[place] if place is not None else None
        content, priced = _in_currency(content, said)
        line = _line(priced, known)
        content = content.with_line(len(content.lines) if place is None else place, line)
    return content


def _in_currency(content: QuoteContent, said: Mapping[str, str]) -> tuple[QuoteContent, Mapping[str, str]]:
    """Return both with the price as a number; UsageError where it is said in another currency than the quote's."""
    price = said.get("price", "")
    if not re.search(r"[^\d.,\s+-]", price):
        return content, said
    found = parse_money(price, content.currency or "USD")
    if content.currency and found.currency != content.currency:
        raise UsageError(
            say("{sku} is priced in {one}, the quote is in {other}.", sku=said["sku"], one=found.currency, other=content.currency),
            say("Write its price in {other}, or choose the quote's currency with `--currency`.", other=content.currency),
        )  # fmt: skip
    return replace(content, currency=found.currency), {**said, "price": f"{found.amount:f}"}


def without_line(content: QuoteContent, number: str) -> QuoteContent:
    """Return the content without line `number` (from 1)."""
    place = int(number) if number.isdecimal() and len(number) < len("10000") else 0
    if not 1 <= place <= len(content.lines):
        raise UsageError(
            say("The quote has no line {number}.", number=number),
            say("It has {count}; `mailcrm quote show` numbers them.", count=len(content.lines)),
        )
    return replace(content, lines=(*content.lines[: place - 1], *content.lines[place:]))


def parse_lines(text: str) -> tuple[Mapping[str, str], ...]:
    """Return what each line says, by name. A first line that names its columns ("sku,quantity,price,moq") orders the others."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.strip().splitlines()) if any(map(str.strip, row))]
    if rows and rows[0][0].casefold() == "sku":
        names = [_name(cell) for cell in rows[0]]
        return tuple(_checked(dict(zip(names, row, strict=False)), ",".join(row)) for row in rows[1:])
    return tuple(_read(row) for row in rows)


def _read(row: list[str]) -> Mapping[str, str]:
    typed = ",".join(row)
    said = {name: cell for name, cell in zip(("sku", "quantity", "price"), row[:3], strict=False) if "=" not in cell}
    for cell in row[len(said) :]:
        name, equals, value = cell.partition("=")
        if not equals:
            raise UsageError(say("{line} can't be read as a line of a quote.", line=typed), _FORMS)
        said[_name(name)] = value.strip()
    return _checked(said, typed)


def _name(typed: str) -> str:
    name = typed.strip().casefold().replace("-", "_").replace(" ", "_")
    name = _LINE_NAMES.get(name, name)
    if name not in _KNOWN:
        raise UsageError(
            say("{name} is nothing that a line has.", name=typed.strip()),
            say("A line has: {known}.", known=", ".join(LINE_WORDS)),
        )
    return name


def _checked(said: Mapping[str, str], typed: str) -> Mapping[str, str]:
    if not said.get("sku"):
        raise UsageError(say("{line} can't be read as a line of a quote.", line=typed), _FORMS)
    return said


def _line(said: Mapping[str, str], known: QuoteLine | None) -> QuoteLine:
    values: dict[str, Any] = {
        name: _cell(name, value) for name, value in said.items() if value or name not in ("quantity", "price")
    }
    if "carton" in values and "cbm" not in values and values["carton"]:
        values["cbm"] = parse_size(values["carton"])
    if known is not None:
        return replace(known, **values)
    if not {"quantity", "price"} <= values.keys():
        raise UsageError(say("A new line needs a quantity and a price: {sku}.", sku=said["sku"]), _FORMS)
    return QuoteLine(**{"unit": "", **values})  # the product's, or else pieces


def _cell(name: str, typed: str) -> Any:  # noqa: ANN401  (text, a number or nothing)
    if name in _WHOLE:
        return _whole(typed) if typed else None if name != "free" else 0
    if name in _EXACT:
        return parse_amount(typed) if typed else None
    return typed


def _whole(typed: str) -> int:
    number = parse_amount(typed)
    if number != number.to_integral_value() or number < 1:
        raise UsageError(
            say("{given} is no number of pieces.", given=typed), say("Write a whole number, such as 1,000.")
        )
    return int(number)


# -- the header -------------------------------------------------------------------------------------------------------

_Read = Callable[[str, QuoteContent, date], dict[str, Any]]


def _text(name: str) -> _Read:
    return lambda typed, _content, _today: {name: typed}


def _share(name: str) -> _Read:
    return lambda typed, _content, _today: {name: parse_share(typed) if typed else Decimal(0)}


def _amount(name: str) -> _Read:
    return lambda typed, content, _today: {
        name: parse_money(typed, content.currency or "USD").amount if typed else None
    }


def _currency(code: str, content: QuoteContent) -> dict[str, Any]:
    """Take another currency, and with it another account of ours: the block is filled in anew."""
    return {"currency": code, **({"bank": ""} if code != content.currency else {})}


def _incoterm(typed: str, _content: QuoteContent, _today: date) -> dict[str, Any]:
    term = parse_incoterm(typed)
    return {"incoterm": term.code, "place": term.place}


def lead_time_of(typed: str) -> tuple[str, str]:
    """Read "30 days after deposit": how long, and from which event ("" where none is said)."""
    if found := _FROM.fullmatch(typed):
        return found[1], found[2]
    if found := _FROM_ZH.fullmatch(typed):
        return found["long"], found["event"]
    return typed, ""


def _lead_time(typed: str, content: QuoteContent, _today: date) -> dict[str, Any]:
    length, event = lead_time_of(typed)
    return {"lead_time": length, "lead_from": event or content.lead_from}


def _freight(typed: str, content: QuoteContent, today: date) -> dict[str, Any]:
    """Take one freight for every piece; it takes the place of one that is found line by line."""
    return {**_amount("freight")(typed, content, today), **({"carriage": None} if typed else {})}


def _day(name: str) -> _Read:
    return lambda typed, _content, today: {name: _day_in(typed, today)}


def _day_in(typed: str, today: date) -> date | None:
    ahead = _AHEAD.fullmatch(typed)
    try:
        return today + timedelta(days=int(ahead[1])) if ahead else date.fromisoformat(typed) if typed else None
    except ValueError:
        raise UsageError(
            say("{given} is no day.", given=typed), say("Write it as 2026-12-31, or +30d for thirty days from today.")
        ) from None


def _fee(kind: str) -> _Read:
    """Read "500; back after 10,000 pcs": what is paid once, and when it is paid back."""

    def read(typed: str, content: QuoteContent, _today: date) -> dict[str, Any]:
        others = tuple(fee for fee in content.fees if fee.kind != kind)
        amount, _semicolon, refund = typed.partition(";")
        if not typed:
            return {"fees": others}
        return {"fees": (*others, Fee(kind, parse_money(amount, content.currency or "USD").amount, refund.strip()))}

    return read


def _excluded(typed: str, _content: QuoteContent, _today: date) -> dict[str, Any]:
    return {"excluded": tuple(word.strip() for word in typed.split(";") if word.strip())}


def _step(typed: str, _content: QuoteContent, _today: date) -> dict[str, Any]:
    step = parse_amount(typed) if typed else Decimal("0.01")
    if step <= 0:
        raise UsageError(say("{given} is no price step.", given=typed), say("Write 0.01, or 0.005."))
    return {"step": step}


_TERMS: Mapping[str, _Read] = {
    "currency": lambda typed, content, _today: _currency(checked_currency(typed), content),
    "incoterm": _incoterm,
    "port_of_loading": _text("port_of_loading"),
    "discount": _share("discount"),
    "commission": _share("commission"),
    "freight": _freight,
    "freight_until": _day("freight_until"),
    "premium": lambda typed, _content, _today: {"premium": parse_premium(typed) if typed else None},
    "markup": _share("markup"),
    "charges": _amount("charges"),
    "domestic": _amount("domestic"),
    "payment": lambda typed, _content, _today: {"payment": str(parse_payment(typed)) if typed else ""},
    "lead_time": _lead_time,
    "lead_from": _text("lead_from"),
    "tolerance": _text("tolerance"),
    "warranty": _text("warranty"),
    "excluded": _excluded,
    "valid_until": _day("valid_until"),
    "tooling": _fee("tooling"),
    "sample_fee": _fee("sample"),
    "entity": lambda typed, _content, _today: {"entity": typed, "bank": ""},
    "bank": lambda typed, _content, _today: {"bank": "" if typed == "registered" else typed},
    "customer": _text("customer"),
    "attention": _text("attention"),
    "remarks": _text("remarks"),
    "step": _step,
}
