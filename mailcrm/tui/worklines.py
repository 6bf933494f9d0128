"""A row of the worklist in columns: sign, due, grade, who, gist, subject, flags.

Room: tui. In: a row, the room in cells. Out: spans. Widths are measured over the rows that are shown, so that columns
stand one below the other and no room is wasted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.cells import cell_len

from mailcrm.domain.words import _
from mailcrm.queries.rows import WorklistRow
from mailcrm.tui.terms import BANDS, FLAGS, term
from mailcrm.tui.times import countdown, moment, span
from mailcrm.tui.widgets.cells import fit, shorten
from mailcrm.tui.widgets.rowlist import Span

__all__ = ["Columns", "columns", "due_words", "flag_words", "reason_words", "row_spans", "who_words"]

NARROW, WITH_SUBJECT = 70, 104
SIGN = 2
MEASURED = 500
GAP = "  "


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths in cells that the content wants; `row_spans` gives what the window allows."""

    due: int = 12
    who: int = 20
    flags: int = 0
    signs: int = 0
    grade: int = 0


def columns(rows: Sequence[WorklistRow], now: datetime, zone: str) -> Columns:
    """Measure the first `MEASURED` of `rows`: what is read first decides."""
    rows = rows[:MEASURED]
    return Columns(
        due=max((cell_len(due_words(row, now, zone)[0]) for row in rows), default=0),
        who=max((cell_len(who_words(row)) for row in rows), default=0),
        flags=max((cell_len(flag_words(row)) for row in rows), default=0),
        signs=max((cell_len(flag_signs(row)) for row in rows), default=0),
        grade=max((cell_len(row.grade or "") for row in rows), default=0),
    )


def row_spans(row: WorklistRow, width: int, wanted: Columns, now: datetime, zone: str) -> list[Span]:
    """Return the row in `width` cells: sign, due, grade, who, gist, from 104 cells on also the subject, flags at the right."""
    band = term(BANDS, row.band)
    due, look = due_words(row, now, zone)
    narrow = width < NARROW
    gap = " " if narrow else GAP
    told = flag_signs(row) if narrow else flag_words(row)
    flags = min(wanted.signs, 4) if narrow else min(wanted.flags, 11 if width < WITH_SUBJECT else 16)
    who = min(wanted.who, max(width * (28 if width < WITH_SUBJECT else 24) // 100, 12))
    grade = wanted.grade + 1 if wanted.grade else 0
    rest = width - SIGN - wanted.due - grade - who - 2 * len(gap) - (flags + len(gap) if flags else 0)
    person = (row.contact or row.company or "") if narrow else who_words(row)
    spans: list[Span] = [
        (fit(band.sign, SIGN), band.look),
        (fit(due, wanted.due) + gap, look),
        (fit(row.grade or "", grade), "accent"),
        (fit(person, who) + gap, "strong"),
    ]
    gist = row.gist or row.subject
    if width < WITH_SUBJECT:
        spans.append((fit(gist, rest), ""))
    else:
        subject = rest * 2 // 5
        spans.append((fit(gist, rest - subject - len(GAP)) + GAP, ""))
        about = waiting_words(row, now, zone) if row.kind == "nudge" else row.subject
        spans.append((fit(about, subject), "muted"))
    if flags:
        words = shorten(told, flags)
        spans.append((gap + " " * (flags - cell_len(words)) + words, "accent"))
    return spans


def who_words(row: WorklistRow) -> str:
    """Return "Jan de Vries · Acme BV", or what is known of it."""
    parts = [part for part in (row.contact, row.company) if part]
    return " · ".join(dict.fromkeys(parts))


def reason_words(row: WorklistRow) -> str:
    """Return why the row is there; of a late one also how late by the rule, and how much of that was office time."""
    if not row.overdue_seconds:
        return str(row.why)
    late, office = (span(timedelta(seconds=each)) for each in (row.overdue_seconds, row.overdue_office_seconds))
    return _("Late {late} by the rule, {office} of it office time. {why}", late=late, office=office, why=row.why)


def waiting_words(row: WorklistRow, now: datetime, zone: str) -> str:
    """Return since when we wait, and how often we asked again."""
    since = moment(row.arrived_at, zone, now) if row.arrived_at else ""
    return (
        _("since {since}, nudges: {count}", since=since, count=row.count - 1)
        if row.count > 1
        else _("since {since}", since=since)
    )


def flag_words(row: WorklistRow) -> str:
    """Return "+2 new file": more mails in the turn, and flags that the band doesn't tell already."""
    told = [f"+{row.count - 1}"] if row.count > 1 and row.kind != "nudge" else []
    told.extend(str(term(FLAGS, flag).title) for flag in row.flags if flag != row.band)
    return " ".join(told)


def flag_signs(row: WorklistRow) -> str:
    """Return "+2*@": the same in signs, for a narrow window."""
    told = f"+{row.count - 1}" if row.count > 1 else ""
    return told + "".join(term(FLAGS, flag).sign.strip() for flag in row.flags if flag != row.band)


def due_words(row: WorklistRow, now: datetime, zone: str) -> tuple[str, str]:
    """Return when the row is due, and the look of it: a countdown, the promised moment, or that of our next step."""
    if row.due is None:
        return "", ""
    if row.kind == "question" and row.state != "promise_unconfirmed":
        return countdown(row.due, now), ""
    if row.state in ("promised", "promise_unconfirmed") and row.due > now:
        return _("by {moment}", moment=moment(row.due, zone, now)), "promise"
    if row.kind == "nudge":
        return (_("now"), "") if now >= row.due else (_("on {moment}", moment=moment(row.due, zone, now)), "muted")
    if now >= row.due:
        return countdown(row.due, now), "bad" if term(BANDS, row.band).look == "bad" else "warn"
    return countdown(row.due, now), "warn" if row.state in ("at_risk", "promise_at_risk") else ""
