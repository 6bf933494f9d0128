"""What `order new` and `order edit` take alike: the fields of an order, one option each.

Room: cli. In: a function with `**fields`. Out: the same with an option for each field, as typer wants to see them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from mailcrm.cli.option_tables import given, text_options, with_options
from mailcrm.domain.words import _

__all__ = ["AT_FIRST", "given_fields", "with_fields"]

AT_FIRST = ("po", "pi", "terms", "incoterm", "latest_shipment", "deposit", "special", "owner")
"""The fields that an order is made with; all the others are said later."""


def _options() -> dict[str, tuple[str, str]]:
    """Return each field with what stands for its value, and its help."""
    day = _("DAY")
    return {
        "po": ("NUMBER", _("the customer's order number")),
        "pi": ("NUMBER", _("our proforma invoice")),
        "sc": ("NUMBER", _("our sales contract")),
        "terms": ("TERMS", _('such as "30% T/T deposit, 70% against copy of B/L"; the gates follow from them')),
        "incoterm": ("TERM", _('such as "FOB Ningbo"')),
        "latest_shipment": (day, _("the latest shipment, such as 2026-12-24")),
        "packing": ("TEXT", _("how it is packed")),
        "mark": ("TEXT", _("the shipping mark")),
        "colour": ("TEXT", _("the colour, with its number")),
        "pp_sample": ("TEXT", _("the pre-production sample that counts")),
        "special": ("TEXT", _("special requirements")),
        "deposit": ("AMOUNT", _("the deposit, where it isn't what the terms make it")),
        "deposit_due": (day, _("until when it is due")),
        "balance": ("AMOUNT", _("the balance, likewise")),
        "balance_due": (day, _("until when it is due")),
        "lc_number": ("NUMBER", _("the letter of credit")),
        "lc_bank": ("NAME", _("the bank that opened it")),
        "lc_latest_shipment": (day, _("its latest shipment")),
        "lc_expiry": (day, _("its expiry")),
        "lc_days": ("DAYS", _("within how many days after shipment documents are presented")),
        "forwarder": ("NAME", _("the forwarder")),
        "booking": ("NUMBER", _("the booking")),
        "vessel": ("NAME", _("vessel and voyage, or flight")),
        "loading": ("PORT", _("the port of loading")),
        "destination": ("PORT", _("the port of destination")),
        "si_cut_off": (day, _("until when the shipping instructions must be there")),
        "cut_off": (day, _("until when the goods must be at the terminal")),
        "etd": (day, _("when the vessel is to leave")),
        "eta": (day, _("when it is to arrive")),
        "container": ("NUMBER", _("container and seal")),
        "declaration": ("NUMBER", _("the customs declaration")),
        "bl_number": ("NUMBER", _("the bill of lading")),
        "bl_kind": ("KIND", _("originals, telex or sea_waybill")),
        "courier": ("NAME", _("the courier of the documents")),
        "waybill": ("NUMBER", _("its waybill")),
        "documents": ("NAMES", _("the papers that are wanted: invoice, packing_list, bl, origin, …")),
        "ready": ("NAMES", _("those of them that are ready now")),
        "due": ("DAYS", _("due days of milestones, such as produced=2026-12-10; produced= gives it back to the plan")),
        "owners": ("NAMES", _("whose milestones are, such as inspection=xu")),
        "owner": ("USER", _("who follows the order")),
    }


def with_fields(command: Callable[..., None], names: Sequence[str] = ()) -> Callable[..., None]:
    """Return `command`, its `**fields` made options: those of `names`, all of them unless told."""
    line = typer.Option(
        "--line",
        metavar="LINE",
        help=_('"ARTICLE; DESCRIPTION; QUANTITY; PRICE", and what the factory calls it; may be repeated'),
    )
    kinds: dict[str, Any] = {"line": Annotated[list[str] | None, line]}
    table = {name: told for name, told in _options().items() if not names or name in names}
    return with_options(command, kinds | text_options(table))


def given_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that were given, as a command takes them."""
    said = {name: value for name, value in given(fields).items() if name != "line"}
    return said | ({"lines": "\n".join(fields["line"])} if fields.get("line") else {})
