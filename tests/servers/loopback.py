"""What every private server needs: free ports, certificates, a process that ends when told, waiting for a condition."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import trustme

HOST = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Return `count` different free ports on loopback."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 10.0) -> None:
    """Return as soon as `condition` holds; TimeoutError names `what` was waited for."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:g} s")
        pause.wait(0.01)


def reachable(root: Path) -> None:
    """Let the servers' own users pass through `root` and its parents, without letting them list it."""
    root.mkdir(parents=True, exist_ok=True)
    for directory in (root, *root.parents):
        if directory.stat().st_uid == os.geteuid():
            directory.chmod(directory.stat().st_mode | 0o011)


class Certificates:
    """A throw-away authority and a server certificate of it, as files.

    `authority` is what a client must trust; `chain` holds the server's key and certificate.
    """

    def __init__(self, root: Path, hosts: Sequence[str] = ("localhost", HOST)) -> None:
        root.mkdir(parents=True, exist_ok=True)
        ca = trustme.CA()
        server = ca.issue_cert(*hosts)
        self.authority = root / "authority.pem"
        self.certificate = root / "server.pem"
        self.key = root / "server.key"
        self.chain = root / "chain.pem"
        ca.cert_pem.write_to_path(str(self.authority))
        self.certificate.write_bytes(b"".join(blob.bytes() for blob in server.cert_chain_pems))
        self.key.write_bytes(server.private_key_pem.bytes())
        server.private_key_and_cert_chain_pem.write_to_path(str(self.chain))
        self.authority.chmod(0o644)


class Guard:
    """Runs `command` when the tests are killed outright: its standard input, held open by them, then ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            ["sh", "-c", 'cat >/dev/null; exec "$@"', "guard", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def dismiss(self) -> None:
        """Leave without running the command; may be called twice."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()


class Process:
    """A server in the foreground of a session of its own; `stop` ends what this started and nothing else."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        self._guard = Guard(["kill", "-TERM", str(self._process.pid)])

    @property
    def pid(self) -> int:
        """The process id of the server."""
        return self._process.pid

    def wait_for_greeting(self, port: int, greeting: bytes, seconds: float = 15.0) -> None:
        """Return once the server greets on `port`; RuntimeError carries its own words where it died instead."""

        def greets() -> bool:
            if self._process.poll() is not None:
                raise RuntimeError(f"{self._process.args!r}: {self._log.read_text(errors='replace')[-4000:]}")
            try:
                with socket.create_connection((HOST, port), 5) as client:
                    return client.recv(len(greeting)) == greeting
            except OSError:
                return False

        wait_until(greets, f"a greeting on port {port}", seconds)

    def stop(self) -> None:
        """End the server and its children; may be called twice."""
        self._guard.dismiss()
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
