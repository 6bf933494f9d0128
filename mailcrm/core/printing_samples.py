"""Papers of a sample: the sheet for the factory, and the proforma for customs, written into a file and kept with the sample.

Room: core. A sheet that is signed is kept as it was printed, so that it can be shown later what was signed.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mailcrm.core.pressed import place_for, write_pages
from mailcrm.core.world import World
from mailcrm.domain.couriers import courier_named
from mailcrm.domain.documents import CustomsInvoice, SampleSheet
from mailcrm.domain.errors import ComposeError, UsageError
from mailcrm.domain.file_kinds import look_at
from mailcrm.domain.samples.printing import Around, customs_invoice, sample_sheet
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.words import LANGUAGES, Sentence, say
from mailcrm.queries.rows import PressedRow
from mailcrm.records import Company, Contact, Paper, SampleRecord
from mailcrm.store import our_company
from mailcrm.store.papers import NewPaper, keep_paper, read_paper
from mailcrm.store.samples import NOUN, sample_named, sample_of

__all__ = ["print_sample"]

_DOCUMENTS = ("sheet", "customs")
_PHOTOS, _LARGEST = 3, 4_000_000
_PRINTABLE = ("png", "jpg", "jpeg")


def print_sample(
    world: World,
    *,
    id: str,  # noqa: A002  (as on the command line)
    to: str,
    document: str = "sheet",
    language: str = "zh",
) -> tuple[Sentence, PressedRow]:
    """Write the sheet, or the proforma for customs, of sample `id` into the file `to`, a PDF; nothing is overwritten."""
    path = place_for(to)
    if document not in _DOCUMENTS or language not in LANGUAGES:
        raise UsageError(
            say("There is no document {kind} in {language}.", kind=document, language=language),
            say("There are sheet and customs, in en and zh."),
        )
    with world.store.read() as session:
        row = sample_named(session, id)
        sample, made = sample_of(session, row), _document(world, session, row, document, language)
    printed = _pressed(world, made, language)
    told = write_pages(path, [printed], made.kind, language)
    _keep(world, row, sample, document, NewPaper(document, f"{sample.name.replace('/', '-')}-{document}.pdf", printed))
    return told


def _pressed(world: World, made: SampleSheet | CustomsInvoice, language: str) -> bytes:
    """Return the PDF; a photo that no press can read keeps no sheet from being printed."""
    try:
        return world.press.press(made, language)
    except ComposeError:
        if not isinstance(made, SampleSheet) or not made.photos:
            raise
        return world.press.press(replace(made, photos=(), photo_places=2), language)


def _document(
    world: World, session: Session, row: SampleRecord, document: str, language: str
) -> SampleSheet | CustomsInvoice:
    contact = session.get_one(Contact, row.contact_id)
    company = session.get(Company, contact.company_id) if contact.company_id else None
    around = Around(
        ours=our_company.letterhead(session),
        customer=company.name if company else contact.name or contact.address,
        mail=contact.address,
        issued=world.clock.now().astimezone(ZoneInfo(world.zone)).date(),
        zone=world.zone,
        photos=_photos(session, row),
    )
    sample = sample_of(session, row)
    if document == "sheet":
        return sample_sheet(sample, around, language)
    return customs_invoice(sample, around, courier_named(row.carrier).title if row.carrier else "", language)


def _photos(session: Session, row: SampleRecord) -> tuple[bytes, ...]:
    """Return the present photos that a press can print; a telephone's HEIC and whatever is very large stay files."""
    papers = [session.get_one(Paper, number) for number in row.details.get("photos", ())]
    small = [read_paper(session, paper) for paper in papers if paper.size <= _LARGEST]
    shown = [photo for photo in small if any(look_at(f"x.{end}", photo).refusal is None for end in _PRINTABLE)]
    return tuple(shown[:_PHOTOS])


def _keep(world: World, row: SampleRecord, sample: Sample, document: str, paper: NewPaper) -> None:
    """Keep what was printed: a sheet once it is signed, the proforma always."""
    if document == "sheet" and not sample.is_signed:
        return
    with world.store.begin() as session:
        keep_paper(session, NOUN, row.id or 0, paper, at=world.clock.now(), actor=world.actor)
