"""Who may let a quote pass that the checks don't, for what exactly, and how long.

Room: domain. In: who acts, who wrote the quote, our people; the hash of what is approved. Out: an `Approval`, or a RefusedByRule. An approval is of
one content, to the byte: any edit makes another content, which nobody approved.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailcrm.domain.demand import closes, greets
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import say

__all__ = ["Approval", "check_approver", "first_said", "read_verdict", "short_hash"]

_SHORT = 8
# The first words of a manager's answer; what is quoted below and the signature were cut off before.
_YES = re.compile(r"(?i)\b(?:approved?|agreed|ok(?:ay)?)\b|批准|同意|通过|可以")
_NO = re.compile(
    r"(?i)\b(?:not|cannot|never|nobody|unable|reject(?:ed)?|refused?|declined?|no)\b(?! (?:changes?|objections?|problems?|remarks?)\b)"
    r"|\w+n['’]t\b|不|未|没|別|别|勿|驳回|拒绝|否"
)
# Who asks has said nothing; who waits or makes a condition has not said yes.
_ASKS = re.compile(r"[?？]|吗")
_TIED = re.compile(
    r"(?i)\b(?:if|when|once|unless|until|after|before|but|only|except|provided|will|would|could|should|let me)\b|如果|若|等|暂|先|但|除非|后再"
)


@dataclass(frozen=True, slots=True)
class Approval:
    """`by` let the content of this hash pass at `at`, for so many `days`; `own`: it was a quote of his own."""

    hash: str
    by: str
    at: datetime
    own: bool = False
    days: int = 7

    def holds(self, content_hash: str, now: datetime) -> bool:
        """Whether exactly this content may still be sent."""
        return self.hash == content_hash and self.at <= now < self.until

    @property
    def until(self) -> datetime:
        """When it ends."""
        return self.at + timedelta(days=self.days)


def short_hash(content_hash: str) -> str:
    """Return the beginning of a hash that a person can read out and type."""
    return content_hash[:_SHORT]


def check_approver(actor: str, author: str, managers: Collection[str], *, own: bool, quote: str) -> None:
    """Refuse whoever may not approve or reject: who is no manager, and the author, but for `own` said aloud.

    Where nobody is written down as a manager one rep works alone, and every approval is of an own quote.
    """
    if managers and actor not in managers:
        raise RefusedByRule(
            say("Only a manager approves a quote, and {actor} is none.", actor=actor),
            say("Managers are: {names}.", names=", ".join(sorted(managers))),
        )
    if actor == author and not own:
        others = ", ".join(sorted(set(managers) - {actor}))
        raise RefusedByRule(
            say("{quote} is your own: nobody approves that alone.", quote=quote),
            say("Let {others} approve it; or say --own, which is written down.", others=others or say("a manager")),
        )


def first_said(answer: str) -> str:
    """Return the first line of a mail that is more than a salutation; "" where it ends, or quotes, before it says anything."""
    for number, line in enumerate(filter(None, map(str.strip, answer.splitlines()))):
        if line.startswith(">") or closes(line):
            return ""
        # "Agreed!" alone has the form of a name, too.
        if _YES.search(line) or _NO.search(line) or not greets(line, number):
            return line
    return ""


def read_verdict(answer: str) -> bool | None:
    """Return whether a mail approves (True) or rejects (False) in what it says first; None where it says neither, or a yes has strings attached."""
    line = first_said(answer)
    if _NO.search(line):
        return None if _ASKS.search(line) else False
    return True if _YES.search(line) and not _ASKS.search(line) and not _TIED.search(line) else None
