"""The work order (生产单): what an order means for the factory's departments.

Room: domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailcrm.domain.documents import figures
from mailcrm.domain.documents.parties import Content, Letterhead

__all__ = ["WorkOrder", "WorkOrderLine"]


@dataclass(frozen=True, slots=True)
class WorkOrderLine:
    """One product to be made. No price stands here: a work order goes where prices don't."""

    sku: str
    description: str
    quantity: Decimal
    unit: str
    customer_item: str = ""
    colour: str = ""
    packing: str = ""
    pieces_per_carton: int | None = None
    photo: bytes = b""

    @property
    def cartons(self) -> Decimal | None:
        """How many cartons it fills, the last one perhaps not whole; None where nobody knows."""
        return figures.cartons(self.quantity, self.pieces_per_carton)


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """One version of a work order. `customer_name` is "" where the factory isn't to know it: then only the code stands there.

    `dates`: what happens when, in order; `departments`: who is to acknowledge it.
    """

    kind: ClassVar[str] = "work_order"

    ours: Letterhead
    number: str
    version: int
    issued: date
    customer_code: str
    lines: tuple[WorkOrderLine, ...]
    customer_name: str = ""
    order: str = ""
    shipping_marks: str = ""
    packing: str = ""
    colour: str = ""
    requirements: tuple[str, ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    departments: tuple[str, ...] = ()
    prepared_by: str = ""

    def content(self, language: str) -> Content:
        """Return what the template reads."""
        quantities = {line.unit for line in self.lines}
        pieces = sum((line.quantity for line in self.lines), Decimal(0))
        cartons = [line.cartons for line in self.lines]
        known = [each for each in cartons if each is not None]
        return {
            "kind": self.kind,
            "ours": self.ours.content(language),
            "number": f"{self.number}/v{self.version}",
            "issued": figures.day(self.issued, language),
            **{name: getattr(self, name) for name in _AS_WRITTEN},
            "lines": [
                {
                    "place": str(place),
                    "sku": line.sku,
                    "customer_item": line.customer_item,
                    "description": line.description,
                    "colour": line.colour,
                    "packing": line.packing,
                    "quantity": figures.number(line.quantity, language),
                    "unit": line.unit,
                    "pieces_per_carton": figures.number(line.pieces_per_carton, language),
                    "cartons": figures.number(line.cartons, language),
                    "photo": line.photo,
                }
                for place, line in enumerate(self.lines, 1)
            ],
            # Pieces and sets aren't added up, and a sum that leaves a line out is none.
            "total_quantity": figures.number(pieces, language) if len(quantities) == 1 else "",
            "total_unit": next(iter(quantities)) if len(quantities) == 1 else "",
            "total_cartons": figures.number(sum(known, Decimal(0)), language) if len(known) == len(cartons) else "",
            "requirements": list(self.requirements),
            "dates": [{"name": name, "day": figures.day(on, language)} for name, on in self.dates],
            "departments": list(self.departments),
        }


_AS_WRITTEN = ("order", "customer_code", "customer_name", "shipping_marks", "packing", "colour", "prepared_by")
