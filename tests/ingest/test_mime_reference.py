"""The splitter beside its reference, the standard library's compat32, on mail that nobody on the project wrote.

They agree, or one of the reasons below holds. Each reason is a rule that is checked, and no list of mails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from mailcrm.adapters.mime import Mime
from mailcrm.adapters.mime.transfer import undo
from mailcrm.domain.errors import ParseError

Leaf = tuple[str, bytes | None]
SETS = ("mime-", "bounce-", "courier-", "security-", "quote-", "authres-", "dmarc-")
NO_MAIL = (".json", ".yml", ".md", ".tnef", ".list", ".py")
STRUCTURE = {
    "broken_header_line",
    "missing_header_end",
    "wrong_boundary",
    "missing_boundary",
    "unclosed_boundary",
    "duplicate_content_type",
}
GAVE_UP = {
    "StartBoundaryNotFoundDefect",
    "NoBoundaryInMultipartDefect",
    "MissingHeaderBodySeparatorDefect",
    "FirstHeaderLineIsContinuationDefect",
    "InvalidBase64CharactersDefect",
    "InvalidBase64PaddingDefect",
}


def even(data: bytes | None) -> bytes | None:
    """Line ends are taste, and so is the last one."""
    return None if data is None else data.replace(b"\r\n", b"\n").rstrip(b"\n")


def ours(raw: bytes) -> tuple[list[Leaf], set[str]]:
    mail = Mime().parse(raw)
    lines = raw.replace(b"\r", b"\n") if b"\n" not in raw else raw
    leaves: list[Leaf] = []
    for part in mail.parts:
        inner = part.content_type.startswith("message/")  # the reference reads on inside, we don't
        leaves.append((part.content_type, None if inner else even(undo(lines[part.start : part.end], part.encoding))))
    return leaves, set(mail.defects)


def theirs(message: Message) -> list[Leaf]:
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        payload = message.get_payload()
        return [leaf for part in payload if isinstance(part, Message) for leaf in theirs(part)]
    kind = message.get_content_type()
    if kind.startswith("message/"):
        return [(kind, None)]
    data = message.get_payload(decode=True)
    return [(kind, even(data if isinstance(data, bytes) else b""))]


def defects(message: Message) -> set[str]:
    return {type(defect).__name__ for part in message.walk() for defect in part.defects}


def without_empty(leaves: list[Leaf]) -> list[Leaf]:
    return [leaf for leaf in leaves if leaf[1] is None or leaf[1].strip()]


def same_kinds(left: list[Leaf], right: list[Leaf]) -> bool:
    return [kind for kind, _ in left] == [kind for kind, _ in right]


REASONS: dict[str, Callable[[list[Leaf], set[str], list[Leaf], set[str]], bool]] = {
    "the mail is broken, and we say so": lambda _a, said, _b, _d: bool(said & STRUCTURE),
    "the reference gave up and says so": lambda _a, _s, _b, gave: bool(gave & GAVE_UP),
    "two delimiters in a row: an empty part": lambda a, _s, b, _d: without_empty(a) == without_empty(b),
    "the reference keeps junk in a content type": lambda _a, _s, b, _d: any(
        not re.fullmatch(r"[\w.+-]+/[\w.+*-]+", kind) for kind, _ in b
    ),
    "a type that is none, but names HTML": lambda a, _s, b, _d: any(
        (one, two) == ("text/html", "text/plain") for (one, _), (two, _) in zip(a, b, strict=False)
    ),
    "a multipart without parts": lambda _a, _s, b, _d: b == [] or any(kind.startswith("multipart/") for kind, _ in b),
    "base64 with letters too many, which the reference leaves as it is": lambda a, _s, b, _d: same_kinds(a, b),
}


def test_the_splitter_equals_the_reference_or_has_a_reason(shared: Path) -> None:
    counts: Counter[str] = Counter()
    unexplained: list[str] = []
    for folder in sorted((shared / "corpora").iterdir()):
        if not folder.name.startswith(SETS):
            continue
        for file in sorted(folder.rglob("*")):
            if not file.is_file() or file.name.startswith(("README", "UPSTREAM", "LICEN")) or file.suffix in NO_MAIL:
                continue
            raw = file.read_bytes()
            try:
                found, said = ours(raw)
            except ParseError:
                continue
            lines = raw.replace(b"\r", b"\n") if b"\n" not in raw else raw
            reference = message_from_bytes(lines, policy=policy.compat32)
            expected, gave = theirs(reference), defects(reference)
            same = found == expected
            reason = next((why for why, holds in REASONS.items() if holds(found, said, expected, gave)), "")
            counts["equal" if same else reason] += 1
            if not same and not reason:
                unexplained.append(str(file.relative_to(shared)))
    assert unexplained == []
    assert counts["equal"] > 0.9 * counts.total()
    assert counts["base64 with letters too many, which the reference leaves as it is"] <= 0.01 * counts.total()
