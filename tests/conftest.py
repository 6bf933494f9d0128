"""What every test may ask for: real servers (started once, when first asked for), a home, the shared corpora.

A test marked `server` fails with the list of missing programs where they are not installed; it is never skipped.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from servers import require
from servers.cyrus import Cyrus
from servers.dovecot import Dovecot, Login
from servers.postfix import Postfix
from servers.postgres import Postgres

REPOSITORY = Path(__file__).resolve().parent.parent
SERVER_FIXTURES = frozenset({"chinese_font", "cyrus", "dovecot", "postfix", "postgres"})
# Ours to be told from outside; everything else named MAILCRM_ would change what the tests see.
_KEPT = frozenset({"MAILCRM_SHARED", "MAILCRM_FAULTS", "MAILCRM_BENCH", "MAILCRM_DRAW"})
_REMOVED = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "LC_ALL",
    "LC_MESSAGES",
    "LANGUAGE",
)

settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])


def pytest_configure(config: pytest.Config) -> None:
    """Give every test the same surroundings: nothing of the developer's own settings, files for the owner only."""
    os.umask(0o077)
    for name in [name for name in os.environ if name.startswith("MAILCRM_") and name not in _KEPT]:
        del os.environ[name]
    for name in _REMOVED:
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"
    os.environ["TZ"] = "UTC"
    time.tzset()
    # Neither the developer's home nor the developer's keyring is ever touched.
    outside = tempfile.mkdtemp(prefix="mc-xdg-")
    config.add_cleanup(lambda: shutil.rmtree(outside))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = outside
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    settings.load_profile("long" if os.environ.get("MAILCRM_FAULTS") == "long" else "ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test that asks for a server as one that needs it."""
    for item in items:
        if SERVER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("server")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many files run at a time with `-n auto`: one more than there are cores, since many tests wait for a server."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail, with the mend, where a server program is missing."""
    if item.get_closest_marker("server") and (sentence := require.sentence(require.missing())):
        pytest.fail(sentence, pytrace=False)


@pytest.fixture(scope="session")
def server_root() -> Iterator[Path]:
    """A short directory for sockets; pytest's own ones are too long for them and closed to the servers' users."""
    root = Path(tempfile.mkdtemp(prefix="mc-", dir="/tmp"))
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def dovecot(server_root: Path) -> Iterator[Dovecot]:
    """The session's IMAP server with TLS; ask `new_user` for a mailbox of your own."""
    with Dovecot(server_root / "d", {}, tls=True) as server:
        yield server


@pytest.fixture(scope="session")
def cyrus(server_root: Path) -> Iterator[Cyrus]:
    """The session's other IMAP server; `add_user` makes a mailbox of your own."""
    with Cyrus(server_root / "c") as server:
        yield server


@pytest.fixture(scope="session")
def postfix(server_root: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    """The session's SMTP server, delivering to Dovecot's users; it has Dovecot's certificate."""
    with Postfix(server_root / "p", dovecot) as server:
        yield server


@pytest.fixture(scope="session")
def postgres(server_root: Path) -> Iterator[Postgres]:
    """The session's PostgreSQL; ask it for a `database()` of your own."""
    with Postgres(server_root / "g") as server:
        yield server


@pytest.fixture(scope="session")
def chinese_font() -> None:
    """A font of the system with Chinese letters; without one the test fails like one without its server."""


_numbers = itertools.count(1)


@pytest.fixture
def new_user(dovecot: Dovecot) -> Callable[[str], Login]:
    """Make a mailbox nobody else uses: `new_user("rep@ningbo.example")` is rep-1@ningbo.example or a later number."""

    def make(address: str) -> Login:
        name, _, domain = address.partition("@")
        return dovecot.add_user(f"{name}-{next(_numbers)}@{domain}", "correct horse")

    return make


@pytest.fixture
def trusted(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let this process and its children trust the servers' authority, as a system-wide store would."""
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.ca))
    return dovecot.ca


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home, open to its owner only."""
    directory = tmp_path / "home"
    directory.mkdir(mode=0o700)
    return directory


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory of the shared corpora and tools: MAILCRM_SHARED, or ../shared beside the checkout."""
    directory = Path(os.environ.get("MAILCRM_SHARED") or REPOSITORY.parent / "shared")
    if not directory.is_dir():
        pytest.skip(f"the corpora are not here ({directory}); set MAILCRM_SHARED")
    return directory
