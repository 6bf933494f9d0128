"""The tracking service that the settings name, with the key asked for at the last moment; none unless they name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from mailcrm.core.settings import TrackingSettings
    from mailcrm.ports import Secrets
    from mailcrm.ports.tracking import Tracker

__all__ = ["tracker_of"]


def tracker_of(settings: TrackingSettings, secrets: Secrets, ca_file: Path | None) -> Tracker | None:
    """Return the tracker, None where asking is off."""
    if not settings.service:
        return None
    from mailcrm.adapters.tracking.pace import Paced
    from mailcrm.adapters.tracking.seventeen import SeventeenTrack

    service = SeventeenTrack(lambda: _key(settings, secrets), settings.endpoint, ca_file)
    return Paced(service, settings.per_minute, settings.every_hours)


def _key(settings: TrackingSettings, secrets: Secrets) -> str:
    from mailcrm.adapters.tracking.troubles import no_key
    from mailcrm.domain.errors import SecretError
    from mailcrm.ports import AccountLogin

    kind = "env" if settings.key_env else "command" if settings.key_command else ""
    try:
        return secrets.get(AccountLogin("tracking", "", "", "", kind, settings.key_env or settings.key_command))
    except SecretError as error:
        raise no_key(error.sentence) from None
