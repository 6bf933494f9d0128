"""Providers that want something particular: one file each, found by looking into this package.

Room: adapters. In: a server's host name. Out: its `Quirk`; that of an ordinary provider where nobody knows the host.
A new provider is a new file here with a module constant `QUIRK`; where two serve a host, the longer name wins. One without
hosts is the ordinary provider.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from mailcrm.adapters.quirks import ordinary
from mailcrm.adapters.quirks.quirk import Quirk

__all__ = ["Quirk", "quirk_for", "quirk_of_address", "quirks"]


@cache
def quirks() -> tuple[Quirk, ...]:
    """Return every provider known here."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(module.QUIRK for module in modules if hasattr(module, "QUIRK"))


def quirk_for(host: str) -> Quirk:
    """Return the ways of the provider that runs `host`."""
    nearest = max(quirks(), key=lambda each: each.closeness(host))
    return nearest if nearest.closeness(host) else ordinary.QUIRK


def quirk_of_address(address: str) -> Quirk:
    """Return the provider whose addresses end like `address`; the ordinary one for a company's own domain."""
    domain = address.rpartition("@")[2].lower()
    return next((each for each in quirks() if domain in each.domains), ordinary.QUIRK)
