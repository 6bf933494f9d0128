"""A customer for people: a company or a contact, and all that is going on.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.people import show_company, show_contact
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import ContactCard, CustomerRow, PersonRow, ThereRow
from mailcrm.tui.customer_words import holiday_words, hour_words, open_words, rhythm_words, totals_words
from mailcrm.tui.terms import CHANNELS, STATES, term

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_contact_card", "show_customer"]


def show_customer(out: Output, row: CustomerRow, core: Core) -> None:
    """Print a company with its people and what is going on."""
    show_company(out, row, core)
    _show_dealings(out, row, core)


def show_contact_card(out: Output, row: ContactCard, core: Core) -> None:
    """Print a contact and what is going on with her company, or herself."""
    show_contact(out, row, core)
    if row.customer is not None:
        _show_dealings(out, row.customer, core)


def _show_dealings(out: Output, row: CustomerRow, core: Core) -> None:
    zone = core.zone()
    pairs(
        out,
        [
            *_there(row.there, core),
            (_("rhythm"), rhythm_words(row)),
            (_("in all"), totals_words(row.totals)),
            (_("since"), written(row.totals.first_at, zone)),
        ],
    )
    people = [_person(one, core) for one in row.people]
    _table(out, _("People"), (_("id"), _("address"), _("name"), _("language"), _("there")), people)
    demands = [
        (one.thread_id, str(term(STATES, one.state).title), written(one.due, zone), one.subject) for one in row.open
    ]
    _table(out, _("They wait for"), (_("thread"), _("state"), _("due"), _("subject")), demands)
    waits = [
        (one.thread_id, str(term(STATES, one.state).title), written(one.due, zone), one.question or one.subject)
        for one in row.waits
    ]
    _table(out, _("We wait for"), (_("thread"), _("state"), _("next step"), _("subject")), waits)
    tasks = [(one.id, one.owner, written(one.due, zone), str(one.title)) for one in row.tasks]
    _table(out, _("To do"), (_("id"), _("user"), _("due"), _("task")), tasks)
    deals = [(one.number, str(one.stage), written(one.due, zone), f"{one.title}: {one.next_step}") for one in row.deals]
    _table(out, _("Samples, quotes, orders"), (_("number"), _("state"), _("due"), _("next step")), deals)
    notes = [(one.thread_id, written(one.at, zone), one.by, _noted(one.channel, one.text)) for one in row.notes]
    _table(out, _("Notes and calls"), (_("thread"), _("when"), _("user"), _("text")), notes)
    mails = [
        (one.thread_id, written(one.arrived_at, zone), one.from_.name or one.from_.address, one.gist or one.subject)
        for one in row.mails
    ]
    _table(out, _("Last mails"), (_("thread"), _("when"), _("from"), _("text")), mails)


def _there(there: ThereRow | None, core: Core) -> Iterator[tuple[str, str]]:
    if there is not None:
        now = core.now()
        yield _("there it is"), f"{hour_words(there, now)}, {open_words(there, now, core.zone())}"
        yield _("why"), str(there.reason)
        yield _("holidays"), ", ".join(map(holiday_words, there.holidays))


def _person(one: PersonRow, core: Core) -> tuple[str, ...]:
    there = hour_words(one.there, core.now()) if one.there else ""
    return one.id, one.address, " ".join(filter(None, (one.honorific, one.name))), one.language, there


def _noted(channel: str, text: str) -> str:
    return f"{term(CHANNELS, channel).title}: {text}" if channel else text


def _table(out: Output, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        out.line()
        out.line(title, "heading")
        columns(out, heads, rows)
