"""Reading payment terms: "30% T/T deposit, 70% against copy of B/L", "30/70", "L/C 60 days", "30%定金，余款见提单复印件".

Room: domain. In: what people write, in English or Chinese. Out: a `Payment`; UsageError with the mend where the words leave open what is paid
when: a quote is no place for guessing. Each clause says a share, what it is paid against, or both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.payment import Payment
from mailcrm.domain.words import Sentence, say

__all__ = ["parse_payment"]

_BALANCES = {
    "lc": r"\bl ?/? ?c\b|letter of credit|信用证",
    "dp": r"\bd ?/? ?p\b|documents against payment|付款交单",
    "da": r"\bd ?/? ?a\b|documents against acceptance|承兑交单",
    "oa": r"\bo ?/? ?a\b|open account|\bnet (?=\d)|赊销|赊账|月结|账期",
    "copy_of_bl": (
        r"cop(?:y|ies) (?:of )?(?:the )?(?:original )?(?:b ?/? ?l\b|bill of lading|documents)|b ?/? ?l (?:copy|scan)|"
        r"(?:against|after) (?:the )?(?:scanned )?(?:b ?/? ?l\b(?! date)|bill of lading(?! date))|提单(?:复印件|副本|扫描件|传真件|copy)|见提单"
    ),
    "before_shipment": r"(?:before|prior to) (?:the )?(?:shipment|shipping|delivery|loading|dispatch)|(?:发货|装运|装船|出货|装柜|交货)前",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _BALANCES.items()}
_ADVANCE = re.compile(
    r"\bin advance\b|\badvance\b|prepa(?:id|yment)|deposit|down ?payment|预付|定金|订金|首付|前tt|前 ?t/t|全款|款到发货"
)
_TT = re.compile(r"\bt ?/? ?t\b|telegraphic transfer|wire transfer|bank transfer|电汇")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?) ?%")
_HALVES = re.compile(r"(?:t ?/? ?t[ :,]*)?(\d{1,2}) ?[/:] ?(\d{1,2})(?: ?t ?/? ?t)?")
_DAYS = re.compile(r"(\d{1,3}) ?(?:-? ?days?\b|d\b|天|日)|\bnet (\d{1,3})\b")
_USANCE = re.compile(r"usance|deferred|远期")
_CLAUSE = re.compile(r"[,;、。+]|\band\b|&|(?=\bbalance\b|\bthe rest\b|\bremaind|余款|尾款|余额|剩余)")
_SHARE = re.compile(r"(?=(?<![\d.])\d{1,3}(?:\.\d{1,2})? ?%)")
_HUNDRED = Decimal(100)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Clause:
    percent: Decimal | None
    balance: str
    advance: bool


def parse_payment(given: str) -> Payment:
    """Return the terms that `given` says."""
    text = " ".join(unicodedata.normalize("NFKC", given).lower().split())
    if len(text) > _LONGEST:
        raise _unclear(
            f"{given[:_LONGEST]}…", say("Say it in one line, such as 30% T/T deposit, 70% against copy of B/L.")
        )
    halves = _HALVES.fullmatch(text)
    if halves and int(halves[1]) + int(halves[2]) == _HUNDRED:
        return Payment(int(halves[1]) / _HUNDRED, "copy_of_bl")
    clauses = [_clause(part, given) for part in _parts(text) if part.strip()]
    balance = _balance(clauses, given)
    if not balance:
        return _in_advance(clauses, text, given)
    deposit = _deposit(clauses, given)
    return Payment(deposit, balance, _days(text, balance, given))


def _parts(text: str) -> Iterator[str]:
    """Yield the clauses; where nothing parts two shares, the second begins one."""
    for part in _CLAUSE.split(text):
        yield from _SHARE.split(part) if len(_PERCENT.findall(part)) > 1 else (part,)


def _clause(part: str, given: str) -> _Clause:
    shares = [Decimal(found) for found in _PERCENT.findall(part)]
    kinds = [kind for kind, pattern in _KINDS.items() if pattern.search(part)]
    if len(kinds) > 1:
        raise _unclear(given, say("Name one way in which the balance is paid."))
    balance = kinds[0] if kinds else ""
    advance = bool(_ADVANCE.search(part)) or (not balance and bool(_TT.search(part)))
    return _Clause(shares[0] if shares else None, balance, advance)


def _balance(clauses: list[_Clause], given: str) -> str:
    kinds = {clause.balance for clause in clauses} - {""}
    if len(kinds) > 1:
        raise _unclear(given, say("Name one way in which the balance is paid."))
    return kinds.pop() if kinds else ""


def _in_advance(clauses: list[_Clause], text: str, given: str) -> Payment:
    """Return T/T in advance, where nothing else is said; "T/T" alone leaves open when."""
    shares = [clause.percent for clause in clauses if clause.percent is not None]
    if shares not in ([], [_HUNDRED]):
        raise _unclear(given, say("Say what the balance is paid against, such as a copy of the B/L."))
    if not _ADVANCE.search(text) or ("deposit" in text and not shares):
        raise _unclear(given, say("Say when it is paid, such as in advance."))
    return Payment(Decimal(1))


def _deposit(clauses: list[_Clause], given: str) -> Decimal:
    """Return the share in advance, by what the clauses say of either side."""
    shares = [clause for clause in clauses if clause.percent is not None]
    paid_later = [clause.percent for clause in shares if clause.balance and clause.percent is not None]
    first = [clause.percent for clause in shares if not clause.balance and clause.percent is not None]
    advance = any(clause.advance for clause in clauses)
    if len(first) > 1 or len(paid_later) > 1 or sum([*first, *paid_later]) > _HUNDRED:
        raise _unclear(given, say("Deposit and balance make 100% together."))
    if first and paid_later and first[0] + paid_later[0] != _HUNDRED:
        raise _unclear(given, say("Deposit and balance make 100% together."))
    if first:
        return first[0] / _HUNDRED
    if not paid_later:
        return _nothing_in_advance(given, asked=advance)
    if paid_later[0] == _HUNDRED or advance:
        return 1 - paid_later[0] / _HUNDRED
    raise _unclear(given, say("Say how the other {percent}% are paid.", percent=_HUNDRED - paid_later[0]))


def _nothing_in_advance(given: str, *, asked: bool) -> Decimal:
    if asked:
        raise _unclear(given, say("Say how many percent the deposit is."))
    return Decimal(0)


def _days(text: str, balance: str, given: str) -> int:
    found = _DAYS.search(text)
    if found and balance in ("lc", "dp", "da", "oa"):
        return int(found[1] or found[2])
    if balance in ("da", "oa") or (balance == "lc" and _USANCE.search(text)):
        raise _unclear(given, say("Say after how many days it is paid."))
    return 0


def _unclear(given: str, mend: Sentence) -> UsageError:
    return UsageError(say("The payment terms {given} leave something open.", given=given.strip() or "—"), mend)
