"""The demo's story: what lies in the mailbox of a rep in Ningbo after a week, and what she decided meanwhile.

Room: adapters. In: now. Out: mails dated from now, and `STEPS`, plain values that the demo command replays as commands
after the first sync. The account goes live a week before now (`GO_LIVE`): what is older is history.

mails/*.txt are conversations (talks.py). mails/*.eml are mails of machines, kept as they go over the wire; their headers
X-Demo-Folder, X-Demo-Arrived (an age) and X-Demo-Zone are taken out, their places filled (moments.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

from mailcrm.adapters.demo.letters import build
from mailcrm.adapters.demo.moments import age, fill
from mailcrm.adapters.demo.talks import read_talk

__all__ = ["COLLEAGUE", "GO_LIVE", "REP", "STEPS", "USERS", "DemoMail", "Step", "mails"]

REP = ("Lin Wei", "lin.wei@brightport.example")
COLLEAGUE = ("Zhang Min", "zhang.min@brightport.example")
USERS = {REP[1]: "demo", COLLEAGUE[1]: "demo"}
GO_LIVE = timedelta(days=-7)


@dataclass(frozen=True, slots=True)
class DemoMail:
    """A mail to be laid into `folder` of the rep's mailbox; `arrived_at` in UTC, whole seconds."""

    folder: str
    raw: bytes
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A decision of the rep at `at` from now.

    "hold"  a holding reply to `message_id`, promising the full answer at `estimate` from now, for `reason`
    "role"  the company of `domain` is a `role`
    """

    verb: str
    at: timedelta
    message_id: str = ""
    estimate: timedelta = timedelta()
    reason: str = ""
    domain: str = ""
    role: str = ""


def _hold(message_id: str, at: str, estimate: str, reason: str) -> Step:
    return Step("hold", age(at), message_id=message_id, estimate=age(estimate), reason=reason)


STEPS = (
    Step("role", age("-6d"), domain="sealine-forwarding.example", role="forwarder"),
    _hold("ey-20417@yildiz-aydinlatma.example", "-60h", "+26h", "documents"),
    _hold("20261-rm-chk@sagarpumps.example", "-66h", "-1h45m", "factory"),
    _hold("nd-7731@cape-irrigation.example", "-40h", "+2h30m", "price"),
    _hold("mf-302@nile-garden.example", "-30h", "+50h", "sample"),
)


def mails(now: datetime) -> list[DemoMail]:
    """Return the mailbox's content seen from `now` (aware), oldest first."""
    now = now.astimezone(UTC).replace(microsecond=0)
    sources = sorted(files(__package__).joinpath("mails").iterdir(), key=lambda source: source.name)
    letters = [letter for source in sources if source.name.endswith(".txt") for letter in read_talk(_read(source))]
    known = {letter.message_id: letter for letter in letters}
    told = [DemoMail(letter.folder, build(letter, known, now), now + letter.age) for letter in letters]
    machines = [_as_it_is(_read(source), now) for source in sources if source.name.endswith(".eml")]
    return sorted([*told, *machines], key=lambda mail: mail.arrived_at)


def _read(source: Traversable) -> str:
    return source.read_text(encoding="utf-8")


def _as_it_is(text: str, now: datetime) -> DemoMail:
    head, _gap, body = text.partition("\n\n")
    orders = dict(line.split(": ", 1) for line in head.splitlines() if line.startswith("X-Demo-"))
    kept = "\n".join(line for line in head.splitlines() if not line.startswith("X-Demo-"))
    filled = fill(f"{kept}\n\n{body}", now, orders.get("X-Demo-Zone", "UTC"))
    raw = filled.replace("\n", "\r\n").encode()
    return DemoMail(orders["X-Demo-Folder"], raw, now + age(orders["X-Demo-Arrived"]))
