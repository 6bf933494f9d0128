"""A mail in which another account number stands than one of ours doesn't leave without a manager (safety.md, "Payment fraud").

Room: outbox. In: a mail as it is about to be frozen, with the text of its files. Out: who gave leave, "" where none is needed. What the
mail quotes of the customer's is the customer's; everything else in it is told in our name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlmodel import Session, col, select

from mailcrm.domain.bank import accounts_in
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.outbox import WAITING
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.trade.bank_block import REGISTERED, bank_block
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.compose import Draft
from mailcrm.ports import MailParser
from mailcrm.records import Outgoing
from mailcrm.store.our_company import accounts_of, details_of
from mailcrm.store.team import load_team

__all__ = ["FileText", "leave_to_name_accounts", "strange_accounts", "waiting_with"]

FileText = Callable[[str, bytes], str]
"""Returns the text of a file, by its name and bytes; "" where it can't be read."""

_QUOTED = lazy_pattern(r"(?m)^>.*$")
_PIECE, _OVERLAP = 50_000, 200


def leave_to_name_accounts(session: Session, draft: Draft, file_text: FileText, actor: str, manager_agreed: str) -> str:
    """Return who gives leave; RefusedByRule without it. As with a promise: a manager by sending it, else who is named."""
    strange = list(strange_accounts(session, draft, file_text))
    if not strange:
        return ""
    managers = load_team(session).managers()
    if actor in managers:
        return actor
    if not managers and manager_agreed.strip():
        return manager_agreed.strip()
    account, place = strange[0]
    hint = say(
        "Take it out; or register it with `mailcrm bank propose` if it is ours; or agree it with your manager, and send it again with `--manager-agreed NAME`."
    )
    if managers:
        hint = say(
            "Take it out; or register it with `mailcrm bank propose` if it is ours; or let a manager send it: {names}.",
            names=", ".join(managers),
        )
    raise RefusedByRule(
        say("The account {account} ({place}) is not a registered one of ours.", account=account, place=place), hint
    )


def strange_accounts(session: Session, draft: Draft, file_text: FileText) -> Iterator[tuple[str, Sentence]]:
    """Yield each account that the mail names and that isn't registered, with the place where it stands."""
    ours = _ours(session)
    for place, text in _texts(draft, file_text):
        for account in _accounts(text):
            if account not in ours:
                yield account, place


def waiting_with(session: Session, account: str, parser: MailParser, file_text: FileText) -> list[int]:
    """Return the mails that name `account` and are about to leave."""
    wanted = _bare(account)
    rows = session.exec(select(Outgoing).where(col(Outgoing.state).in_([state.value for state in WAITING])))
    return [
        row.id or 0
        for row in rows
        if row.raw is not None and any(wanted in _accounts(text) for text in _frozen_texts(row.raw, parser, file_text))
    ]


def _frozen_texts(raw: bytes, parser: MailParser, file_text: FileText) -> Iterator[str]:
    mail = parser.parse(raw)
    yield f"{mail.subject}\n{_QUOTED.sub('', mail.body)}"
    for place, file in enumerate(mail.attachments):
        yield file_text(file.filename, parser.part_bytes(raw, place))


def _bare(account: str) -> str:
    return account.replace(" ", "").replace("-", "")


def _ours(session: Session) -> frozenset[str]:
    rows = [details_of(row) for row in accounts_of(session, state=REGISTERED)]
    numbers = {_bare(row.account) for row in rows}
    return frozenset(numbers | {each for row in rows for each in accounts_in(bank_block(row))})


def _texts(draft: Draft, file_text: FileText) -> Iterator[tuple[Sentence, str]]:
    own = _QUOTED.sub("", draft.body)
    yield say("in the text"), f"{draft.subject}\n{own}\n{draft.signature}"
    for file in draft.attachments:
        yield say("in {file}", file=file.filename), file_text(file.filename, file.content)


def _accounts(text: str) -> Iterator[str]:
    """Yield the accounts of a text however long it is."""
    for start in range(0, max(1, len(text)), _PIECE):
        yield from accounts_in(text[max(0, start - _OVERLAP) : start + _PIECE])
