"""Running the installed command line as a rep's shell does: a process of its own, a home of its own, nothing inherited."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Answer", "Cli"]


@dataclass(frozen=True)
class Answer:
    """What came of a call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  (a JSON document)
        """The one JSON document on stdout."""
        return json.loads(self.out)


@dataclass
class Cli:
    """`mailcrm` with a home. `said` keeps everything that was ever printed."""

    home: Path
    said: list[str] = field(default_factory=list)

    def __call__(self, *words: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Answer:
        """Run one command."""
        surroundings = {**os.environ, "MAILCRM_HOME": str(self.home), **(env or {})}
        done = subprocess.run(
            [sys.executable, "-m", "mailcrm", *words],
            input=stdin.encode(),
            capture_output=True,
            env=surroundings,
            check=False,
            timeout=120,
        )
        answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
        self.said += [answer.out, answer.err]
        return answer

    def ok(self, *words: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Answer:
        """Run one command that must be done without a complaint."""
        answer = self(*words, stdin=stdin, env=env)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer
