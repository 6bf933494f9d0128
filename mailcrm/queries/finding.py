"""Which mails a query means, the newest first: words by the search index, filters by the records.

Room: queries. In: a `SearchQuery`. Out: sort keys or threads, as many as are asked for. Mails are looked at in steps, each where the
last one ended; a filter alone would make that long where it lets few of them through:

- company, country, grade, tag: where few people are meant, they are looked for in the index, together with the words;
- whatever the filter: after some hundred mails that weren't enough, the mails that it lets through are taken where they are few, and
  the words looked for in these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, union
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from mailcrm.domain.search_query import SearchQuery, Term, read_query
from mailcrm.domain.search_words import FROM, INQUIRY, words
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.search_people import Party, parties_meant
from mailcrm.records import Message, Outgoing, QuoteRecord, SampleRecord, TurnRecord, WaitRecord
from mailcrm.store.bulk import one_among, table_of
from mailcrm.store.search_index import hits
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["Place", "newest", "read"]

_STEPS = (64, 256, 1024, 4096)
_IN_VAIN = 2  # steps, after which a filter may choose
_FEW_PEOPLE = 50
_FEW_MAILS = 200
_AT_ONCE = 50

Place = tuple[int, int]
"""A mail's sort key and its thread's id."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is looked for: all terms, one of `any_of`, conditions on the message, keys from `first` on and below `end`."""

    terms: tuple[Term, ...]
    any_of: tuple[Term, ...] = ()
    conditions: tuple[ColumnElement[bool], ...] = ()
    first: int | None = None
    end: int | None = None
    beginnings: bool = False

    def bounds(self, key: Any, end: int | None) -> list[ColumnElement[bool]]:  # noqa: ANN401  (a column of any make)
        """Return that `key` is from `first` on and below `end`."""
        from_here = [key >= self.first] if self.first is not None else []
        return [*from_here, key < end] if end is not None else from_here


def read(query: str, outlook: Outlook) -> SearchQuery:
    """Read what a person typed; days are those of the zone that we speak in."""
    return read_query(query, ZoneInfo(outlook.zone))


def newest(
    session: Session,
    outlook: Outlook,
    query: SearchQuery,
    count: int,
    *,
    by: Callable[[Place], int],
    but: Sequence[ColumnElement[bool]] = (),
) -> list[int]:
    """Return `count` different values of `by`, of the newest mails that `query` means and on which all of `but` holds.

    Whole words come first: only where there are too few of them, the last word counts as a beginning too.
    """
    parties = parties_meant(session, query)
    if parties is not None and not parties:
        return []
    scope = _scope(outlook, query, parties, but)
    found = _different(_walk(session, scope), by, count)
    if len(found) < count and query.has_beginning:
        found = _different(_walk(session, replace(scope, beginnings=True)), by, count)
    return found


def _different(places: Iterator[Place], by: Callable[[Place], int], count: int) -> list[int]:
    found: dict[int, None] = {}
    for place in places:
        found.setdefault(by(place))
        if len(found) == count:
            break
    return list(found)


def _scope(
    outlook: Outlook, query: SearchQuery, parties: list[Party] | None, but: Sequence[ColumnElement[bool]]
) -> _Scope:
    conditions = list(but)
    any_of: tuple[Term, ...] = ()
    if parties is not None:
        conditions.append(one_among(table_of(Message).c.contact_id, [number for number, _address in parties]))
        written = [_written_by(address) for _number, address in parties[: _FEW_PEOPLE + 1]]
        if len(written) <= _FEW_PEOPLE and all(written):
            # Whom an inquiry comes from that a platform passed on isn't in its header; the condition tells these apart.
            any_of = (*map(Term, written), Term((INQUIRY,)))
    conditions += [col(Message.thread_id).in_(_threads(state, outlook)) for state in query.states]
    return _Scope(
        terms=query.terms,
        any_of=any_of,
        conditions=tuple(conditions),
        first=first_sort_key(query.after) if query.after else None,
        end=first_sort_key(query.before) if query.before else None,
    )


def _written_by(address: str) -> tuple[str, ...]:
    """Return how the index tells that a mail may be from `address`; nothing for an address that it would cut into pairs.

    Without the last word, such as `com`: it stands in most mails, and to look it up costs more than all others.
    """
    if not address.isascii():
        return ()
    found = words(address)
    return tuple(FROM + word for word in found[:-1] or found)


def _threads(state: str, outlook: Outlook) -> Any:  # noqa: ANN401  (SQLAlchemy types a select by its columns)
    if state == "waiting":
        return select(WaitRecord.thread_id)
    if state == "sample":
        asked = select(Message.thread_id).join(SampleRecord, col(SampleRecord.message_id) == col(Message.id))
        written = select(Outgoing.thread_id).where(
            col(Outgoing.about).startswith("s"), col(Outgoing.thread_id).is_not(None)
        )
        return union(asked, written)
    if state == "quote":
        return select(Message.thread_id).join(QuoteRecord, col(QuoteRecord.message_id) == col(Message.id))
    return select(TurnRecord.thread_id).where(col(TurnRecord.end) == "", col(TurnRecord.deadline) <= outlook.now)


def _walk(session: Session, scope: _Scope) -> Iterator[Place]:
    """Return the mails in the scope, the newest first."""
    end = scope.end
    for number, size in enumerate(chain(_STEPS, repeat(_STEPS[-1]))):
        if number == _IN_VAIN and scope.conditions:
            few = _let_through(session, scope, end)
            if len(few) <= _FEW_MAILS:
                yield from _holding(session, scope, few)
                return
        step = session.connection().execute(_step(session, scope, end, size)).all()
        yield from ((key, thread) for key, thread in step if thread is not None)
        if len(step) < size:
            return
        end = step[-1].sort_key


def _step(session: Session, scope: _Scope, end: int | None, size: int) -> Any:  # noqa: ANN401
    """Return a select of the next `size` keys, each with its thread, or with None where a condition doesn't hold."""
    key: Any
    if scope.terms or scope.any_of:
        found = hits(session, scope.terms, any_of=scope.any_of, beginnings=scope.beginnings)
        chosen, key = found.chosen, found.key
    else:
        key = col(Message.sort_key)
        chosen = select_columns(key)
    here = chosen.where(*scope.bounds(key, end)).order_by(key.desc()).limit(size).subquery("here")
    # No conditions of the join: a database would look for each mail under every one of the people who are meant.
    thread = case((and_(*scope.conditions), col(Message.thread_id))) if scope.conditions else col(Message.thread_id)
    return (
        select_columns(here.c.sort_key, thread.label("thread_id"))
        .select_from(here.outerjoin(Message, col(Message.sort_key) == here.c.sort_key))
        .order_by(here.c.sort_key.desc())
    )


def _let_through(session: Session, scope: _Scope, end: int | None) -> list[Place]:
    """Return the mails that the conditions let through, newest first; one more than are few where they aren't."""
    # The sum keeps databases from walking along the keys: here the conditions are to choose.
    bounds = scope.bounds(col(Message.sort_key) + 0, end)
    chosen = select_columns(col(Message.sort_key), col(Message.thread_id)).where(*scope.conditions, *bounds)
    found = session.connection().execute(chosen.limit(_FEW_MAILS + 1))
    return sorted(((key, thread) for key, thread in found), reverse=True)


def _holding(session: Session, scope: _Scope, places: list[Place]) -> Iterator[Place]:
    """Return those of `places` that hold the words."""
    if not scope.terms:
        yield from places
        return
    found = hits(session, scope.terms, beginnings=scope.beginnings)
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        here = found.chosen.where(found.key.in_([key for key, _thread in some]))
        holding = set(session.connection().execute(here).scalars())
        yield from (place for place in some if place[0] in holding)
