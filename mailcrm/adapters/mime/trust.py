"""Where a mail came from: its Received route, as mail-parser reads it.

Room: adapters. In: raw bytes. Out: `TrustView` (domain/message.py). Asked for one mail at a time, by a person who looks at it: this is ten
times slower than reading, so only the beginning of a mail is looked at, which bounds the time to half a second.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import mailparser
from mailparser.exceptions import MailParserError

from mailcrm.domain.message import Hop, TrustView

__all__ = ["trust_view"]

_READ = 65_536
_HOPS_CAP, _SHOWN = 100, 300
_HOST = re.compile(r"\s*\[?([0-9A-Za-z._:-]{1,253})")
# It tells each content type that it passes over, and those are words of the mail.
logging.getLogger("mailparser").setLevel(logging.CRITICAL)


def trust_view(raw: bytes) -> TrustView:
    """Return the route of `raw`, the last hop first; a defect, "unreadable", where its beginning can't be read.

    The sender's address is what the first named server of ours wrote down; what stands below it anybody may have written.
    """
    whole = raw[:_READ]
    parsed = _parsed(whole) or _parsed(whole[: _body(whole)])
    if parsed is None:
        return TrustView(defects=("unreadable",))
    hops = tuple(_hop(one) for one in reversed(parsed.received[-_HOPS_CAP:]))
    border = next((hop for hop in hops if hop.from_), None)
    ip = parsed.get_server_ipaddress(border.by) if border and border.by else None
    defects = {str(name) for name in parsed.defects_categories}
    defects |= {str(one.get("reason", "")) for one in parsed.received_header_defects}
    return TrustView(
        hops=hops,
        sender_ip=str(ip or ""),
        sender_host=_host(border.from_) if border else "",
        defects=tuple(sorted(defects - {""})),
    )


def _body(raw: bytes) -> int:
    """Return where the header block ends."""
    found = re.search(rb"\r?\n\r?\n", raw)
    return found.end() if found else len(raw)


def _parsed(raw: bytes) -> mailparser.MailParser | None:
    """Return the mail as mail-parser reads it, None where it gives up: it raises all of these on mail that occurs in life."""
    try:
        return mailparser.parse_from_bytes(raw)
    except (MailParserError, AttributeError, RecursionError, LookupError, TypeError, ValueError, AssertionError):
        return None


def _hop(one: Mapping[str, object]) -> Hop:
    return Hop(
        from_=_text(one, "from"),
        by=_host(_text(one, "by")),
        protocol=_text(one, "with"),
        at=_moment(_text(one, "date_utc")),
        delay=_seconds(one.get("delay")),
        raw=_text(one, "raw"),
    )


def _text(one: Mapping[str, object], name: str) -> str:
    return " ".join(str(one.get(name) or "").split())[:_SHOWN]


def _host(text: str) -> str:
    found = _HOST.match(text)
    return found[1] if found else ""


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
