"""Which tables of a database are records: for comparing them with what SQLModel describes."""

from __future__ import annotations

__all__ = ["is_record"]


def is_record(name: str | None, kind: str, _parents: object) -> bool:
    """Whether alembic is to compare this; the search index is no record, and on SQLite several tables."""
    return kind != "table" or not (name or "").startswith("mail_index")
