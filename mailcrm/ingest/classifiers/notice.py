"""What a mail server tells in prose about a mail that it could not deliver.

Room: ingest. In: the notice. Out: its own words without the copy of the mail below them, and the address that failed.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import ParsedMail

__all__ = ["failed_recipient", "told_text"]

_BELOW = re.compile(
    r"(?im)^(?:[\s>*-]{0,9}-{2,}.{0,60}(?:original|copy|headers?|below|returned|unsent|(?:your|the|old) (?:message|mail)|message (?:follows|body|text|content)).{0,60}|.{0,40}(?:copy of (?:the|your) (?:original )?(?:message|mail)|original (?:message|mail) (?:as )?(?:follows|headers?)|(?:message|mail) headers? follow|text of your message|message contents? follow).{0,40}"
    r"|return-path:.{0,200}|received: (?:from|by) .{0,200})$"
)
_RECIPIENT = re.compile(
    r"(?im)(?:^[ \t<\"'*\[(]{0,12}|\b(?:to|for|from|recipient|address\w*|user(?:id)?|rcpt to|mailbox|收件人|收信人|宛先|адрес\w*|destinatario|destinataire|empfänger)\b[ \t]{0,3}[:=]?[ \t]{0,3})[<\"'(\[]{0,3}(?:mailto:|smtp:)?"
    r"([^\s<>@\"'(),;:=\[\]]+@[a-z0-9][a-z0-9.-]*\.[a-z0-9-]{2,})"
)
_READ = 60_000


def told_text(mail: ParsedMail) -> str:
    """Return what the server says, without the copy of the mail below it."""
    body = mail.body[:_READ]
    below = next((found for found in _BELOW.finditer(body) if found.start() > 40), None)  # noqa: PLR2004  (a heading of the notice itself)
    return body[: below.start()] if below else body


def failed_recipient(mail: ParsedMail, told: str) -> str:
    """Return the address that failed: never the one the notice was sent to or came from."""
    known = mail.header("x-failed-recipients").partition(",")[0].strip()
    if "@" in known:
        return known
    not_it = {address.key for address in (*mail.to, mail.from_)}
    for text in (told, mail.subject):
        for found in _RECIPIENT.finditer(text):
            address = found[1].strip(".:-<>[]")
            if address.lower() not in not_it and not address.lower().startswith(("postmaster@", "mailer-daemon@")):
                return address
    return ""
