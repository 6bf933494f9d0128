"""Photo of a sample: what leaves the house is kept as it looked, and nothing leaves without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, take_back
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.file_kinds import is_picture
from mailcrm.domain.samples.states import BEFORE_SHIPPED, PATH, STATE_WORDS, SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, plural, say
from mailcrm.outbox.attaching import PHOTO, attached
from mailcrm.records import AttachmentFile, SampleRecord
from mailcrm.store.finding import message_of
from mailcrm.store.papers import NewPaper, keep_paper, paper_id
from mailcrm.store.raws import read_raw
from mailcrm.store.samples import NOUN, Deed, note, sample_named, snapshot

__all__ = ["COMMAND", "PhotoSample"]

_MADE = PATH.index(SampleState.MADE)


@dataclass(frozen=True)
class PhotoSample:
    """Keep photos of sample `id`: `files` on this computer (one, or several), or all pictures of the mail `message` ("m12").

    A sample that was checked is photographed by it. Taking it back lets the photo count no more; its bytes stay kept.
    """

    id: str
    files: str | Sequence[str] = ()
    message: str = ""

    verb: ClassVar[str] = "photo_sample"
    title: ClassVar[Sentence] = say("Photo of a sample")
    help: ClassVar[Sentence] = say("Keep a photo of a sample that was made: without one it doesn't leave the house.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Keep them; RefusedByRule for what is no picture, or a sample that isn't made yet."""
        row = sample_named(session, self.id)
        state = SampleState(row.state)
        if state in BEFORE_SHIPPED and PATH.index(state) < _MADE:
            raise RefusedByRule(
                say("{number} is {state}: it isn't made yet.", number=row.number, state=STATE_WORDS[state]),
                say("Say so when it is: `mailcrm sample advance {id} made`.", id=f"s{row.id}"),
            )
        before, found = snapshot(row), list(self._pictures(session, situation))
        if not found:
            raise UsageError(say("No photo is named."), say("Name a file, or a mail with pictures: `--message m12`."))
        kept = [self._keep(session, row, situation, one) for one in found]
        note(row, photos=list(dict.fromkeys([*row.details.get("photos", ()), *kept])))
        if state is SampleState.CHECKED:
            shown = tuple(Evidence("paper", paper_id(paper)) for paper in kept)
            advance(session, row, SampleState.PHOTOGRAPHED, Deed(situation.now, situation.actor, shown))
        said = Sentence(
            "{number}: {told}",
            {"number": row.number, "told": plural("{count} photo kept.", "{count} photos kept.", len(kept))},
        )
        return changed(session, row, before, said)

    def _pictures(self, session: Session, situation: Situation) -> Iterator[NewPaper]:
        for given in (self.files,) if isinstance(self.files, str) else self.files:
            file = attached(session, given)
            if not is_picture(file.content):
                raise RefusedByRule(
                    say("{file} is no picture.", file=Path(given).name),
                    say("A photo is a JPEG, PNG, WebP, HEIC or TIFF file."),
                )
            yield NewPaper(PHOTO, file.filename, file.content)
        if self.message:
            yield from self._in_the_mail(session, situation)

    def _in_the_mail(self, session: Session, situation: Situation) -> Iterator[NewPaper]:
        mail = message_of(session, self.message)
        raw = read_raw(session, mail.raw_id)
        images = select(AttachmentFile).where(
            col(AttachmentFile.message_id) == mail.id, col(AttachmentFile.content_type).startswith("image/")
        )
        for file in session.exec(images.order_by(col(AttachmentFile.position))):
            content = situation.parser.part_bytes(raw, file.position)
            if is_picture(content):
                yield NewPaper(PHOTO, file.safe_filename, content, file.content_type, note=f"m{mail.id}")

    @staticmethod
    def _keep(session: Session, row: SampleRecord, situation: Situation, photo: NewPaper) -> int:
        paper = keep_paper(session, NOUN, row.id or 0, photo, at=situation.now, actor=situation.actor)
        return paper.id or 0

    undo = staticmethod(take_back)


COMMAND = PhotoSample
