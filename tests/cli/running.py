"""Running the installed command line as a rep's shell does: a process of its own, a home of its own, nothing inherited."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

__all__ = ["Answer", "Cli", "Warm", "cold"]


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


class Runner(Protocol):
    """A way to start the command line."""

    def __call__(self, words: Sequence[str], env: Mapping[str, str], stdin: bytes) -> Answer:
        """Run it to its end."""
        ...


def cold(words: Sequence[str], env: Mapping[str, str], stdin: bytes, timeout: float = 120) -> Answer:
    """Run a new interpreter, as the rep's shell does; `timeout` in seconds."""
    command = [sys.executable, "-m", "mailcrm", *words]
    done = subprocess.run(command, input=stdin, capture_output=True, env=env, check=False, timeout=timeout)
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


class Warm:
    """Runs processes that needn't import anything any more; see `warm`."""

    def __init__(self, scratch: Path) -> None:
        self._streams = [scratch / name for name in ("in", "out", "err")]
        server = [sys.executable, str(Path(__file__).with_name("warm.py"))]
        self._server = subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, words: Sequence[str], env: Mapping[str, str], stdin: bytes) -> Answer:
        """Run one command in a fork."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        for path, content in zip(self._streams, (stdin, b"", b""), strict=True):
            path.write_bytes(content)
        call = {"words": list(words), "env": dict(env), "streams": [str(path) for path in self._streams]}
        self._server.stdin.write(json.dumps(call).encode() + b"\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        return Answer(code, self._streams[1].read_text(), self._streams[2].read_text())

    def close(self) -> None:
        """End the server."""
        self._server.communicate()


@dataclass
class Cli:
    """`mailcrm` with a home. `said` keeps everything that was ever printed."""

    home: Path
    run: Runner = cold
    said: list[str] = field(default_factory=list)

    def __call__(self, *words: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Answer:
        """Run one command."""
        answer = self.run(words, {**os.environ, "MAILCRM_HOME": str(self.home), **(env or {})}, stdin.encode())
        self.said += [answer.out, answer.err]
        return answer

    def ok(self, *words: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Answer:
        """Run one command that must be done without a complaint."""
        answer = self(*words, stdin=stdin, env=env)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer
