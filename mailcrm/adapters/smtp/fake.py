"""`FakeTransport`: ports.Transport without a network, for tests, for the demo's dry runs and for trying a setup.

Room: adapters. It answers as a server would that was told what to say, and keeps what it accepted. The same contract tests
run on it and on real servers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mailcrm.adapters.smtp.replies import all_refused, envelope, in_doubt, login_refusal, one_line, refusal, unreachable
from mailcrm.domain.words import say
from mailcrm.ports import Delivery

__all__ = ["AcceptedMail", "FakeTransport"]

_HOST = "mail.example"


@dataclass(frozen=True, slots=True)
class AcceptedMail:
    """A mail that was answered with 250, with the recipients that it was accepted for."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass
class FakeTransport:
    """Accepts everything until told otherwise. `accepted` is what lies at the recipients; replies are "451 4.3.0 …".

    `cut` loses the connection: "connect" and "envelope" before DATA, "data" before the mail was taken, "reply" after it
    was taken but before anybody heard so.
    """

    recipient_replies: dict[str, str] = field(default_factory=dict)
    data_reply: str = "250 2.0.0 accepted"
    login_reply: str = "235 2.7.0 welcome"
    cut: str = ""
    accepted: list[AcceptedMail] = field(default_factory=list)
    closed: bool = False

    def send(
        self, sender: str, recipients: Iterable[str], raw: bytes, before_data: Callable[[], None] | None = None
    ) -> Delivery:
        """Hand over one mail (ports.Transport.send)."""
        everybody = envelope(sender, recipients)
        self.probe()
        refused = {
            address: _reply(self.recipient_replies[address])
            for address in everybody
            if address in self.recipient_replies
        }
        if self.cut == "envelope":
            raise unreachable(_HOST, say("the connection was cut"))
        if len(refused) == len(everybody):
            raise all_refused(_HOST, refused)
        if before_data is not None:
            before_data()
        taken = AcceptedMail(sender, tuple(address for address in everybody if address not in refused), raw)
        if self.cut == "reply":
            self.accepted.append(taken)
        if self.cut in ("data", "reply"):
            raise in_doubt(_HOST)
        code, message = _reply(self.data_reply)
        if code != 250:  # noqa: PLR2004  (RFC 5321: accepted)
            raise refusal(_HOST, code, message)
        self.accepted.append(taken)
        return Delivery(self.data_reply, {address: one_line(*reply) for address, reply in refused.items()})

    def probe(self) -> None:
        """Connect and log in, as `Smtp.probe`."""
        if self.cut == "connect":
            raise unreachable(_HOST, say("the connection was cut"))
        code, message = _reply(self.login_reply)
        if code != 235:  # noqa: PLR2004  (RFC 4954: logged in)
            raise login_refusal(_HOST, code, message)

    def close(self) -> None:
        """Leave; never raises."""
        self.closed = True


def _reply(text: str) -> tuple[int, str]:
    return int(text[:3]), text[4:]
