"""The search index: words → mails, newest first. Written by every mail, asked by `queries.finding`.

Room: store. In: (sort_key, index text of domain.search_words). Out: a selectable of the sort keys that hold the terms of a query.

- SQLite: the FTS5 table `mail_index`, whose rowid is the sort key, so that the newest come first without sorting. It keeps no
  text ("contentless"; the text is in `message_text`), therefore a row is taken out by the very text that was put in.
- PostgreSQL: the table `mail_index` with a `tsvector` and a GIN index. Words are cut by domain.search_words, not by a parser of
  the server's: `jan@acme.example` and `PO-2026/118` are the same words on both. Beyond its 16,383rd word a mail is found by words,
  no longer by phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, column, literal_column, select, table, text
from sqlmodel import Session

from mailcrm.domain.search_words import GAP, words

if TYPE_CHECKING:  # a sync writes the index and asks nothing
    from mailcrm.domain.search_query import Term

__all__ = ["Hits", "clear_index", "hits", "index_mails", "indexed_mails", "unindex_mails"]

Row = tuple[int, str]

_LONGEST_WORD = 500  # letters: a lexeme holds 2,046 octets
_LAST_PLACE = 16_383
_PLACES_A_WORD = 255
_OCTETS = 900_000  # a tsvector holds 1 MB
_OVERHEAD = 8

_ADD = "INSERT INTO mail_index (rowid, words) VALUES (?, ?)"
_TAKE_OUT = "INSERT INTO mail_index (mail_index, rowid, words) VALUES ('delete', ?, ?)"
_ADD_VECTOR = "INSERT INTO mail_index (sort_key, words) VALUES (%s, CAST(%s AS tsvector))"
_TAKE_OUT_VECTOR = "DELETE FROM mail_index WHERE sort_key = %s"


@dataclass(frozen=True, slots=True)
class Hits:
    """`chosen` selects the sort keys of the mails that fit, in no order; `key` is that column, to say which and in what order."""

    chosen: Select[Any]
    key: ColumnElement[int]


def index_mails(session: Session, rows: Sequence[Row]) -> None:
    """Write mails into the index, each (sort_key, index text); many at once cost a third of one by one."""
    if not rows:
        return
    if _is_sqlite(session):
        # FTS5 gathers words in memory as long as the keys rise, and begins a new part of the index where one falls.
        session.connection().exec_driver_sql(_ADD, sorted(rows, key=itemgetter(0)))
    else:
        session.connection().exec_driver_sql(_ADD_VECTOR, [(key, _vector(words(row))) for key, row in rows])


def unindex_mails(session: Session, rows: Sequence[Row]) -> None:
    """Take mails out of the index; each must be what was written, key and text."""
    if not rows:
        return
    if _is_sqlite(session):
        session.connection().exec_driver_sql(_TAKE_OUT, list(rows))
    else:
        session.connection().exec_driver_sql(_TAKE_OUT_VECTOR, [(key,) for key, _row in rows])


def clear_index(session: Session) -> None:
    """Take everything out."""
    every = (
        "INSERT INTO mail_index (mail_index) VALUES ('delete-all')" if _is_sqlite(session) else "TRUNCATE mail_index"
    )
    session.connection().exec_driver_sql(every)


def indexed_mails(session: Session) -> int:
    """Return how many mails are in the index."""
    if _is_sqlite(session):  # which keeps no rows that could be counted, but this word of all of them
        counted = session.connection().exec_driver_sql("SELECT count(*) FROM mail_index WHERE words MATCH ?", (GAP,))
    else:
        counted = session.connection().exec_driver_sql("SELECT count(*) FROM mail_index")
    return int(counted.scalar_one())


def hits(session: Session, terms: Iterable[Term], *, any_of: Sequence[Term] = (), beginnings: bool = False) -> Hits:
    """Return the mails that hold all `terms`, and one of `any_of` where there are such.

    `beginnings`: the last word of a term that says so may be the beginning of a word. That is slow where many words begin so.
    """
    if _is_sqlite(session):
        key: ColumnElement[int] = literal_column("rowid")
        phrases = [_phrase(term, beginnings=beginnings) for term in terms]
        asked = _both(phrases, [_phrase(term) for term in any_of], " AND ", " OR ")
        fits = text("mail_index MATCH :asked").bindparams(asked=asked)
    else:
        key = column("sort_key")
        phrases = [_lexemes(term, beginnings=beginnings) for term in terms]
        asked = _both(phrases, [_lexemes(term) for term in any_of], " & ", " | ")
        fits = text("words @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
    return Hits(select(key.label("sort_key")).select_from(table("mail_index")).where(fits), key)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _both(every: list[str], any_of: list[str], also: str, either: str) -> str:
    return also.join([*every, f"({either.join(any_of)})"] if any_of else every)


def _phrase(term: Term, *, beginnings: bool = False) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if beginnings and term.beginning else "")


def _lexemes(term: Term, *, beginnings: bool = False) -> str:
    row = " <-> ".join(f"'{word[:_LONGEST_WORD]}'" for word in term.words)
    return f"({row}{':*' if beginnings and term.beginning else ''})"


def _vector(row: Iterable[str]) -> str:
    """Return words as a tsvector is written; what doesn't fit is left out, from the end."""
    places: dict[str, list[str]] = {}
    octets = 0
    for place, word in enumerate(row, 1):
        lexeme = word[:_LONGEST_WORD]
        known = places.get(lexeme)
        if known is None:
            octets += len(lexeme.encode()) + _OVERHEAD
            if octets > _OCTETS:
                break
            known = places[lexeme] = []
        if place <= _LAST_PLACE and len(known) < _PLACES_A_WORD:
            octets += 2
            known.append(str(place))
    return " ".join(f"'{lexeme}':{','.join(known)}" if known else f"'{lexeme}'" for lexeme, known in places.items())
