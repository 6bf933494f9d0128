"""Every courier known here, found by looking into this package.

Room: domain. A new courier is a new file beside this one with a module constant `COURIER`; nothing else is edited.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from mailcrm.domain.couriers.courier import Courier
from mailcrm.domain.errors import NotFound
from mailcrm.domain.words import say

__all__ = ["courier_named", "couriers"]


@cache
def couriers() -> tuple[Courier, ...]:
    """Return every courier, those that exporters meet every day first."""
    package = import_module("mailcrm.domain.couriers")
    modules = (import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__))
    known = [module.COURIER for module in modules if hasattr(module, "COURIER")]
    return tuple(sorted(known, key=lambda each: (not each.everyday, each.name)))


def courier_named(name: str) -> Courier:
    """Return the courier that a person or a record calls `name`; NotFound lists those there are."""
    courier = _by_name().get(_plain(name))
    if courier is None:
        raise NotFound(
            say("No courier is called {name}.", name=name),
            say("Known here are: {known}.", known=", ".join(each.name for each in couriers())),
        )
    return courier


@cache
def _by_name() -> dict[str, Courier]:
    return {_plain(name): each for each in couriers() for name in (*each.aliases, each.title, each.name)}


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
