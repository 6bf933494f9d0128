"""What a mail server tells in prose about a mail that it could not deliver.

Room: ingest. In: the notice. Out: its own words without the copy of the mail below them, and the address that failed.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import ParsedMail
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["failed_recipient", "told_text"]

_BELOW = lazy_pattern(
    r"(?im)^(?:[\s>*-]{0,9}-{2,}.{0,60}(?:original|copy|headers?|below|returned|unsent|(?:your|the|old) (?:message|mail)|message (?:follows|body|text|content)).{0,60}|.{0,40}(?:copy of (?:the|your) (?:original )?(?:message|mail)|original (?:message|mail) (?:as )?(?:follows|headers?)|(?:message|mail) headers? follow|text of your message|message contents? follow).{0,40}"
    r"|return-path:.{0,200}|received: (?:from|by) .{0,200})$"
)
_RECIPIENT = lazy_pattern(
    r"(?im)(?:^[ \t<\"'*\[(]{0,12}|\b(?:to|for|(?<!mail )from|recipient|address\w*|user(?:id)?|rcpt to|mailbox|收件人|收信人|收件者|宛先|받는 ?사람|수신자|адрес\w*|получател\w*|destinat[áa]rio|destinataire|empfänger|odbiorca|alıcı|ontvanger)\b[ \t]{0,3}[:：=]?[ \t]{0,3})[<\"'(\[]{0,3}(?:mailto:|smtp:)?"
    r"([^\s<>@\"'(),;:=\[\]，：。（）]+@[a-z0-9][a-z0-9.-]*\.[a-z0-9-]{2,})"
)
_LABELLED = lazy_pattern(
    r"(?i)\b(?:failed|undeliver\w{2,4}|intended|final|original|rejected|unknown) (?:recipient|address)\w{0,2}(?:\(e?s\))?[ \t]{0,3}[:=]\s{0,12}[<\"'\[]{0,3}(?:smtp:|rfc822;\s?)?"
    r"([^\s<>@\"'(),;:=\[\]，：。（）]{1,64}@[a-z0-9][a-z0-9.-]{0,100}\.[a-z0-9-]{2,24})"
)
_ANYWHERE = lazy_pattern(
    r"(?<![^\s<>\"'(),;:=\[\]，：。（）])(?<!from )[^\s<>@\"'(),;:=\[\]，：。（）]{1,64}@[a-z0-9][a-z0-9.-]{0,100}\.[a-z0-9-]{2,24}",
    re.IGNORECASE,
)
_NAME = lazy_pattern(r"(?m)^[ \t]{1,12}([A-Za-z][\w.-]{2,40})[ \t]{0,9}$")
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
    for pattern, text in ((_LABELLED, told), (_RECIPIENT, told), (_RECIPIENT, mail.subject)):
        for found in pattern.finditer(text):
            address = found[1].strip(".:-<>[]")
            if address.lower() not in not_it and not address.lower().startswith(("postmaster@", "mailer-daemon@")):
                return address
    return _only_one(told, not_it) or _name_alone(told, mail.from_.domain)


def _only_one(told: str, not_it: set[str]) -> str:
    """Return the address that a notice names, wherever it stands, if it names no other one."""
    named = {found[0].strip(".:-").lower(): found[0].strip(".:-") for found in _ANYWHERE.finditer(told)}
    others = [address for key, address in named.items() if key not in not_it]
    return others[0] if len(others) == 1 else ""


def _name_alone(told: str, domain: str) -> str:
    """Return the mailbox whose name stands alone in a line: of a server that takes its own domain for granted."""
    names = _NAME.findall(told)
    return f"{names[0]}@{domain}" if len(names) == 1 and domain else ""
