"""`mailcrm run` as a process of its own, and the events it tells."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from types import TracebackType
from typing import Any, Self

from e2e.desk import Desk
from servers.loopback import wait_until

__all__ = ["Service"]


class Service:
    """`mailcrm run` in the background; a context manager that ends it."""

    def __init__(self, desk: Desk, name: str, *options: str) -> None:
        self.out, self.err = (desk.home.parent / f"{name}.{kind}" for kind in ("out", "err"))
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mailcrm", "run", *options],
                stdout=out,
                stderr=err,
                env={**os.environ, **desk.env, "MAILCRM_HOME": str(desk.home)},
            )

    def events(self) -> list[dict[str, Any]]:
        """Return the JSON lines so far."""
        return [
            json.loads(line) for line in self.out.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")
        ]

    def wait_for(self, event: str, seconds: float = 30.0) -> dict[str, Any]:
        """Return the first line of this event, once it is there."""
        wait_until(lambda: any(e["event"] == event for e in self.events()), f"{event} in {self.out}", seconds)
        return next(e for e in self.events() if e["event"] == event)

    def end(self, sign: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(sign)
        return self.process.wait(20)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
