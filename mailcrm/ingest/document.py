"""What mailcrm sees in a mail, as the JSON document of `mailcrm parse` (cli.md).

Room: ingest. In: a `ReadMail`. Out: a dict of plain values with every key present, Message-IDs without angle brackets and
times in ISO 8601 with the offset they were written in.
"""

from __future__ import annotations

from dataclasses import asdict

from mailcrm.domain.message import Address, Attachment, ReadMail

__all__ = ["document"]


def document(file: str, read: ReadMail) -> dict[str, object]:
    """Return the document of `read`, found in `file` (as it was given)."""
    mail = read.mail
    return {
        "file": file,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "subject": mail.subject,
        "from": _address(mail.from_),
        "reply_to": _addresses(mail.reply_to),
        "to": _addresses(mail.to),
        "cc": _addresses(mail.cc),
        "kind": read.kind.value,
        "kind_signals": list(read.kind_signals),
        "purpose": read.purpose,
        "purpose_signals": list(read.purpose_signals),
        "away_until": read.away_until.isoformat() if read.away_until else None,
        "gist": read.gist,
        "language": read.language,
        "body": mail.body,
        "reply": read.reply,
        "quoted_lines": read.quoted_lines,
        "signature": read.signature,
        "attachments": [_attachment(one) for one in mail.attachments],
        "bounce": asdict(read.bounce) if read.bounce else None,
        "courier": asdict(read.courier) if read.courier else None,
        "inquiry": asdict(read.inquiry) if read.inquiry else None,
        "authentication": asdict(read.authentication) if read.authentication else None,
        "warnings": [{"code": code, "detail": detail} for code, detail in read.warnings],
        "charset_fallback": mail.charset_fallback,
        "defects": list(mail.defects),
    }


def _address(one: Address) -> dict[str, str]:
    return {"name": one.display_name, "address": one.addr_spec}


def _addresses(many: tuple[Address, ...]) -> list[dict[str, str]]:
    return [_address(one) for one in many]


def _attachment(one: Attachment) -> dict[str, object]:
    return one._asdict()
