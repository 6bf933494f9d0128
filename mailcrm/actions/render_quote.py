"""Render quote: make the PDF that the customer gets, and keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import done
from mailcrm.domain.documents import Party
from mailcrm.domain.errors import NotFound, RefusedByRule
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.quotes.paper import PageFacts, quotation_of
from mailcrm.domain.quotes.states import EDITABLE, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Contact, MailAccount, Message, Paper, QuoteRecord
from mailcrm.store.our_company import letterhead
from mailcrm.store.papers import NewPaper, keep_paper, paper_id, paper_named, read_paper
from mailcrm.store.quotes import NOUN, content_of, quote_name, quote_named

__all__ = ["COMMAND", "RenderQuote", "rendered"]


@dataclass(frozen=True)
class RenderQuote:
    """Make the PDF of quote `id` in `language` ("en", "zh"; "": the customer's, English where that is another one).

    One that is not ready says on its face that it is a draft.
    """

    id: str
    language: str = ""

    verb: ClassVar[str] = "render_quote"
    title: ClassVar[Sentence] = say("Make the PDF of a quote")
    help: ClassVar[Sentence] = say("Make the page that the customer gets, with letterhead and bank block, and keep it.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Keep the PDF; RefusedByRule for a quote without lines or terms."""
        row = quote_named(session, self.id)
        paper = rendered(session, row, situation, self.language)
        said = say("{file} is kept as {id}.", file=paper.filename, id=paper_id(paper.id))
        return done(session, row, said)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: a page that is kept harms nobody."""
        del session, before, situation
        raise refuse_undo(say("A PDF that was made stays; another one takes its place when the quote changes."))


def rendered(session: Session, row: QuoteRecord, situation: Situation, language: str = "") -> Paper:
    """Return the PDF of what the quote says now, a new one where there is none; what was sent keeps the one that was sent."""
    kept = session.get(Paper, row.pdf_id) if row.pdf_id else None
    draft = row.state in EDITABLE and row.state != QuoteState.READY
    mark = f"{row.content_hash}:{'draft' if draft else 'final'}:"
    if kept is not None and (row.state not in EDITABLE or row.pdf_hash.startswith(mark + language)):
        return kept
    content = content_of(row)
    if not (content.lines and content.incoterm and content.valid_until):
        raise RefusedByRule(
            say("{quote} has no lines, no Incoterm or no last day yet.", quote=quote_name(row)),
            say("`mailcrm quote check q{id}` says what is missing.", id=row.id),
        )
    spoken = language or _language(session, row)
    document = quotation_of(content, _facts(session, row, content, situation, draft=draft), spoken)
    new = NewPaper(
        "quotation",
        f"{row.number}-v{row.version}{'-draft' if draft else ''}.pdf",
        situation.press.press(document, spoken),
        "application/pdf",
    )
    paper = keep_paper(session, NOUN, row.id or 0, new, at=situation.now, actor=situation.actor)
    row.pdf_id, row.pdf_hash = paper.id, mark + spoken
    session.add(row)
    return paper


def _language(session: Session, row: QuoteRecord) -> str:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    return "zh" if contact is not None and contact.language.startswith("zh") else "en"


def _facts(
    session: Session, row: QuoteRecord, content: QuoteContent, situation: Situation, *, draft: bool
) -> PageFacts:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    mail = session.get_one(Message, row.message_id)
    account = session.get(MailAccount, mail.account_id) if mail.account_id else None
    party = Party(
        content.customer or (contact.address if contact else ""),
        contact=content.attention or (contact.name if contact else ""),
        mail=contact.address if contact else "",
    )
    return PageFacts(
        number=row.number,
        version=row.version,
        issued=situation.today,
        ours=letterhead(session, content.entity or None),
        customer=party,
        prepared_by=account.display_name if account else "",
        photos={line.photo: _photo(session, line.photo) for line in content.lines if line.photo},
        draft=draft,
    )


def _photo(session: Session, given: str) -> bytes:
    try:
        return read_paper(session, paper_named(session, given))
    except NotFound:
        return b""


COMMAND = RenderQuote
