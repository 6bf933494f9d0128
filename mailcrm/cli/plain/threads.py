"""Threads, their story, and hits, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.domain.words import _
from mailcrm.queries.rows import AttachmentRow, ExplainRow, MessageRow, Person, SearchRow, ThreadRow, WarningRow
from mailcrm.tui.terms import CHANNELS, KINDS, ROLES, STATES, WARNINGS, term

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_files", "show_hits", "show_story", "show_thread", "show_threads", "show_warning", "written"]


_MEGABYTE = 1024 * 1024


def written(at: datetime | None, zone: str) -> str:
    """Return "2026-11-25 17:00", the same in every language; "" for None."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if at else ""


def show_threads(out: Output, rows: Sequence[ThreadRow], core: Core) -> None:
    """Print threads, one a line."""
    if not rows:
        out.line(_("No thread fits."))
        return
    cells = [
        (
            row.id,
            str(term(STATES, row.state).title),
            written(row.due, row.zone or core.zone()),
            row.company or ", ".join(map(_name, row.participants)),
            str(len(row.messages)),
            f"~ {row.subject}" if row.probable else row.subject,
        )
        for row in rows
    ]
    columns(out, (_("id"), _("state"), _("due"), _("with"), _("mails"), _("subject")), cells)


def show_thread(out: Output, row: ThreadRow, core: Core) -> None:
    """Print a thread with its mails."""
    zone = row.zone or core.zone()
    out.line(f"{row.id}  {row.subject}", "heading")
    pairs(
        out,
        [
            (_("with"), ", ".join(map(_person, row.participants))),
            (_("company"), " ".join(word for word in (row.company, row.company_id) if word)),
            (_("role"), str(term(ROLES, row.role).title)),
            (_("state"), str(term(STATES, row.state).title)),
            (_("due"), written(row.due, zone)),
            (_("first due"), written(row.reply_due, zone) if row.reply_due != row.due else ""),
            (_("answered"), " ".join(word for word in (written(row.answered_at, zone), row.answered_by) if word)),
        ],
    )
    for other in row.probable:
        out.line(f"~ {other.thread_id}  {other.subject}", "muted")
    if row.probable:
        out.line(_("~ probably the same conversation; `mailcrm merge` makes them one."), "muted")
    for message in row.messages:
        _show_message(out, message, zone)
    for note in row.notes:
        out.line()
        by = term(CHANNELS, note.channel).title if note.channel else _("note")
        out.line(f"{note.id}  {written(note.at, zone)}  {note.by}, {by}", "heading")
        out.block(note.text, "  ")


def _show_message(out: Output, message: MessageRow, zone: str) -> None:
    out.line()
    out.line(f"{message.id}  {written(message.arrived_at, zone)}  {_person(message.from_)}", "heading")
    if message.channel:
        out.line(str(term(CHANNELS, message.channel).title), "muted")
    if message.kind != "human":
        out.line(str(term(KINDS, message.kind).title), "muted")
    if not message.whole:
        size = f"{message.size / _MEGABYTE:.1f}"
        out.line(
            "  " + _("Only the head of this mail was fetched ({size} MB); --fetch gets the rest.", size=size), "bad"
        )
    for warning in message.warnings:
        show_warning(out, warning, "  ")
    out.block(message.reply or message.body or "", "  ")
    for file in message.attachments or ():
        out.line(f"  {file.id}  {file.safe_filename}  {file.content_type}  {file.size}")


def show_warning(out: Output, row: WarningRow, indent: str = "") -> None:
    """Print what should make a mail's reader careful."""
    meant = term(WARNINGS, row.code)
    out.line(f"{indent}{meant.sign} {meant.title}: {row.detail}", meant.look)


def show_files(out: Output, rows: Sequence[AttachmentRow], _core: Core) -> None:
    """Print the files of a thread, one a line."""
    if not rows:
        out.line(_("No file is in this thread."))
        return
    cells = [(row.id, str(row.size), row.content_type, row.safe_filename) for row in rows]
    columns(out, (_("id"), _("bytes"), _("type"), _("name")), cells)


def show_story(out: Output, rows: Sequence[ExplainRow], core: Core) -> None:
    """Print why a deadline is what it is, line by line."""
    for row in rows:
        out.line(f"{written(row.at, core.zone())}  {row.rule}")
        out.line(f"{'':18}{row.effect}")


def show_hits(out: Output, rows: Sequence[SearchRow], core: Core) -> None:
    """Print hits, the newest first."""
    if not rows:
        out.line(_("No mail fits."))
        return
    cells = [
        (row.thread_id, written(row.arrived_at, core.zone()), _name(row.from_), row.subject, row.snippet)
        for row in rows
    ]
    columns(out, (_("id"), _("arrived"), _("from"), _("subject"), _("text")), cells)


def _name(person: Person) -> str:
    return person.name or person.address


def _person(person: Person) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address
