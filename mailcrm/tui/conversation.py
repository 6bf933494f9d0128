"""A thread as paragraphs to read.

Room: tui. In: `ThreadRow`, outgoing mail of the thread, now and the zone. Out: paragraphs for the pager, oldest mail
first, the newest part of each shown, quoted text folded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailcrm.domain.links import footnotes, with_hosts
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import AttachmentRow, MessageRow, NoteRow, OutboxRow, Person, ThereRow, ThreadRow, WarningRow
from mailcrm.tui.customer_words import DAY_THERE, hour_words, open_words
from mailcrm.tui.terms import CHANNELS, DELIVERY, KINDS, WARNINGS, term
from mailcrm.tui.times import day_and_time, moment
from mailcrm.tui.widgets.pager import Paragraph
from mailcrm.tui.widgets.rowlist import Span

__all__ = [
    "Folds",
    "begin_at",
    "conversation",
    "demand_part",
    "message_paragraphs",
    "old_mails",
    "person",
    "size_words",
]

THEIRS, OURS, NOTED = "»", "«", "·"
INDENT = 2
KEPT_OPEN = 3
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


@dataclass(frozen=True, slots=True)
class Folds:
    """What of a thread is folded, and the keys that show quoted text and files.

    `turned`: the mails whose fold a person turned. `whole`: the mails that are shown with all that they quote.
    """

    turned: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    quotes: bool = False
    quotes_key: str = ""
    files_key: str = ""

    def is_folded(self, message: MessageRow, old: Collection[str]) -> bool:
        """Whether only a line is shown of a mail, one of the `old` ones by itself."""
        return (message.id in old) != (message.id in self.turned)

    def shows_quotes(self, message: MessageRow) -> bool:
        """Whether what a mail quotes is shown."""
        return self.quotes or message.id in self.whole


def old_mails(thread: ThreadRow) -> frozenset[str]:
    """Return the mails that are folded by themselves: all but the last few and those that wait for an answer."""
    return frozenset(mail.id for mail in thread.messages[:-KEPT_OPEN] if not mail.waiting)


def begin_at(thread: ThreadRow) -> str:
    """Return the mail that a reader wants to see first: the oldest that waits for an answer, else the newest."""
    waiting = [mail.id for mail in thread.messages if mail.waiting]
    return waiting[0] if waiting else thread.messages[-1].id if thread.messages else ""


def conversation(
    thread: ThreadRow, outgoing: Sequence[OutboxRow], now: datetime, zone: str, folds: Folds
) -> list[Paragraph]:
    """Return the whole thread with its notes, and below it what is about to leave."""
    old = old_mails(thread)
    entries = [
        (mail.arrived_at, [_folded(mail, zone)])
        if folds.is_folded(mail, old)
        else (mail.arrived_at, message_paragraphs(mail, zone, folds))
        for mail in thread.messages
    ]
    entries += [(note.at, _note(note, zone)) for note in thread.notes]
    told: list[Paragraph] = []
    for _at, paragraphs in sorted(entries, key=lambda entry: entry[0]):
        if told and (len(paragraphs) > 1 or (told[-1].spans and not told[-1].key)):
            told.append(Paragraph())
        told.extend(paragraphs)
    for row in outgoing:
        told.extend([Paragraph(), *_outgoing(row, now, zone)])
    return told


def demand_part(thread: ThreadRow, zone: str, now: datetime) -> list[Paragraph]:
    """Return what the customer waits for, the oldest mail first, with who and when, and their hour: the look beside the worklist.

    Where nobody waits it is the newest mail. A colleague's note or an automatic reply never stands before the demand.
    """
    if not thread.messages:
        return []
    told = [Paragraph(((thread.messages[-1].subject, "strong"),), wraps=True)]
    told += [_hour(thread.there, zone, now)] if thread.there else []
    for mail in [mail for mail in thread.messages if mail.waiting] or thread.messages[-1:]:
        told.extend([Paragraph(), *message_paragraphs(mail, zone, Folds())])
    return [replace(paragraph, key="") for paragraph in told]  # there no mail is the current one


def _hour(there: ThereRow, zone: str, now: datetime) -> Paragraph:
    """Return what time it is at the customer's, and whether it is open there."""
    state = term(DAY_THERE, there.closed_by)
    return Paragraph(
        ((f"{state.sign} {hour_words(there, now)} · {open_words(there, now, zone)}", state.look),), wraps=True
    )


def _head(message: MessageRow) -> tuple[Span, ...]:
    sign, look = (OURS, "promise") if message.side == "ours" else (THEIRS, "heading")
    return (f"{sign} ", look), (person(message.from_), look)


def _folded(message: MessageRow, zone: str) -> Paragraph:
    """Return one mail as a line: who, what about, when."""
    sign, look = (OURS, "promise") if message.side == "ours" else (THEIRS, "heading")
    spans = ((f"{sign} ", look), (message.from_.name or message.from_.address, look), (f"  {message.gist}", "muted"))
    return Paragraph(spans, right=day_and_time(message.arrived_at, zone), anchor=True, key=message.id)


def message_paragraphs(message: MessageRow, zone: str, folds: Folds) -> list[Paragraph]:
    """Return one mail: who and when, kind where no person wrote it, what to beware of, text, what is folded, files."""
    right = day_and_time(message.arrived_at, zone)
    told = [Paragraph(_head(message), right=right, anchor=True, key=message.id)]
    if marks := _marks(message):
        told.append(Paragraph(tuple(marks), INDENT))
    told.extend(_warnings(message))
    told.append(Paragraph())
    told.append(Paragraph(((_text(message, folds), ""),), INDENT, wraps=True, sought=True))
    if message.quoted_lines and not folds.shows_quotes(message):
        told.extend(
            [Paragraph(), Paragraph(((_folded_quote(message.quoted_lines, folds.quotes_key), "muted"),), INDENT)]
        )
    files = [_file(attachment) for attachment in message.attachments or () if not attachment.inline]
    if files and folds.files_key:
        files.append(Paragraph(((_("{key} saves or opens them", key=folds.files_key), "muted"),), INDENT))
    return [*told, Paragraph(), *files] if files else told


def _text(message: MessageRow, folds: Folds) -> str:
    """Return the text of a mail, with the host that each link of an HTML mail really leads to."""
    shown = (message.body if folds.shows_quotes(message) else message.reply or message.body) or message.gist
    return with_hosts(shown.strip("\n"), footnotes(message.body or ""))


def _folded_quote(count: int, key: str) -> str:
    if key:
        return plural(
            "… {count} quoted line; {key} shows it", "… {count} quoted lines; {key} shows them", count, key=key
        )
    return plural("… {count} quoted line", "… {count} quoted lines", count)


def _note(note: NoteRow, zone: str) -> list[Paragraph]:
    """Return what a person wrote down: a note, or where the customer was spoken with."""
    what = str(term(CHANNELS, note.channel).title) if note.channel else _("note")
    head: tuple[Span, ...] = ((f"{NOTED} ", "accent"), (f"{note.by}, {what}", "accent"))
    words = Paragraph(((note.text, ""),), INDENT, wraps=True)
    return [Paragraph(head, right=day_and_time(note.at, zone), anchor=True, key=note.id), words]


def _marks(message: MessageRow) -> list[Span]:
    marks: list[Span] = []
    if message.waiting:
        marks.append((_("waits for an answer"), "warn"))
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
    if delivery := message.delivery or _left_elsewhere(message):
        state = term(DELIVERY, delivery)
        marks.append((f"{state.sign} {state.title}", state.look))
    spaced: list[Span] = []
    for mark in marks:
        spaced.extend([("  ", ""), mark] if spaced else [mark])
    return spaced


def _left_elsewhere(message: MessageRow) -> str:
    """Return "sent" of a mail of ours that another program sent; "" of every other one."""
    return "sent" if message.side == "ours" and message.kind == "human" and not message.channel else ""


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
            key=row.id,
        )
    ]
    if row.last_error:
        told.append(Paragraph(((str(row.last_error), "bad"),), INDENT, wraps=True))
    return told
