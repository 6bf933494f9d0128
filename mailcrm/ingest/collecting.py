"""The cycle collector while much mail is stored: it looks seldom, and never at what was there before.

Room: ingest. Rows are made and dropped by the ten thousands, none of them in a cycle; to look at them all again and again, and at
every module that was imported, costs an eighth of storing them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["seldom_collected"]

_OBJECTS = 100_000  # made and not yet dropped: what a few batches hold


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector look seldom until the block ends."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
