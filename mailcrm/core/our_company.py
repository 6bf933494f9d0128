"""Our own company: its letterhead, and its bank accounts, which two persons change.

Room: core. Every step of an account stands in the history with who took it, so a change of where customers pay to is never silent.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlmodel import Session

from mailcrm.core.world import World
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.text import printable_line
from mailcrm.domain.trade.bank_block import (
    MACHINE,
    PROPOSED,
    REGISTERED,
    WITHDRAWN,
    check_register,
    checked_details,
)
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.accounts import waiting_with
from mailcrm.queries.our_company import BANK_NOUN, bank_account, our_entity
from mailcrm.queries.rows import BankRow, EntityRow
from mailcrm.records import BankAccount, OurEntity
from mailcrm.store.our_company import account_named, accounts_of, entities, entity_named
from mailcrm.store.papers import NewPaper, keep_paper
from mailcrm.store.steps import record_step
from mailcrm.store.team import load_team

__all__ = ["OPERATIONS"]

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LONGEST, _LARGEST_LOGO = 200, 2_000_000


def edit_entity(
    world: World,
    *,
    id: str | None = None,  # noqa: A002  (as on the command line)
    new: bool = False,
    logo: str | None = None,
    **fields: str | None,
) -> tuple[Sentence, EntityRow]:
    """Change what stands in a letterhead; what isn't given stays. `new`: one more company. `logo`: a file, "" for none."""
    given = {name: _line(value) for name, value in fields.items() if value is not None}
    picture = _logo(logo)
    with world.store.begin() as session:
        first = new or (id is None and not entities(session))
        row = OurEntity(created_at=world.clock.now()) if first else entity_named(session, id)
        for name, value in given.items():
            setattr(row, name, value)
        if not (row.name_en or row.name_zh):
            raise UsageError(
                say("Our company has no name yet."), say("Give --name-en, --name-zh or both: they head every document.")
            )
        session.add(row)
        session.flush()
        if picture is not None:
            row.logo_id = _keep(world, session, row, Path(logo or "").name, picture) if picture else None
        return say("Our letterhead: noted."), our_entity(session, world.outlook(session), id=f"e{row.id}")


def _keep(world: World, session: Session, row: OurEntity, name: str, picture: bytes) -> int | None:
    new = NewPaper("logo", name, picture)
    return keep_paper(session, "our_entity", row.id or 0, new, at=world.clock.now(), actor=world.actor).id


def propose_account(
    world: World, *, entity: str | None = None, evidence: str = "", **details: str
) -> tuple[Sentence, BankRow]:
    """Propose an account; nobody is paid to it before another person has registered it."""
    checked = checked_details(**details)
    with world.store.begin() as session:
        of = entity_named(session, entity)
        row = BankAccount(
            entity_id=of.id or 0,
            beneficiary=checked.beneficiary,
            account=checked.account,
            bank=checked.bank,
            bank_address=checked.bank_address,
            swift=checked.swift,
            intermediary=checked.intermediary,
            currency=checked.currency,
            state="",
            proposed_by=world.actor,
            proposed_at=world.clock.now(),
        )
        _step(world, session, row, PROPOSED, evidence)
        shown = bank_account(session, world.outlook(session), id=f"b{row.id}")
    return say("{id} is proposed; another person registers it: `mailcrm bank register {id}`.", id=shown.id), shown


def register_account(
    world: World,
    *,
    id: str,  # noqa: A002  (as on the command line)
    alone: bool = False,
    evidence: str = "",
) -> tuple[Sentence, BankRow]:
    """Register a proposed account: from now on it stands on documents, in the place of the one of its company and currency."""
    with world.store.begin() as session:
        row = account_named(session, id)
        MACHINE.check(row.state, REGISTERED)
        colleagues = frozenset(person.name for person in load_team(session).people)
        check_register(row.proposed_by, world.actor, colleagues, alone=alone)
        before = [one for one in accounts_of(session, row.entity_id, state=REGISTERED) if one.currency == row.currency]
        for one in before:
            _refuse_waiting(world, session, one)
            _step(world, session, one, WITHDRAWN, "", say("{id} took its place.", id=id))
        row.registered_by, row.registered_at = world.actor, world.clock.now()
        row.alone = row.proposed_by == world.actor
        reason = say("Nobody else is here: registered by the person who proposed it.") if row.alone else None
        _step(world, session, row, REGISTERED, evidence, reason)
        shown = bank_account(session, world.outlook(session), id=id)
    return say("{id} is registered: documents in {currency} bear it now.", id=id, currency=shown.currency), shown


def withdraw_account(
    world: World,
    *,
    id: str,  # noqa: A002  (as on the command line)
    why: str = "",
) -> tuple[Sentence, BankRow]:
    """Withdraw an account, proposed or registered; one person may, since it only takes something away."""
    if not why.strip():
        raise RefusedByRule(say("It isn't said why."), say("Say it with --why: it stands in the history."))
    with world.store.begin() as session:
        row = account_named(session, id)
        MACHINE.check(row.state, WITHDRAWN)
        _refuse_waiting(world, session, row)
        _step(world, session, row, WITHDRAWN, why)
        shown = bank_account(session, world.outlook(session), id=id)
    return say("{id} is withdrawn.", id=id), shown


def _refuse_waiting(world: World, session: Session, row: BankAccount) -> None:
    """RefusedByRule while a mail that names the account is about to leave: it was looked at while the account was ours."""
    waiting = waiting_with(session, row.account, world.parser, world.file_text)
    if waiting and row.state == REGISTERED:
        raise RefusedByRule(
            say(
                "Mails that name {id} are about to leave: {mails}.",
                id=f"b{row.id}",
                mails=", ".join(f"x{each}" for each in waiting),
            ),
            say("Take them back first: `mailcrm outbox cancel {mail}`.", mail=f"x{waiting[0]}"),
        )


def _step(
    world: World, session: Session, row: BankAccount, to: str, evidence: str, reason: Sentence | None = None
) -> None:
    """Bring an account to a state, and write down who did."""
    MACHINE.check(row.state, to)
    before, row.state = row.state, to
    session.add(row)
    session.flush()
    shown = (Evidence("text", printable_line(evidence)),) if evidence.strip() else ()
    move = Move(before, to, world.clock.now(), world.actor, shown, reason)
    record_step(session, BANK_NOUN, row.id or 0, move)


def _line(text: str) -> str:
    shown = " ".join(printable_line(text).split())
    if len(shown) > _LONGEST:
        raise UsageError(
            say("{text}… is too long.", text=shown[:20]), say("Use at most {most} letters.", most=_LONGEST)
        )
    return shown


def _logo(given: str | None) -> bytes | None:
    """Return the bytes of a logo's file; b"" for none, None where nothing is said of it."""
    if not given:
        return None if given is None else b""
    try:
        raw = Path(given).expanduser().read_bytes()
    except (OSError, RuntimeError) as error:
        raise UsageError(say("{path} can't be read.", path=given), say("Name a PNG or JPEG file.")) from error
    if not raw.startswith(_PICTURES) or len(raw) > _LARGEST_LOGO:
        raise UsageError(
            say("{path} is no logo: it must be a PNG or JPEG of at most 2 MB.", path=given),
            say("Save the picture as PNG, 600 pixels wide."),
        )
    return raw


OPERATIONS: dict[str, Callable[..., tuple[Sentence, Any]]] = {
    "edit_entity": edit_entity,
    "propose_account": propose_account,
    "register_account": register_account,
    "withdraw_account": withdraw_account,
}
"""What the façade offers of these."""
