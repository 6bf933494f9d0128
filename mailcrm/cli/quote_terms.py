"""What `quote new`, `edit` and `revise` take alike: the terms of a quote, one option each.

Room: cli. In: a function with `**terms`. Out: the same with an option for each term, as typer wants to see them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailcrm.cli.option_tables import given, text_options, with_options
from mailcrm.domain.words import _

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["given_terms", "with_terms"]


def _options() -> dict[str, tuple[str, str]]:
    """Return each term with what stands for its value, and its help."""
    return {
        "drop_line": ("NUMBER", _("take a line away, by its number")),
        "inquiry": ("ID", _("the inquiry with the customer's answers, such as i3")),
        "currency": ("CODE", _("such as USD, EUR, CNY")),
        "incoterm": ("TERM", _('such as "FOB Ningbo" or "CIF Hamburg"')),
        "port_of_loading": ("PORT", _("where the goods are loaded")),
        "discount": ("PERCENT", _("off the prices, such as 2%")),
        "commission": ("PERCENT", _("of the price, for an agent, such as 5%")),
        "freight": ("AMOUNT", _("of a piece, for C and D terms")),
        "container": (
            "CODE",
            _("instead, with --rate: the freight of a piece from its carton and this container, such as 40HQ"),
        ),
        "rate": ("AMOUNT", _("what the container costs, such as 2800")),
        "lcl": ("AMOUNT", _("likewise groupage: what an m³ or ton costs")),
        "freight_until": ("DAY", _("the last day on which the freight holds, such as 2026-11-30 or +7d")),
        "premium": ("PERCENT", _("of the insurance, for CIF and CIP: 0.3%, 3‰ or 0.003")),
        "markup": ("PERCENT", _("that is insured on top of the price (default: as in the settings)")),
        "charges": ("AMOUNT", _("at destination, of a piece, for D terms")),
        "domestic": ("AMOUNT", _("on the way to the ship, of a piece, for EXW and FCA")),
        "payment": ("TERMS", _('such as "30% T/T deposit, 70% against copy of B/L"')),
        "lead_time": ("TIME", _('with the event that it counts from: "30 days after deposit"')),
        "lead_from": ("EVENT", _("what the lead time counts from, by itself")),
        "tolerance": ("TEXT", _("how much more or less is delivered")),
        "warranty": ("TEXT", _("what is warranted, and how long")),
        "excluded": ("TEXT", _("costs that the price doesn't hold, parted by ;")),
        "valid_until": ("DAY", _("the last day, such as 2026-12-31 or +30d")),
        "tooling": ("AMOUNT", _('paid once, and when it is paid back: "500; back after 10,000 pcs"')),
        "sample_fee": ("AMOUNT", _('likewise: "40; back with the order"')),
        "entity": ("ID", _("which company of ours offers, such as e1")),
        "bank": ("TEXT", _('our bank block; "registered" takes the registered one anew')),
        "customer": ("NAME", _("whom the quote is for, as it is printed")),
        "attention": ("NAME", _("for whose attention")),
        "remarks": ("TEXT", _("what else is to be said")),
        "step": ("AMOUNT", _("what prices are rounded up to, such as 0.01")),
    }


def with_terms(command: Callable[..., None]) -> Callable[..., None]:
    """Return `command`, its `**terms` made options."""
    lines = typer.Option(
        "--line", metavar="LINE", help=_('"SKU,QTY,PRICE", more by name: "SKU,1000,2.60,moq=500"; may be repeated')
    )
    file = typer.Option(
        "--lines",
        metavar="FILE",
        help=_("a table (.xlsx, .xls or .csv) with a row for each article, its columns named as in a price list"),
    )
    kinds: dict[str, Any] = {"line": Annotated[list[str] | None, lines], "lines": Annotated[str | None, file]}
    return with_options(command, kinds | text_options(_options()))


def given_terms(terms: Mapping[str, Any], core: Core) -> dict[str, str]:
    """Return the terms that were given, as a command takes them."""
    said = {name: value for name, value in given(terms).items() if name not in ("line", "lines")}
    lines = [core.ask("quote_lines", file=terms["lines"])] if terms.get("lines") else []
    lines += terms.get("line") or []
    return said | ({"lines": "\n".join(lines)} if lines else {})
