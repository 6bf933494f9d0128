"""A leaf of the MIME tree with what its own header says of it.

Room: adapters. In: a leaf. Out: its disposition, name and encoding (RFC 2183, RFC 2045), and whether it is read as text or
hangs on the mail as a file. Never raises.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcrm.adapters.mime.charset import Hints
from mailcrm.adapters.mime.headers import raw_text
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


@dataclass(frozen=True, slots=True)
class Named:
    """A leaf with what its own header says."""

    leaf: Leaf
    disposition: str
    filename: str
    content_id: str
    encoding: str

    @property
    def in_report(self) -> bool:
        """Whether it belongs to a delivery report."""
        return any(parent == "multipart/report" for parent, _ in self.leaf.parents)

    @property
    def alternative(self) -> int | None:
        """The number of the innermost multipart/alternative it stands in."""
        return next(
            (number for parent, number in reversed(self.leaf.parents) if parent == "multipart/alternative"), None
        )

    @property
    def is_body(self) -> bool:
        """Whether it may be a piece of the body."""
        kind = self.leaf.content_type
        if kind in (ELSEWHERE, PARTIAL):  # a piece of a cut mail (RFC 2046 5.2.2) is all that there is to read
            return True
        if not kind.startswith("text/") or kind in _NO_BODY or self.disposition == "attachment":
            return False
        return not self.filename or self.leaf.index == 0

    @property
    def is_attachment(self) -> bool:
        """Whether it is a file, and not a piece of the body or of a report."""
        kind = self.leaf.content_type
        if self.is_body or kind in REPORTS or (self.in_report and kind in MAILS):
            return False
        return bool(self.filename) or not (
            kind in ("text/calendar", "text/x-amp-html") and self.alternative is not None
        )


def read_named(leaf: Leaf, hints: Hints) -> Named:
    """Return `leaf` with its disposition, filename, Content-ID and encoding."""
    value = leaf.block.first("content-disposition")
    disposition, params = read_params(raw_text(value, hints), hints) if value else ("", {})
    filename = (
        params.get("filename") or params.get("name") or leaf.params.get("name") or leaf.params.get("filename") or ""
    )
    content_id = raw_text(leaf.block.first("content-id"), hints).strip("<> ")
    return Named(leaf, disposition, " ".join(filename.split()), content_id, _encoding(leaf))


def _encoding(leaf: Leaf) -> str:
    """Return the Content-Transfer-Encoding in lower case."""
    value = leaf.block.first("content-transfer-encoding")
    return value.decode("ascii", "replace").partition(";")[0].strip(" \t\r\n\"'").lower()
