"""Which server programs the tests need; installs them where that is allowed.

`python tests/servers/require.py --check` lists what is missing; `--install` also installs it (root with apt), or says
the one command that does and leaves with 1. Standard library only: it runs before anything else does.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Need", "missing", "program", "sentence"]

# Debian keeps servers out of an ordinary user's PATH.
_SERVER_DIRECTORIES = (
    "/usr/local/sbin",
    "/usr/sbin",
    "/sbin",
    "/usr/lib/postfix/sbin",
    "/usr/lib/dovecot",
    "/usr/lib/cyrus/bin",
    "/usr/local/lib/cyrus-imapd",
)
_FONTS = Path("/usr/share/fonts")


@dataclass(frozen=True)
class Need:
    """A Debian package and the programs of it that the tests start.

    `beside`: the package can't be installed where another IMAP server is, and needs not be: its programs (the paths inside
    it) are copied to this directory.
    `files`: one of these anywhere below /usr/share/fonts is as good as the package.
    """

    package: str
    programs: tuple[str, ...]
    beside: str = ""
    files: tuple[str, ...] = ()

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        if self.files:
            return any(next(_FONTS.rglob(name), None) for name in self.files)
        return all(program(name) for name in self.programs)


NEEDS = (
    Need("dovecot-imapd", ("dovecot", "imap", "dovecot-lda")),
    Need("cyrus-common", ("cyrmaster", "ctl_cyrusdb")),
    Need("cyrus-imapd", ("imapd",), beside="/usr/local/lib/cyrus-imapd"),
    Need("postfix", ("master", "smtpd")),
    Need("postgresql", ("initdb", "pg_ctl", "postgres")),
    Need("procps", ("ps",)),
    Need("fonts-wqy-microhei", (), files=("wqy-microhei.ttc", "NotoSansCJK-Regular.ttc")),  # documents in Chinese
    Need("isync", ("mbsync",)),  # the peers of a benchmark
    Need("notmuch", ("notmuch",)),
    Need("aerc", ("aerc",)),
)


def _release(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.parent.name)]


def _directories() -> list[Path]:
    clusters = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_release, reverse=True)
    return [*clusters, *(Path(name) for name in _SERVER_DIRECTORIES)]


def program(name: str) -> str | None:
    """Return the path of a server program, also where PATH doesn't lead to it."""
    places = os.pathsep.join([*map(str, _directories()), os.environ.get("PATH", os.defpath)])
    return shutil.which(name, path=places)


def missing() -> list[Need]:
    """Return what has to be installed before a test marked `server` can run."""
    return [need for need in NEEDS if not need.there]


def _is_root() -> bool:
    return os.geteuid() == 0


def _install_command(needs: list[Need]) -> str:
    if any(need.beside for need in needs):
        return f"{sys.executable} {__file__} --install"
    packages = " ".join(need.package for need in needs)
    return f"apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {packages}"


def sentence(needs: list[Need]) -> str:
    """Return the list of what is missing and the one command that mends it; empty where nothing is."""
    if not needs:
        return (
            ""
            if _is_root()
            else "Postfix starts as root only: run the tests as root, or `make test-quick` without servers."
        )
    lines = ["The tests need server programs that are not installed:"]
    lines += [
        f"  {need.package} ({', '.join(need.files or [name for name in need.programs if not program(name)])})"
        for need in needs
    ]
    lines += [
        "Install them as root:",
        f"  {_install_command(needs)}",
        "or run the tests that need none: make test-quick",
    ]
    return "\n".join(lines)


def _install(needs: list[Need]) -> None:
    """Install with apt and leave no system service running: the tests start their own."""
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [need.package for need in needs if not need.beside]
    try:
        if ours:
            policy.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
            policy.chmod(0o755)
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdout=sys.stderr)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
            check=True,
            env=environment,
            stdout=sys.stderr,
        )
        for need in needs:
            if need.beside:
                _unpack(need)
    finally:
        if ours:
            policy.unlink(missing_ok=True)


def _unpack(need: Need) -> None:
    """Copy the programs of a package beside what is installed."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        subprocess.run(["apt-get", "download", "-qq", need.package], check=True, cwd=place, stdout=sys.stderr)
        (archive,) = Path(place).glob("*.deb")
        subprocess.run(["dpkg", "-x", str(archive), place], check=True)
        Path(need.beside).mkdir(parents=True, exist_ok=True)
        for name in need.programs:
            (found,) = Path(place).glob(f"usr/**/bin/{name}")
            shutil.copy(found, need.beside)


def main(arguments: list[str] | None = None) -> int:
    """Check or install; 1 where something is still missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--install", action="store_true", help="install what is missing (root with apt)")
    choice.add_argument("--check", action="store_true", help="only list what is missing")
    chosen = parser.parse_args(arguments)
    needs = missing()
    if chosen.install and needs and _is_root() and shutil.which("apt-get"):
        try:
            _install(needs)
        except subprocess.CalledProcessError as failure:
            sys.stderr.write(f"{failure.cmd[0]} {failure.cmd[1]} ended with {failure.returncode}.\n")
        needs = missing()
    text = sentence(needs)
    if text:
        sys.stderr.write(text + "\n")
    return 1 if text else 0


if __name__ == "__main__":
    sys.exit(main())
