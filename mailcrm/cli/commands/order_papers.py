"""`order proforma`, `worksheet`, `write` …: what of an order is printed, sent and read.

Room: cli.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailcrm.cli.session import Session, session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

if TYPE_CHECKING:
    from mailcrm.core.facade import Core, Outcome

__all__ = ["Id", "Mail", "acknowledge", "proforma", "told", "worksheet", "worksheet_send", "write"]

Id = Annotated[str, typer.Argument(metavar="ID", help=_("an order's id or number, such as d4 or ORD-2026-0003"))]
Mail = Annotated[str, typer.Option(metavar="MESSAGE", help=_("the mail that shows it, such as m34"))]


def told(session: Session, core: Core, outcome: Outcome) -> None:
    """Answer with what was done, and where the order stands now."""
    from mailcrm.cli.plain.orders import show_standing

    session.report(core, outcome)
    if not session.options.json:
        show_standing(session.out, outcome.row, core)


def worksheet(
    ctx: typer.Context,
    order: Id,
    pdf: Annotated[str, typer.Option(metavar="FILE", help=_("write it as a page instead: a new file, .pdf"))] = "",
) -> None:
    """Print the Chinese work order."""
    from mailcrm.cli.plain.orders import show_sheet

    session = session_of(ctx)
    with session.core() as core:
        if pdf:
            session.report(core, core.do("press_order", id=order, to=pdf))
        else:
            session.show(core, core.ask("order_sheet", id=order), show_sheet)


def proforma(
    ctx: typer.Context,
    order: Id,
    *,
    language: Annotated[str, typer.Option(metavar="CODE", help=_("en or zh (default: the customer's, else en)"))] = "",
    pdf: Annotated[
        str, typer.Option(metavar="FILE", help=_("write it there instead of keeping it: a new file, .pdf"))
    ] = "",
) -> None:
    """Make the proforma invoice as a PDF."""
    session = session_of(ctx)
    with session.core() as core:
        if pdf:
            outcome = core.do("press_order", id=order, to=pdf, kind="proforma", language=language)
        else:
            outcome = core.do("render_order", id=order, kind="proforma", language=language)
        session.report(core, outcome)


def worksheet_send(
    ctx: typer.Context,
    order: Id,
    departments: Annotated[list[str] | None, typer.Argument(metavar="DEPARTMENT", help=_("to which; default: all that the settings name"))] = None,
) -> None:  # fmt: skip
    """Note that the work order went to the departments."""
    session = session_of(ctx)
    with session.core() as core:
        told(session, core, core.do("worksheet_send", id=order, departments=", ".join(departments or [])))


def acknowledge(
    ctx: typer.Context,
    order: Id,
    department: Annotated[str, typer.Argument(metavar="DEPARTMENT", help=_("which one, such as 生产部"))],
    *,
    by: Annotated[
        str, typer.Option(metavar="NAME", help=_("who said so; a colleague, where --mail shows it; default: you"))
    ] = "",
    mail: Mail = "",
) -> None:
    """Note that a department has read the work order."""
    session = session_of(ctx)
    with session.core() as core:
        told(session, core, core.do("worksheet_acknowledge", id=order, department=department, by=by, mail=mail))


def write(
    ctx: typer.Context,
    order: Id,
    milestone: Annotated[str, typer.Argument(metavar="MILESTONE", help=_("whose mail it is, such as deposit_credited; `order show --json` tells its template"))],
    *,
    var: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help=_("what the template asks and the order doesn't know; may be repeated"))] = None,
    attach: Annotated[list[str] | None, typer.Option(metavar="FILE", help=_("attach a file; may be repeated"))] = None,
    send: Annotated[bool, typer.Option("--send", help=_("send it now and wait for the server's answer"))] = False,
    at: Annotated[str | None, typer.Option(metavar="TIME", help=_("send it then, as in `mailcrm reply`"))] = None,
) -> None:  # fmt: skip
    """Write the mail of a milestone; a draft unless it is sent."""
    from mailcrm.cli.commands.reply import variables_of
    from mailcrm.cli.plain.outbox import delivered

    if send and at is not None:
        raise UsageError(say("Only one of --draft, --send and --at can be meant."))
    mode = "send" if send else "at" if at is not None else "draft"
    session = session_of(ctx)
    with session.core() as core:
        said = {"variables": variables_of(var or []), "attachments": tuple(attach or ()), "mode": mode, "at": at}
        outcome = core.do("write_order", id=order, step=milestone, **said)
        session.report(core, outcome)
    if send:
        delivered(session, (outcome.row,))
