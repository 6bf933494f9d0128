"""Conversations as they stand in mails/*.txt: mails one after another, for reading and editing by hand.

Room: adapters. In: UTF-8 text. Out: `Letter`s. A mail begins with `@mail FOLDER AGE`, then come headers, an empty line
and the text; what stands before the first `@mail` tells the reader what the conversation is for. Headers:

    Id          Message-ID without angle brackets
    From To Cc  addresses; a decoded display name
    Subject     decoded
    Zone        the writer's zone (IANA), for `Date:`; else that of the writer's last mail here, else ours
    Answers     the Id of the mail that is answered: gives In-Reply-To and References
    Quote       manner in which the answered mail is quoted (letters.py)
    Charset     label and transfer encoding: "gb2312 base64"; else "utf-8 quoted-printable"
    Html        "yes": an alternative in HTML beside the text; "only": no text part
    Attach      files, parted by ";", each "name" or "name | words on it"

Any other header goes into the mail as it is. Places such as `{day:+3d}` are filled in text and subject (moments.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.utils import getaddresses, parseaddr

from mailcrm.adapters.demo.moments import age

__all__ = ["Letter", "read_talk"]

_START = "@mail "
_HOME_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of a conversation. Addresses are (display name, address); `attach` pairs are (file name, words on it)."""

    folder: str
    age: timedelta
    message_id: str
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    cc: tuple[tuple[str, str], ...]
    subject: str
    body: str
    zone: str
    answers: str
    quote: str
    charset: str
    encoding: str
    html: str
    attach: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]


def read_talk(text: str) -> list[Letter]:
    """Return the mails of a conversation in order; ValueError or KeyError name what is amiss."""
    letters: list[Letter] = []
    zones: dict[str, str] = {}
    for chapter in ("\n" + text).split("\n" + _START)[1:]:
        where, _newline, rest = chapter.partition("\n")
        head, _gap, body = rest.partition("\n\n")
        letters.append(_letter(where, head, body.strip("\n") + "\n", zones))
    return letters


def _letter(where: str, head: str, body: str, zones: dict[str, str]) -> Letter:
    folder, when = where.split()
    fields = dict(_header(line) for line in head.splitlines())
    sender = parseaddr(fields.pop("From"))
    zone = zones[sender[1]] = fields.pop("Zone", zones.get(sender[1], _HOME_ZONE))
    charset, encoding = fields.pop("Charset", "utf-8 quoted-printable").split()
    return Letter(
        folder=folder,
        age=age(when),
        message_id=fields.pop("Id"),
        sender=sender,
        to=tuple(getaddresses([fields.pop("To")])),
        cc=tuple(getaddresses([fields.pop("Cc", "")])) if "Cc" in fields else (),
        subject=fields.pop("Subject"),
        body=body,
        zone=zone,
        answers=fields.pop("Answers", ""),
        quote=fields.pop("Quote", ""),
        charset=charset,
        encoding=encoding,
        html=fields.pop("Html", ""),
        attach=tuple(_file(entry) for entry in fields.pop("Attach", "").split(";") if entry.strip()),
        headers=tuple(fields.items()),
    )


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise ValueError(line)
    return name.strip(), value.strip()


def _file(entry: str) -> tuple[str, str]:
    name, _bar, words = entry.partition("|")
    return name.strip(), words.strip()
