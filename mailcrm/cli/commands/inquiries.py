"""`inquiry`: what customers ask prices for.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mailcrm.cli.fields import fields_of
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["edit", "list_", "new", "register", "show"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("an inquiry's id, such as i3"))]
_Item = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ITEM",
        help=_(
            'what they ask for: "Ball valve DN50; sku=VB-50; no=AV-4711; quantity=500; yearly=6000; target=USD 2.40"; may be repeated'
        ),
    ),
]
_Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help=_(
            'incoterm, wanted_by, certificates, packing, note, feasibility_asked, feasibility_due, feasibility; with lost_reason the inquiry is lost; "" takes it away; may be repeated'
        ),
    ),
]
_Answer = Annotated[
    list[str] | None,
    typer.Option(
        metavar="QUESTION=ANSWER",
        help=_("end_customer, yearly_volume, region, use, specification, quality; may be repeated"),
    ),
]
_Asked = Annotated[
    list[str] | None, typer.Option(metavar="QUESTION", help=_("this question was put to the customer; may be repeated"))
]
_Refused = Annotated[
    list[str] | None,
    typer.Option(metavar="QUESTION", help=_("the customer doesn't want to tell; may be repeated")),
]
_On = Annotated[str, typer.Option(metavar="DAY", help=_("when it was asked, answered or refused (default: today)"))]


def list_(
    ctx: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help=_("only those of this thread"))] = "",
    *,
    lost: Annotated[bool, typer.Option("--lost", help=_("those that were lost, too"))] = False,
) -> None:
    """List inquiries."""
    from mailcrm.cli.plain.inquiries import show_inquiries

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("inquiries", thread=thread, lost=lost), show_inquiries)


def show(ctx: typer.Context, inquiry: _Id) -> None:
    """Print an inquiry."""
    from mailcrm.cli.plain.inquiries import show_inquiry

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("inquiry", id=inquiry), show_inquiry)


def new(  # noqa: PLR0913  (what a person may note, one parameter each)
    ctx: typer.Context,
    thread: Annotated[
        str, typer.Argument(metavar="THREAD", help=_("the thread, or the mail that asks, such as m340"))
    ] = "",
    *,
    contact: Annotated[
        str, typer.Option(metavar="CONTACT", help=_("whose it is, where no mail tells: an id or an address"))
    ] = "",
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("mail, phone, whatsapp, wechat, platform, fax, fair, visit, other"))
    ] = "",
    item: _Item = None,
    set_: _Set = None,
    answer: _Answer = None,
    asked: _Asked = None,
    refused: _Refused = None,
    on: _On = "",
) -> None:
    """Note an inquiry."""
    noted = _noted(item, set_, answer, asked, refused, on)
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("new_inquiry", thread=thread, contact=contact, channel=channel, **noted))


def edit(  # noqa: PLR0913  (likewise)
    ctx: typer.Context,
    inquiry: _Id,
    *,
    item: _Item = None,
    without: Annotated[
        list[int] | None, typer.Option(metavar="NUMBER", help=_("take this item away; may be repeated"))
    ] = None,
    set_: _Set = None,
    answer: _Answer = None,
    asked: _Asked = None,
    refused: _Refused = None,
    on: _On = "",
) -> None:
    """Change what is known of an inquiry."""
    noted = _noted(item, set_, answer, asked, refused, on)
    if not (without or any(value for name, value in noted.items() if name != "on")):
        raise UsageError(
            say("Nothing to change."),
            say(
                "Say what: `--answer region=EU`, `--asked use`, `--refused …`, `--item …`, `--set …` or `--without 1`."
            ),
        )
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("edit_inquiry", id=inquiry, without=tuple(without or ()), **noted))


def _noted(  # what both commands take, as typed
    items: list[str] | None,
    values: list[str] | None,
    answers: list[str] | None,
    asked: list[str] | None,
    refused: list[str] | None,
    on: str,
) -> dict[str, Any]:
    return {
        "items": tuple(items or ()),
        "values": fields_of(values),
        "answers": fields_of(answers),
        "asked": _topics(asked),
        "refused": _topics(refused),
        "on": on,
    }


def _topics(given: list[str] | None) -> tuple[str, ...]:
    return tuple(topic for one in given or () for topic in one.split(",") if topic.strip())


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what customers ask prices for"))
    group.command("list", cls=Command, help=_("list the inquiries that are open"))(list_)
    group.command("show", cls=Command, help=_("print an inquiry, and what is not known of it yet"))(show)
    group.command("new", cls=Command, help=_("note what a customer asks for"))(new)
    group.command("edit", cls=Command, help=_("note what was answered, asked or refused since, or why it was lost"))(
        edit
    )
    app.add_typer(group, name="inquiry", rich_help_panel=_("Prices"))
