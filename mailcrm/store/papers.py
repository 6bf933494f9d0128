"""Papers: files of samples, quotes and orders, kept with the bytes of mails.

Room: store. In: bytes and what they are. Out: rows of `paper`; the bytes again.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound, RefusedByRule
from mailcrm.domain.text import safe_filename
from mailcrm.domain.words import say
from mailcrm.records import Paper
from mailcrm.store.bulk import one_among, table_of
from mailcrm.store.finding import number
from mailcrm.store.packs import digest
from mailcrm.store.raws import read_raw, store_raw

__all__ = [
    "ATTACHED",
    "PAPER_ID",
    "NewPaper",
    "as_attachment",
    "copy_paper",
    "keep_paper",
    "paper_id",
    "paper_named",
    "papers_of",
    "papers_with",
    "read_paper",
]

PAPER_ID = "kf"  # a kept file; "f12" is a file of a mail
ATTACHED = "paper:"  # before the id, where a mail is to carry it
_paper = table_of(Paper).c
_LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A file to be kept. `content_type` "": by the name's ending."""

    kind: str
    filename: str
    content: bytes
    content_type: str = ""
    valid_until: date | None = None
    note: str = ""


def keep_paper(session: Session, noun: str, noun_id: int, new: NewPaper, *, at: datetime, actor: str) -> Paper:
    """Keep a file for `noun` ("sample") number `noun_id`; RefusedByRule for an empty one or one over 50 MB.

    The same bytes of the same kind are kept once.
    """
    if not new.content or len(new.content) > _LARGEST:
        raise RefusedByRule(
            say("{file} has {size} octets.", file=new.filename, size=len(new.content)),
            say("A kept file has at least one octet and at most {limit} MB.", limit=_LARGEST // 1024**2),
        )
    sha256 = digest(new.content)
    here = select(Paper).where(col(Paper.noun) == noun, col(Paper.noun_id) == noun_id, col(Paper.sha256) == sha256)
    known = session.exec(here.where(col(Paper.kind) == new.kind)).first()
    if known is not None:
        return known
    name = safe_filename(new.filename)
    paper = Paper(
        noun=noun,
        noun_id=noun_id,
        kind=new.kind,
        raw_id=store_raw(session, new.content),
        sha256=sha256,
        filename=name,
        content_type=new.content_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(new.content),
        at=at,
        actor=actor,
        valid_until=new.valid_until,
        note=new.note,
    )
    session.add(paper)
    session.flush()
    return paper


def copy_paper(session: Session, paper: Paper, noun_id: int) -> None:
    """Let another one of the same noun, such as the next version of a quote, have a file too."""
    session.add(Paper(**{**paper.model_dump(exclude={"id"}), "noun_id": noun_id}))


def paper_id(key: int | None) -> str:
    """Return the id that people see, "kf12"."""
    return f"{PAPER_ID}{key}"


def as_attachment(paper: Paper) -> str:
    """Return how a mail that is to carry it names it: "paper:kf12/front.jpg", the name for whoever reads it."""
    return f"{ATTACHED}{paper_id(paper.id)}/{paper.filename.replace(';', '_')}"  # several stand in a field, parted by ;


def paper_named(session: Session, given: str) -> Paper:
    """Return the paper of an id, "kf12"."""
    paper = session.get(Paper, number(given, PAPER_ID, "kept file"))
    if paper is None:
        raise NotFound(say("There is no kept file {id}.", id=given), say("The sample, quote or order shows its files."))
    return paper


def read_paper(session: Session, paper: Paper) -> bytes:
    """Return the bytes."""
    return read_raw(session, paper.raw_id)


def papers_of(session: Session, noun: str, noun_ids: Sequence[int]) -> Sequence[Paper]:
    """Return the files of these nouns, the oldest first."""
    theirs = select(Paper).where(col(Paper.noun) == noun, one_among(_paper.noun_id, noun_ids))
    return session.exec(theirs.order_by(col(Paper.id))).all()


def papers_with(session: Session, sha256s: Sequence[str], kind: str) -> Sequence[Paper]:
    """Return the files of `kind` that have one of these sha256."""
    if not sha256s:
        return ()
    wanted = select(Paper).where(col(Paper.sha256).in_(sha256s), col(Paper.kind) == kind)
    return session.exec(wanted.order_by(col(Paper.id))).all()
