"""A raw mail read and understood, without a database.

Room: ingest. In: the parser port and raw bytes. Out: `ReadMail`. Used by the sync pipeline, which adds what only the records
know (our addresses, known contacts), and by `mailcrm parse`, which needs no home.
"""

from __future__ import annotations

from mailcrm.domain.demand import asks, gist, language
from mailcrm.domain.message import ParsedMail, ReadMail
from mailcrm.domain.purpose import purpose
from mailcrm.domain.quoting import split_reply
from mailcrm.ingest.classifiers import classify
from mailcrm.ports import MailParser

__all__ = ["read_mail", "understand"]


def read_mail(parser: MailParser, raw: bytes) -> ReadMail:
    """Read one mail; ParseError where no parser survives it."""
    return understand(parser.parse(raw))


def understand(mail: ParsedMail) -> ReadMail:
    """Judge a parsed mail: its kind, its newest part, what it says first, whether it asks."""
    finding = classify(mail)
    pieces = split_reply(mail.body)
    said = pieces.reply or mail.body
    demanding = asks(said)
    return ReadMail(
        mail=mail,
        kind=finding.kind,
        kind_signals=finding.signals,
        purpose=purpose(said, asks=demanding),
        asks=demanding,
        gist=gist(said),
        language=language(said),
        reply=pieces.reply,
        quoted_lines=pieces.quoted_lines,
        signature=pieces.signature,
        bounce=finding.bounce,
        courier=finding.courier,
    )
