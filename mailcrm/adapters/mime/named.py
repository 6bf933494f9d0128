"""A leaf of the MIME tree with what its own header says of it.

Room: adapters. In: a leaf. Out: its disposition, name and encoding (RFC 2183, RFC 2045), and whether it is read as text or
hangs on the mail as a file. Never raises.
"""

from __future__ import annotations

from typing import NamedTuple

from mailcrm.adapters.mime.hints import Hints
from mailcrm.adapters.mime.params import read_params
from mailcrm.adapters.mime.split import Leaf

__all__ = ["ELSEWHERE", "MAILS", "PARTIAL", "REPORTS", "Named", "read_named"]

_NO_BODY = frozenset(
    f"text/{kind}" for kind in
    ("calendar", "csv", "vcard", "x-vcard", "directory", "rtf", "css", "javascript", "xml", "rfc822-headers", "x-amp-html",
     "tab-separated-values", "x-patch", "x-diff", "x-log")
)  # fmt: skip
REPORTS = frozenset(
    ("message/delivery-status", "message/global-delivery-status", "message/disposition-notification", "text/rfc822-headers",
     "message/feedback-report", "message/global-headers", "message/global-disposition-notification")
)  # fmt: skip
MAILS = frozenset(("message/rfc822", "message/global"))
ELSEWHERE, PARTIAL = "message/external-body", "message/partial"


class Named(NamedTuple):
    """A leaf with what its own header says.

    `alternative`: the number of the innermost multipart/alternative it stands in. `is_body`: it may be a piece of the body;
    `is_attachment`: it is a file, and no piece of the body or of a report.
    """

    leaf: Leaf
    disposition: str
    filename: str
    content_id: str
    encoding: str
    alternative: int | None
    is_body: bool
    is_attachment: bool


def read_named(leaf: Leaf, hints: Hints) -> Named:
    """Return `leaf` with its disposition, filename, Content-ID and encoding."""
    value = leaf.block.first("content-disposition")
    disposition, params = read_params(value, hints) if value else ("", {})
    filename = (
        params.get("filename") or params.get("name") or leaf.params.get("name") or leaf.params.get("filename") or ""
    )
    filename = " ".join(filename.split())
    alternative = None
    for parent, number in leaf.parents:
        if parent == "multipart/alternative":
            alternative = number
    is_body = _is_body(leaf, disposition, filename)
    return Named(
        leaf,
        disposition,
        filename,
        leaf.block.first("content-id").strip("<> "),
        leaf.block.first("content-transfer-encoding").partition(";")[0].strip(" \t\r\n\"'").lower(),
        alternative,
        is_body,
        not is_body and _is_attachment(leaf, filename, alternative),
    )


def _is_body(leaf: Leaf, disposition: str, filename: str) -> bool:
    kind = leaf.content_type
    if kind in (ELSEWHERE, PARTIAL):  # a piece of a cut mail (RFC 2046 5.2.2) is all that there is to read
        return True
    if not kind.startswith("text/") or kind in _NO_BODY or disposition == "attachment":
        return False
    return not filename or leaf.place == 0


def _is_attachment(leaf: Leaf, filename: str, alternative: int | None) -> bool:
    kind = leaf.content_type
    if kind in REPORTS or (kind in MAILS and any(parent == "multipart/report" for parent, _ in leaf.parents)):
        return False
    return bool(filename) or not (kind in ("text/calendar", "text/x-amp-html") and alternative is not None)
