"""The files of a thread: saved where a person says, or shown where they are nothing but something to look at.

Room: tui. In: a thread, and the mail whose files stand first. Out: `save_attachment` and `open_attachment` of the core. Nothing opens by
itself, and what is refused is told in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import AttachmentRow, MessageRow, ThreadRow
from mailcrm.tui.conversation import size_words
from mailcrm.tui.keys import FILE_KEYS, LIST_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.remark import Remark
from mailcrm.tui.widgets.rowlist import RowList, Span

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["FilesScreen"]

SIZE, KIND = 9, 6


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line: a file, or (`file` None) the mail that the files below came with."""

    key: str
    words: str
    file: AttachmentRow | None = None


def file_lines(thread: ThreadRow, first: str) -> list[FileLine]:
    """Return the files of a thread under their mails: the mail `first`, then the newest before the others."""
    with_files = [mail for mail in reversed(thread.messages) if mail.attachments]
    lines: list[FileLine] = []
    for mail in sorted(with_files, key=lambda mail: mail.id != first):
        lines.append(FileLine("", _mail(mail, thread.zone)))
        lines.extend(FileLine(file.id, file.safe_filename, file) for file in mail.attachments or ())
    return lines


def _mail(mail: MessageRow, zone: str) -> str:
    return f"{mail.from_.name or mail.from_.address}  {day_and_time(mail.arrived_at, zone)}"


def _paint(line: FileLine, width: int) -> Sequence[Span]:
    if line.file is None:
        return [(fit(line.words, width), "muted")]
    kind = line.words.rpartition(".")[2].upper()[:KIND] if "." in line.words else ""
    return [
        (fit(line.words, width - SIZE - KIND - 2), ""),
        (f" {fit(kind, KIND)}", "muted"),
        (f"{size_words(line.file.size):>{SIZE}}", "muted"),
    ]


class FilesScreen(MailModal[None]):
    """Look at files, save them, open the harmless ones."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in FILE_KEYS]
    help_keys = (FILE_KEYS, LIST_KEYS)

    def __init__(self, thread: str, first: str) -> None:
        super().__init__()
        self.about = thread
        self._first = first
        self._directory = ""

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box"):
            yield safe.Line(
                lambda width: safe.line((_("Files of this conversation"), "bold"), width=width), classes="title"
            )
            yield RowList(_paint)
            yield Remark()
            yield safe.Line(self._keys, classes="keys")

    @property
    def thread_id(self) -> str | None:
        """The thread that the files are of."""
        return self.about

    def on_mount(self) -> None:
        """Ask for the files, and where files are saved here."""
        self.query_one(RowList).focus()
        self.ask("downloads", self._saved_to)
        self.ask("thread", self._arrived, id=self.about)

    def _saved_to(self, directory: str) -> None:
        self._directory = directory

    def _arrived(self, thread: ThreadRow) -> None:
        rows: RowList[FileLine] = self.query_one(RowList)
        lines = file_lines(thread, self._first)
        rows.styles.height = max(len(lines), 1)
        rows.show(lines)
        self._say("" if lines else _("No file came with these mails."))

    @property
    def note(self) -> str:
        """What stands below the list."""
        return self.query_one(Remark).words

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.query_one(Remark).say(words, wrong=wrong)

    def _keys(self, width: int) -> Content:
        key = self.house.key_name
        parts = [
            (_("{key} saves it", key=key("files.save")), ""),
            (_("{key} opens it", key=key("files.open")), ""),
            (_("{key} goes back", key=key("files.leave")), "$text-muted"),
        ]
        return joined(parts, width)

    @property
    def _file(self) -> AttachmentRow | None:
        item = self.query_one(RowList).item
        return item.file if isinstance(item, FileLine) else None

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Save the file under the cursor."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Ask where to save the file, and save it there."""
        from mailcrm.tui.screens.questions import QuestionsScreen

        if file := self._file:
            question = {"to": _("Into which directory? Nothing that is there is overwritten.")}
            form = QuestionsScreen(_("Save {name}", name=file.safe_filename), question, {"to": self._directory})
            self.app.push_screen(form, lambda told: self._save(file, told["to"]) if told else None)

    def _save(self, file: AttachmentRow, directory: str) -> None:
        self._directory = directory
        self.house.do("save_attachment", self._done, self._refused, id=file.id, to=directory)

    def action_open(self) -> None:
        """Show the file with the system's own program, if it is harmless."""
        if file := self._file:
            self.house.do("open_attachment", self._done, self._refused, id=file.id)

    def _done(self, outcome: Outcome) -> None:
        if self.is_attached:
            self._say(str(outcome.said))

    def _refused(self, error: MailcrmError) -> None:
        if self.is_attached:
            self._say(str(error), wrong=True)
        else:
            self.house.tell_error(error)

    def action_leave(self) -> None:
        """Go back to the thread."""
        self.dismiss(None)
