"""17TRACK's documents as events: the main status, its sub-status, the scans of each provider.

Room: adapters. In: an accepted item of `gettrackinfo`. Out: events, the newest first. Everything in it may be missing, null or of
another type than the documentation says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from mailcrm.ports.tracking import TrackingEvent

__all__ = ["events_of"]

# Main statuses and stages of the documentation. Expired: on the way for so long that nobody expects it any more.
_STATUS = {
    "InfoReceived": "shipped",
    "PickedUp": "shipped",
    "InTransit": "in_transit",
    "Departure": "in_transit",
    "Arrival": "in_transit",
    "AvailableForPickup": "in_transit",
    "OutForDelivery": "in_transit",
    "Delivered": "delivered",
    "DeliveryFailure": "exception",
    "Exception": "exception",
    "Expired": "exception",
    "Returning": "exception",
    "Returned": "exception",
}
_PICKED_UP = "InTransit_PickedUp"
_CUSTOMS = {"InTransit_CustomsRequiringInformation", "DeliveryFailure_Security", "Exception_Security"}
_LONGEST, _MOST = 300, 200


def events_of(item: Mapping[str, Any]) -> tuple[TrackingEvent, ...]:
    """Return what happened, the newest first; the first one carries the status that counts."""
    info = _mapping(item.get("track_info"))
    scans = sorted(_scans(info), key=lambda event: event.at.timestamp() if event.at else 0.0, reverse=True)[:_MOST]
    newest = _newest(info)
    if newest is None:
        return tuple(scans)
    same = [scan for scan in scans if (scan.at, scan.told) != (newest.at, newest.told)]
    return (newest, *same)


def _newest(info: Mapping[str, Any]) -> TrackingEvent | None:
    """Return the newest event with the status that the service came to; None where it knows nothing yet."""
    latest = _mapping(info.get("latest_status"))
    status, customs = _status(_text(latest.get("sub_status")), _text(latest.get("status")))
    return _event(_mapping(info.get("latest_event")), status, customs=customs) if status else None


def _scans(info: Mapping[str, Any]) -> Iterator[TrackingEvent]:
    for provider in _list(_mapping(info.get("tracking")).get("providers")):
        for scan in map(_mapping, _list(_mapping(provider).get("events"))):
            status, customs = _status(_text(scan.get("sub_status")), _text(scan.get("stage")))
            yield _event(scan, status, customs=customs)


def _event(scan: Mapping[str, Any], status: str, *, customs: bool) -> TrackingEvent:
    at = _instant(scan.get("time_utc")) or _instant(scan.get("time_iso"))
    return TrackingEvent(status, at, _text(scan.get("description")), _text(scan.get("location")), customs)


def _status(sub_status: str, main: str) -> tuple[str, bool]:
    if sub_status in _CUSTOMS:
        return "exception", True
    if sub_status == _PICKED_UP:
        return "shipped", False
    return _STATUS.get(sub_status.partition("_")[0]) or _STATUS.get(main, ""), False


def _instant(told: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(_text(told))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
