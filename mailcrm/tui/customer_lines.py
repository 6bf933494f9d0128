"""A customer as lines to choose from: what can be edited, what is open, what was last said.

Room: tui. In: `CustomerRow`, now and the zone to speak in. Out: `Line`s for the lists of the customer screen, in the language of the
moment. A line opens a thread, folds a person out, or is edited (`Edit`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _
from mailcrm.queries.rows import CustomerMail, CustomerNote, CustomerRow, PersonRow
from mailcrm.tui.boardlines import due_words
from mailcrm.tui.conversation import NOTED, OURS, THEIRS
from mailcrm.tui.customer_edits import Edit, edits_of_company, edits_of_person
from mailcrm.tui.customer_words import DAY_THERE
from mailcrm.tui.terms import CHANNELS, KINDS, STATES, term
from mailcrm.tui.times import clock_time, countdown, moment
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import Span

__all__ = ["LABEL", "Line", "past_lines", "pending_lines", "who_lines"]

LABEL = 15
WHEN = 12
WHO = 16
_TOLD_BY_TIME = ("running", "at_risk", "overdue")  # "in 2h" and "late 3h" say it


@dataclass(frozen=True, slots=True)
class Line:
    """A line; "" as key: a heading. `thread` or `deal` is what Enter opens, `edit` what it changes, `person` whom it folds out."""

    key: str = ""
    spans: Sequence[Span] = ()
    thread: str = ""
    edit: Edit | None = None
    person: str = ""
    deal: str = ""


def who_lines(row: CustomerRow, unfolded: frozenset[str], now: datetime) -> list[Line]:
    """Return who they are, field by field; of each person more where he is `unfolded`."""
    if not row.id.startswith("o"):
        fields = [_field(edit) for one in row.people for edit in edits_of_person(one, alone=True)]
        return [_heading(_("Contact")), *fields]
    lines = [_heading(_("Company")), *map(_field, edits_of_company(row)), Line(), _heading(_("People"))]
    for one in row.people:
        lines.append(_person(one, now, folded=one.id not in unfolded))
        if one.id in unfolded:
            lines += [_field(edit, indent=2) for edit in edits_of_person(one, alone=False)]
    if others := len(row.contacts) - len(row.people):
        lines.append(Line(spans=((_("… and {count} more", count=others), "muted"),)))
    return lines


def _heading(words: str) -> Line:
    return Line(spans=((words, "heading"),))


def _field(edit: Edit, indent: int = 0) -> Line:
    spans: list[Span] = [(" " * indent + fit(str(edit.title), LABEL - indent), "muted")]
    spans.append((edit.shown, "strong") if edit.shown else ("–", "muted"))
    if edit.why is not None:
        spans.append((f"  {edit.why}", "muted"))
    return Line(f"{edit.id}.{edit.field}", spans, edit=edit)


def _person(one: PersonRow, now: datetime, *, folded: bool) -> Line:
    name = " ".join(filter(None, (one.honorific, one.name)))
    spans: list[Span] = [("+ " if folded else "- ", "accent"), (name or one.address, "strong")]
    if one.there is not None:
        state = term(DAY_THERE, one.there.closed_by)
        spans += [(f"  {state.sign} {clock_time(now, one.there.time_zone)}", state.look)]
    if one.away_until is not None and one.away_until > now:
        spans += [("  ", ""), (_("away until {day}", day=moment(one.away_until, _zone(one), now)), "warn")]
    if one.tags:
        spans.append((f"  {', '.join(one.tags)}", "accent"))
    return Line(one.id, [*spans, (f"  {one.address}", "muted")] if name else spans, person=one.id)


def _zone(one: PersonRow) -> str:
    return one.there.time_zone if one.there else "UTC"


def pending_lines(row: CustomerRow, now: datetime, zone: str) -> list[Line]:
    """Return what is open: what they wait for, what we wait for, what is to be done."""
    lines: list[Line] = []
    demands = [(one.state, countdown(one.due, now), one.thread_id, one.subject, one.gist) for one in row.open]
    lines += _group(_("They wait for"), "open", demands)
    waits = [(one.state, moment(one.due, zone, now), one.thread_id, one.subject, one.question) for one in row.waits]
    lines += _group(_("We wait for"), "wait", waits)
    lines += _deals(row, now)
    if row.tasks:
        lines.append(_heading(_("To do")))
        for task in row.tasks:
            due = moment(task.due, zone, now) if task.due else ""
            spans = ((fit(due, WHEN), "muted"), (str(task.title), "strong"), (f"  {task.owner}", "muted"))
            lines.append(Line(f"task.{task.id}", spans, thread=task.thread_id or ""))
        lines.append(Line())
    return lines or [Line(spans=((_("Nothing is open."), "muted"),)), Line()]


def _deals(row: CustomerRow, now: datetime) -> Iterator[Line]:
    """Yield the open samples, quotes and orders: number, stage, when due, what is next."""
    if not row.deals:
        return
    number = max(cell_len(printable_line(one.number)) for one in row.deals)
    stage = max(cell_len(printable_line(str(one.stage))) for one in row.deals)
    dues = [due_words(one, now) for one in row.deals]
    due_wide = max(cell_len(due) for due, _look in dues)
    yield _heading(_("Samples, quotes, orders"))
    for one, (due, look) in zip(row.deals, dues, strict=True):
        spans: list[Span] = [
            (f"{fit(printable_line(one.number), number)}  ", "strong"),
            (f"{fit(printable_line(str(one.stage)), stage)}  ", "accent"),
            (f"{fit(due, due_wide)}  " if due_wide else "", look),
            (f"{one.title}  ", ""),
            (str(one.next_step), "muted"),
        ]
        yield Line(f"deal.{one.id}", spans, deal=one.id)
    yield Line()


def _group(title: str, name: str, rows: Sequence[tuple[str, str, str, str, str]]) -> Iterator[Line]:
    """Yield a heading and a line for each (state, when, thread, subject, gist), in columns."""
    if not rows:
        return
    states = [term(STATES, state) for state, _when, _thread, _subject, _gist in rows]
    titles = [
        "" if code in _TOLD_BY_TIME else str(state.title) for state, (code, *_rest) in zip(states, rows, strict=True)
    ]
    wide = max(map(cell_len, titles))
    when_wide = max(cell_len(when) for _state, when, _thread, _subject, _gist in rows)
    yield _heading(title)
    for number, (_code, when, thread, subject, gist) in enumerate(rows):
        state, title = states[number], f"{fit(titles[number], wide)}  " if wide else ""
        spans: list[Span] = [
            (f"{state.sign} {title}", state.look),
            (f"{fit(when, when_wide)}  ", state.look or "muted"),
            (subject, "strong"),
        ]
        yield Line(f"{name}.{thread}.{number}", [*spans, (f"  {gist}" if gist != subject else "", "muted")], thread)
    yield Line()


def past_lines(row: CustomerRow, now: datetime, zone: str, width: int) -> list[Line]:
    """Return what was last written down and said, in a list of so many cells."""
    who = min(WHO, width // 6)
    lines: list[Line] = []
    for title, some in (
        (_("Notes and calls"), [_note(note, now, zone, who) for note in row.notes]),
        (_("Last mails"), [_mail(mail, now, zone, who) for mail in row.mails]),
    ):
        if some:
            lines += [_heading(title), *some, Line()]
    return lines[:-1]


def _note(note: CustomerNote, now: datetime, zone: str, who: int) -> Line:
    what = f"{term(CHANNELS, note.channel).title}: " if note.channel else ""
    by = fit(printable_line(note.by), who)
    return _said(f"note.{note.id}", note.thread_id, NOTED, moment(note.at, zone, now), by, f"{what}{note.text}")


def _mail(mail: CustomerMail, now: datetime, zone: str, who: int) -> Line:
    what = term(CHANNELS, mail.channel).title if mail.channel else None
    if what is None and mail.kind != "human":
        what = term(KINDS, mail.kind).title
    text = mail.gist or mail.subject
    return _said(
        f"mail.{mail.id}",
        mail.thread_id,
        OURS if mail.side == "ours" else THEIRS,
        moment(mail.arrived_at, zone, now),
        fit(printable_line(mail.from_.name or mail.from_.address), who),
        f"{what}: {text}" if what else text,
    )


def _said(key: str, thread: str, sign: str, when: str, who: str, text: str) -> Line:
    look = "promise" if sign == OURS else "accent"
    spans = ((f"{sign} ", look), (fit(when, WHEN), "muted"), (f"{who} ", look), (text, ""))
    return Line(key, spans, thread)
