"""Bounces that say so: delivery status notifications (RFC 3464), and what other programs make of them.

Room: ingest. Reads the `message/delivery-status` part; the original mail is found by the header that comes back with it.
A report of success or of relaying is no bounce.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Bounce, Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding
from mailcrm.ingest.classifiers.notice import failed_recipient, told_text
from mailcrm.ingest.classifiers.reasons import reason_status
from mailcrm.ingest.classifiers.status import is_vague, reply_class, status_in

__all__ = ["failure_in", "message_id_in", "original_id", "read", "reported"]

_FIELD = lazy_pattern(r"(?m)^([A-Za-z-]{3,40})[ \t]*:[ \t]*(.*(?:\n[ \t]+\S.*){0,40})")
_ADDRESS = lazy_pattern(r"[^\s<>;,\"'()]+@[^\s<>;,\"'()]+")
_MESSAGE_ID = lazy_pattern(r"(?im)^[ \t>]{0,9}message-id[ \t]*:\s{0,3}<?([^<>\s]+@?[^<>\s]*)>?")
_GOOD = frozenset(("delivered", "relayed", "expanded", "deliverable"))
_READ = 200_000


def read(mail: ParsedMail) -> Finding | None:
    """Return a bounce where a delivery status report tells of a failure or a delay."""
    report = next(
        (part.text for part in mail.parts if part.content_type.endswith("delivery-status") and part.text), None
    )
    if report is None:
        return None
    told = _told(report)
    worst = _worst(told)
    if told and worst is None:
        return None
    bounce = reported(worst or {}, mail)
    kind = Kind.BOUNCE_SOFT if bounce.status.startswith("4") else Kind.BOUNCE_HARD
    signals = [f"message/delivery-status: {bounce.action or '?'} {bounce.status}".strip()]
    return Finding(kind, tuple(signals), bounce=bounce)


def failure_in(text: str) -> dict[str, str] | None:
    """Return the fields of the worst failure that stands in `text` in the form of a report, None where none does."""
    told = _told(text) if "ecipient:" in text else []
    return _worst([group for group in told if "final-recipient" in group or "original-recipient" in group])


def _told(report: str) -> list[dict[str, str]]:
    groups = [_fields(group) for group in re.split(r"\n[ \t]*\n", report[:_READ])]
    return [group for group in groups if "action" in group or "status" in group or "final-recipient" in group]


def _worst(told: list[dict[str, str]]) -> dict[str, str] | None:
    bad = [group for group in told if not _went_well(group)]
    return next((group for group in bad if group.get("action", "").lower().startswith("fail")), bad[0] if bad else None)


def _went_well(group: dict[str, str]) -> bool:
    action = group.get("action", "").lower().partition(" ")[0]
    return action in _GOOD or (action not in ("failed", "delayed") and group.get("status", "").startswith("2."))


def _fields(group: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(group):
        fields.setdefault(name.lower(), " ".join(value.split()))
    return fields


def reported(group: dict[str, str], mail: ParsedMail) -> Bounce:
    """Return the bounce that the fields of a report tell."""
    recipient = ""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        found = _ADDRESS.search(group.get(name, "").partition(";")[2] or group.get(name, ""))
        recipient = found[0] if found and not recipient else recipient
    diagnostic = re.sub(r"(?i)^(?:smtp|x-[a-z0-9-]+|unknown)\s*;\s*", "", group.get("diagnostic-code", ""))
    action = group.get("action", "").lower().partition(" ")[0]
    return Bounce(
        recipient=recipient or failed_recipient(mail, told_text(mail)),
        status=_status(group.get("status", ""), diagnostic, action, told_text(mail)),
        action=action,
        diagnostic=diagnostic,
        original_message_id=original_id(mail),
    )


def _status(stated: str, diagnostic: str, action: str, told: str) -> str:
    """Return the code that says most: the server's answer, the report's own field, what is told; else one by reason."""
    answered = status_in(diagnostic)
    field = status_in(stated)
    vague = field or answered
    status = next((code for code in (answered, field) if not is_vague(code)), "")
    if not status and not answered.endswith(".0.0"):  # a server that says 5.0.0 means it; time that ran out had a cause
        elsewhere = status_in(told)
        status = elsewhere if not is_vague(elsewhere) and vague[:1] in ("", elsewhere[0]) else ""
    status = status or vague
    if not status:
        status = reason_status(diagnostic, told, reply_class(diagnostic) or ("4" if action == "delayed" else "5"))
    return f"4{status[1:]}" if action == "delayed" and status[0] == "5" else status


def original_id(mail: ParsedMail) -> str:
    """Return the Message-ID of the mail that came back, "" where it isn't told."""
    for part in mail.parts:
        if part.text and part.content_type in (
            "message/rfc822",
            "message/global",
            "text/rfc822-headers",
            "message/global-headers",
        ):
            found = message_id_in(part.text)
            if found:
                return found
    return message_id_in(mail.body[-_READ:]) or mail.in_reply_to


def message_id_in(text: str) -> str:
    """Return the first Message-ID that stands as a header line in `text`."""
    found = _MESSAGE_ID.search(text)
    return found[1] if found else ""
