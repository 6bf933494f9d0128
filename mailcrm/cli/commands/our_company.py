"""`entity`, `bank`: our own companies, and where customers pay to.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["bank_list", "bank_propose", "bank_register", "bank_withdraw", "edit", "list_", "register", "show"]

_Entity = Annotated[
    str | None, typer.Argument(metavar="ID", help=_("a company of ours, such as e1; default: the first"))
]
_Of = Annotated[
    str | None, typer.Option("--entity", metavar="ID", help=_("a company of ours, such as e1; default: the first"))
]
_Account = Annotated[str, typer.Argument(metavar="ID", help=_("a bank account's id, such as b2"))]
_Evidence = Annotated[
    str, typer.Option("--evidence", metavar="TEXT", help=_("what shows it, such as: bank's letter of 3 March"))
]


def list_(ctx: typer.Context) -> None:
    """List our companies."""
    from mailcrm.cli.plain.our_company import show_entities

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("our_entities"), show_entities)


def show(ctx: typer.Context, entity: _Entity = None) -> None:
    """Print what stands in a letterhead."""
    from mailcrm.cli.plain.our_company import show_entity

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("our_entity", id=entity), show_entity)


def edit(  # noqa: PLR0913, PLR0917  (each option is a parameter)
    ctx: typer.Context,
    entity: _Entity = None,
    new: Annotated[bool, typer.Option("--new", help=_("one more company of ours"))] = False,
    name_en: Annotated[str | None, typer.Option(metavar="NAME", help=_("its name in English"))] = None,
    name_zh: Annotated[str | None, typer.Option(metavar="NAME", help=_("its name in Chinese"))] = None,
    address_en: Annotated[str | None, typer.Option(metavar="TEXT", help=_("its address in English"))] = None,
    address_zh: Annotated[str | None, typer.Option(metavar="TEXT", help=_("its address in Chinese"))] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help=_("its phone number"))] = None,
    mail: Annotated[str | None, typer.Option(metavar="ADDRESS", help=_("its mail address"))] = None,
    web: Annotated[str | None, typer.Option(metavar="SITE", help=_("its web site"))] = None,
    tax_id: Annotated[str | None, typer.Option(metavar="NUMBER", help=_("its tax number"))] = None,
    logo: Annotated[str | None, typer.Option(metavar="FILE", help=_("a PNG or JPEG; '': none"))] = None,
) -> None:
    """Write down what stands in a letterhead; what isn't given stays."""
    fields = {
        "name_en": name_en,
        "name_zh": name_zh,
        "address_en": address_en,
        "address_zh": address_zh,
        "phone": phone,
        "mail": mail,
        "web": web,
        "tax_id": tax_id,
        "logo": logo,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    if not given:
        raise UsageError(say("Nothing to change."), say("Say what: `--name-en …`, `--address-en …`, `--logo FILE` …"))
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("edit_entity", id=entity, new=new, **given))


def bank_list(ctx: typer.Context, entity: _Of = None) -> None:
    """List our bank accounts with what became of each."""
    from mailcrm.cli.plain.our_company import show_accounts

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("bank_accounts", entity=entity), show_accounts)


def bank_propose(  # noqa: PLR0913, PLR0917  (each option is a parameter)
    ctx: typer.Context,
    beneficiary: Annotated[str, typer.Option(metavar="NAME", help=_("our name as the bank knows it"))],
    account: Annotated[str, typer.Option(metavar="NUMBER", help=_("account number or IBAN"))],
    bank: Annotated[str, typer.Option(metavar="NAME", help=_("the bank and its branch"))],
    swift: Annotated[str, typer.Option(metavar="CODE", help=_("its SWIFT code"))],
    currency: Annotated[str, typer.Option(metavar="CODE", help=_("the account's currency, such as USD"))],
    bank_address: Annotated[str, typer.Option(metavar="TEXT", help=_("the bank's address"))] = "",
    intermediary: Annotated[
        str, typer.Option(metavar="TEXT", help=_("the correspondent bank, where there is one"))
    ] = "",
    entity: _Of = None,
    evidence: _Evidence = "",
) -> None:
    """Propose a bank account; another person registers it."""
    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do(
            "propose_account",
            entity=entity,
            beneficiary=beneficiary,
            account=account,
            bank=bank,
            swift=swift,
            currency=currency,
            bank_address=bank_address,
            intermediary=intermediary,
            evidence=evidence,
        )
        session.report(core, outcome)


def bank_register(
    ctx: typer.Context,
    account: _Account,
    alone: Annotated[
        bool, typer.Option("--alone", help=_("nobody else is here: you register what you proposed; it is noted"))
    ] = False,
    evidence: _Evidence = "",
) -> None:
    """Register a bank account that another person proposed."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("register_account", id=account, alone=alone, evidence=evidence))


def bank_withdraw(
    ctx: typer.Context,
    account: _Account,
    why: Annotated[str, typer.Option(metavar="TEXT", help=_("why; it stands in the history"))],
) -> None:
    """Withdraw a bank account: no document bears it any more."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("withdraw_account", id=account, why=why))


def register(app: typer.Typer) -> None:
    """Add the groups."""
    panel = _("Team")
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("our own companies, as letterheads name them"))
    group.command("list", cls=Command, help=_("list our companies"))(list_)
    group.command("show", cls=Command, help=_("print what stands in a letterhead"))(show)
    group.command("edit", cls=Command, help=_("write down what stands in a letterhead; --new for one more company"))(
        edit
    )
    app.add_typer(group, name="entity", rich_help_panel=panel)
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("our bank accounts, which two persons change"))
    group.command("list", cls=Command, help=_("list our bank accounts with what became of each"))(bank_list)
    group.command("propose", cls=Command, help=_("propose an account; no document bears it yet"))(bank_propose)
    group.command(
        "register", cls=Command, help=_("register what another person proposed: documents bear it from now on")
    )(bank_register)
    group.command("withdraw", cls=Command, help=_("take an account out of use"))(bank_withdraw)
    app.add_typer(group, name="bank", rich_help_panel=panel)
