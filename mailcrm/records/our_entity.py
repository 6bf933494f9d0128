"""Our own companies: in whose name we quote and are paid."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["OurEntity"]


class OurEntity(SQLModel, table=True):
    """What stands in a letterhead. `logo_id`: the kept file of the logo, a PNG or JPEG; None: none."""

    __tablename__ = "our_entity"

    id: int | None = Field(default=None, primary_key=True)
    name_en: str = ""
    name_zh: str = ""
    address_en: str = ""
    address_zh: str = ""
    phone: str = ""
    mail: str = ""
    web: str = ""
    tax_id: str = ""
    logo_id: int | None = Field(default=None, foreign_key="paper.id", index=True)
    created_at: datetime = instant()
