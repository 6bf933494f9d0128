"""Steps: how a sample, a quote or an order goes from one state to another, and what shows that it did.

Room: domain. Each of the three has a `Machine` of its own; whatever else must hold for a step is a gate beside it. Every step
has an actor, an instant and evidence: a mail, a kept file, a mail of ours, or what a person says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say

__all__ = ["Evidence", "Machine", "Move"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a step: `kind` and `ref`.

    "message" ("m12"), "paper" ("kf3"), "outgoing" ("x7"), "text" (a person's words), "content" (the SHA-256 of what
    the record said at that moment, in hex).
    """

    kind: str
    ref: str

    def to_json(self) -> dict[str, str]:
        """Return the storable form, which is that of `--json` too."""
        return {"kind": self.kind, "ref": self.ref}

    @staticmethod
    def from_json(stored: Mapping[str, str]) -> Evidence:
        """Return what `to_json` stored."""
        return Evidence(stored["kind"], stored["ref"])


@dataclass(frozen=True, slots=True)
class Move:
    """One step. `actor`: a person, or "mailcrm" where a rule did it; `reason` is then never None."""

    from_state: str
    to_state: str
    at: datetime
    actor: str
    evidence: tuple[Evidence, ...] = ()
    reason: Sentence | None = None


@dataclass(frozen=True)
class Machine:
    """The steps that there are. `what` names the noun in a sentence; `steps`: state → the states that may follow."""

    what: Sentence
    steps: Mapping[str, frozenset[str]]

    def check(self, from_state: str, to_state: str) -> None:
        """RefusedByRule where no step leads from the one state to the other."""
        following = self.steps.get(from_state, frozenset())
        if to_state in following:
            return
        hint = say("From {state} it may become: {following}.", state=from_state, following=", ".join(sorted(following)))
        raise RefusedByRule(
            say("{what} that is {state} can't become {wanted}.", what=self.what, state=from_state, wanted=to_state),
            hint if following else say("Nothing follows on {state}.", state=from_state),
        )
