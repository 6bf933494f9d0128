"""What a reader of one kind of mail found.

Room: ingest. A finding always tells its `signals`: short, untranslated quotations of what was seen in the mail, so that a
person can judge the judgement.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcrm.domain.message import Bounce, CourierNotice, Inquiry, Kind

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind, why, and what this kind carries."""

    kind: Kind
    signals: tuple[str, ...]
    bounce: Bounce | None = None
    courier: CourierNotice | None = None
    inquiry: Inquiry | None = None
