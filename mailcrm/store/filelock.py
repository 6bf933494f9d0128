"""An exclusive lock on a file by the operating system, which frees it when the holder dies.

Room: store.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

__all__ = ["lock_file", "take"]


def lock_file(home: Path) -> Path:
    """Return the file whose lock the engine of a home holds."""
    return home / "engine.lock"


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def take(file: IO[str]) -> bool:
        """Lock an open file; False where another one holds the lock. Closing the file lets go."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def take(file: IO[str]) -> bool:
        """Lock an open file; False where another one holds the lock. Closing the file lets go."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
