"""Files of mails, and kept ones, on the disk, and what is handed to another program: only when a person asked for it.

Room: core. In: a file's id and a directory, or a link. Out: a new file that is the person's own (0600), its name the safe one
(domain.text). Nothing that exists is overwritten or followed: a name that is taken gets a number. Only what is harmless by its own
bytes (domain.file_kinds) is opened, out of a private directory of the home.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError, RefusedByRule, UsageError
from mailcrm.domain.file_kinds import look_at
from mailcrm.domain.links import can_be_opened
from mailcrm.domain.text import safe_filename
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import AttachmentRow, SavedRow
from mailcrm.queries.threads import file_row
from mailcrm.records import AttachmentFile, Message
from mailcrm.store.finding import number
from mailcrm.store.papers import paper_id, paper_named, read_paper
from mailcrm.store.raws import read_raw

__all__ = [
    "attachment",
    "downloads",
    "open_attachment",
    "open_link",
    "open_paper",
    "save_attachment",
    "save_paper",
    "write_new",
]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _File:
    """A file by its id; `name` is safe to write."""

    id: str
    name: str
    sha256: str


def attachment(world: World, *, id: str) -> tuple[AttachmentRow, bytes]:  # noqa: A002  (as on the command line)
    """Return a file of a mail and its bytes."""
    with world.store.read() as session:
        file = session.get_one(AttachmentFile, number(id, "f", "file"))
        raw = read_raw(session, session.get_one(Message, file.message_id).raw_id)
    return file_row(file), world.parser.part_bytes(raw, file.position)


def downloads(world: World) -> str:
    """Return where files are saved unless a person says otherwise."""
    return str(world.downloads)


def save_attachment(world: World, *, id: str, to: str) -> tuple[Sentence, SavedRow]:  # noqa: A002  (as on the command line)
    """Write file "f4" into the directory `to`."""
    return _saved(*_of_a_mail(world, id), _directory(to))


def save_paper(world: World, *, id: str, to: str) -> tuple[Sentence, SavedRow]:  # noqa: A002  (as on the command line)
    """Write the kept file "kf4" of a sample, quote or order into the directory `to`."""
    return _saved(*_kept(world, id), _directory(to))


def open_attachment(world: World, *, id: str) -> tuple[Sentence, SavedRow]:  # noqa: A002  (as on the command line)
    """Show file "f4" with the system's own program; RefusedByRule where it is, or may be, more than something to look at."""
    return _opened(world, *_of_a_mail(world, id))


def open_paper(world: World, *, id: str) -> tuple[Sentence, SavedRow]:  # noqa: A002  (as on the command line)
    """Show the kept file "kf4" like a file of a mail: whoever kept it may have had it from one."""
    return _opened(world, *_kept(world, id))


def _of_a_mail(world: World, given: str) -> tuple[_File, bytes]:
    row, content = attachment(world, id=given)
    return _File(row.id, row.safe_filename, row.sha256), content


def _kept(world: World, given: str) -> tuple[_File, bytes]:
    with world.store.read() as session:
        paper = paper_named(session, given)
        return _File(paper_id(paper.id), safe_filename(paper.filename), paper.sha256), read_paper(session, paper)


def _opened(world: World, file: _File, content: bytes) -> tuple[Sentence, SavedRow]:
    look = look_at(file.name, content)
    if look.refusal is not None:
        raise RefusedByRule(look.refusal, say("Save it, if you know whom it is from and what it does."))
    private = world.home / "opened"
    private.mkdir(mode=0o700, exist_ok=True)
    _forget_old(private, world.clock.now())
    _said, saved = _saved(file, content, private)
    if not world.open_outside(saved.path):
        raise MailcrmError(
            say("No program here opens {name}.", name=file.name), say("Save it, and open it where you have a screen.")
        )
    return say(
        "{name}, {kind}, was handed to the program that shows such files.", name=file.name, kind=look.kind
    ), saved


def open_link(world: World, *, url: str) -> tuple[Sentence, None]:
    """Ask the person's browser for a page of the web; RefusedByRule for any other link."""
    if not can_be_opened(url):
        raise RefusedByRule(
            say("Only pages of the web are opened, and this link leads elsewhere."), say("Copy it if you need it.")
        )
    if not world.open_outside(url):
        raise MailcrmError(
            say("No browser was found here."), say("Copy the link, and open it where you have a screen.")
        )
    return say("The browser was asked for it."), None


def _directory(given: str) -> Path:
    try:
        directory = Path(given).expanduser()
        if directory.is_dir():
            return directory
    except (RuntimeError, ValueError, OSError):  # no such person's home; a name that no system takes
        pass
    raise UsageError(say("{directory} is no directory.", directory=given), say("Make it first, or name another."))


def _saved(file: _File, content: bytes, directory: Path) -> tuple[Sentence, SavedRow]:
    path = write_new(directory, file.name, content)
    kind = str(look_at(file.name, content).kind)
    return say("Saved as {path}.", path=path), SavedRow(file.id, str(path), len(content), file.sha256, kind)


def write_new(directory: Path, name: str, content: bytes) -> Path:
    """Write a new file of this safe name, the person's own (0600); a name that is taken gets a number."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for turn in count(1):
        path = directory / (name if turn == 1 else f"{stem} ({turn}){suffix}")
        try:
            handle = os.open(path, _NEW, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise _unwritable(path, error) from error
        break
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)  # half a file would look like the whole
        raise _unwritable(path, error) from error
    return path


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        say("{path} can't be written: {error}.", path=path, error=error.strerror or error),
        say("Name another directory, or make room there."),
    )


def _forget_old(directory: Path, now: datetime) -> None:
    """Remove what was opened long ago: it is in the mail."""
    for path in directory.iterdir():
        if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > _KEPT:
            path.unlink(missing_ok=True)
