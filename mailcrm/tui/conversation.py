"""A thread as paragraphs to read.

Room: tui. In: `ThreadRow`, outgoing mail of the thread, now and the zone. Out: paragraphs for the pager, oldest mail
first, the newest part of each shown, quoted text folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import AttachmentRow, MessageRow, NoteRow, OutboxRow, Person, ThereRow, ThreadRow, WarningRow
from mailcrm.tui.customer_words import DAY_THERE, hour_words, open_words
from mailcrm.tui.terms import CHANNELS, DELIVERY, KINDS, WARNINGS, term
from mailcrm.tui.times import day_and_time, moment
from mailcrm.tui.widgets.pager import Paragraph
from mailcrm.tui.widgets.rowlist import Span

__all__ = ["conversation", "message_paragraphs", "newest_part", "person", "size_words"]

THEIRS, OURS, NOTED = "»", "«", "·"
INDENT = 2
KILO = 1024


def person(someone: Person) -> str:
    """Return "Jan de Vries <jan@acme.example>"."""
    return f"{someone.name} <{someone.address}>" if someone.name else someone.address


def size_words(octets: int) -> str:
    """Return "412 B", "12 KB" or "3.4 MB"."""
    if octets < KILO:
        return f"{octets} B"
    if octets < KILO * KILO:
        return f"{octets / KILO:.0f} KB"
    return f"{octets / KILO / KILO:.1f} MB"


def conversation(
    thread: ThreadRow, outgoing: Sequence[OutboxRow], now: datetime, zone: str, *, unfolded: bool
) -> list[Paragraph]:
    """Return the whole thread with its notes, and below it what is about to leave."""
    entries = [(mail.arrived_at, message_paragraphs(mail, zone, unfolded=unfolded)) for mail in thread.messages]
    entries += [(note.at, _note(note, zone)) for note in thread.notes]
    told: list[Paragraph] = []
    for _at, paragraphs in sorted(entries, key=lambda entry: entry[0]):
        told.extend([*paragraphs, Paragraph()])
    for row in outgoing:
        told.extend([*_outgoing(row, now, zone), Paragraph()])
    return told


def newest_part(thread: ThreadRow, zone: str, now: datetime) -> list[Paragraph]:
    """Return the newest part of the newest mail, with who and when, and her hour: the look beside the worklist."""
    if not thread.messages:
        return []
    newest = thread.messages[-1]
    first = Paragraph(((newest.subject, "strong"),), wraps=True)
    hour = [_hour(thread.there, zone, now)] if thread.there else []
    return [first, *hour, Paragraph(), *message_paragraphs(newest, zone, unfolded=False)]


def _hour(there: ThereRow, zone: str, now: datetime) -> Paragraph:
    """Return what time it is at the customer's, and whether it is open there."""
    state = term(DAY_THERE, there.closed_by)
    return Paragraph(
        ((f"{state.sign} {hour_words(there, now)} · {open_words(there, now, zone)}", state.look),), wraps=True
    )


def message_paragraphs(message: MessageRow, zone: str, *, unfolded: bool) -> list[Paragraph]:
    """Return one mail: who and when, kind where no person wrote it, what to beware of, text, what is folded, files."""
    ours = message.side == "ours"
    sign, look = (OURS, "promise") if ours else (THEIRS, "heading")
    head: list[Span] = [(f"{sign} ", look), (person(message.from_), look)]
    told = [Paragraph(tuple(head), right=day_and_time(message.arrived_at, zone), anchor=True)]
    if marks := _marks(message):
        told.append(Paragraph(tuple(marks), INDENT))
    told.extend(_warnings(message))
    text = (message.body if unfolded else message.reply or message.body) or message.gist
    told.append(Paragraph())
    told.append(Paragraph(((text.strip("\n"), ""),), INDENT, wraps=True))
    if message.quoted_lines and not unfolded:
        folded = plural("… {count} quoted line", "… {count} quoted lines", message.quoted_lines)
        told.extend([Paragraph(), Paragraph(((folded, "muted"),), INDENT)])
    files = [_file(attachment) for attachment in message.attachments or () if not attachment.inline]
    return [*told, Paragraph(), *files] if files else told


def _note(note: NoteRow, zone: str) -> list[Paragraph]:
    """Return what a person wrote down: a note, or where the customer was spoken with."""
    what = str(term(CHANNELS, note.channel).title) if note.channel else _("note")
    head: tuple[Span, ...] = ((f"{NOTED} ", "accent"), (f"{note.by}, {what}", "accent"))
    words = Paragraph(((note.text, ""),), INDENT, wraps=True)
    return [Paragraph(head, right=day_and_time(note.at, zone), anchor=True), words]


def _marks(message: MessageRow) -> list[Span]:
    marks: list[Span] = []
    if message.to:
        marks.append((_("to {people}", people=", ".join(to.name or to.address for to in message.to)), "muted"))
    if message.cc:
        marks.append((_("Cc {people}", people=", ".join(cc.name or cc.address for cc in message.cc)), "muted"))
    if message.channel:
        marks.append((str(term(CHANNELS, message.channel).title), "accent"))
    if message.kind != "human":
        marks.append((str(term(KINDS, message.kind).title), "warn"))
    if message.history:
        marks.append((_("before go-live"), "muted"))
    if message.delivery:
        state = term(DELIVERY, message.delivery)
        marks.append((f"{state.sign} {state.title}", state.look))
    spaced: list[Span] = []
    for mark in marks:
        spaced.extend([("  ", ""), mark] if spaced else [mark])
    return spaced


def _warnings(message: MessageRow) -> list[Paragraph]:
    """Return a line for each kind of warning, with the first that was seen: the text below must stay in sight."""
    first: dict[str, WarningRow] = {}
    for warning in message.warnings:
        first.setdefault(warning.code, warning)
    told = []
    for code, warning in first.items():
        meant = term(WARNINGS, code)
        told.append(Paragraph(((f"{meant.sign} {meant.title}: {warning.detail}", meant.look),), INDENT))
    return told


def _file(attachment: AttachmentRow) -> Paragraph:
    name = attachment.safe_filename or attachment.filename
    return Paragraph((("@ ", "accent"), (name, ""), (f"  {size_words(attachment.size)}", "muted")), INDENT)


def _outgoing(row: OutboxRow, now: datetime, zone: str) -> list[Paragraph]:
    state = term(DELIVERY, row.state)
    until = f" · {moment(row.held_until, zone, now)}" if row.held_until and row.state == "held" else ""
    told = [
        Paragraph(
            (
                (f"{OURS} ", "promise"),
                (_("to {people}", people=", ".join(row.to)), "promise"),
                (f"  {state.sign} {state.title}{until}", state.look),
            ),
            anchor=True,
        )
    ]
    if row.last_error:
        told.append(Paragraph(((str(row.last_error), "bad"),), INDENT, wraps=True))
    return told
