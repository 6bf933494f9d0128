"""The steps of a sample: signed, checked, photographed, shipped, delivered, answered.

Room: cli. `commands.samples` puts them into their group.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["advance", "cancel", "check", "delivered", "feedback", "photo", "reject", "ship", "sign", "statuses"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a sample's id, such as s3, or its number"))]
_Evidence = Annotated[
    str, typer.Option(metavar="WHAT", help=_("what shows it: a mail (m12), a kept file (kf3), or words"))
]


def advance(
    ctx: typer.Context,
    sample: _Id,
    state: Annotated[
        str, typer.Argument(metavar="STATE", help=_("what it is now, such as pending_sign, making, made"))
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("why; needed where it is given up"))] = "",
    skip: Annotated[
        str,
        typer.Option(metavar="REASON", help=_("leave out the steps before; signature, check and photo stay needed")),
    ] = "",
    evidence: _Evidence = "",
) -> None:
    """Say that a sample has come to its next state."""
    session = session_of(ctx)
    with session.core() as core:
        told = {"state": state, "reason": reason, "skip": skip, "evidence": evidence}
        session.report(core, core.do("advance_sample", id=sample, **told))


def sign(
    ctx: typer.Context,
    sample: _Id,
    content: Annotated[
        str, typer.Option(metavar="HASH", help=_("the content_hash of what you looked at; refused if it changed since"))
    ] = "",
) -> None:
    """Sign the sheet of a sample as it stands."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("sign_sample", id=sample, content=content))


def reject(
    ctx: typer.Context,
    sample: _Id,
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("what is to be changed"))],
) -> None:
    """Send a sample sheet back instead of signing it."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("reject_sample", id=sample, note=note))


def check(
    ctx: typer.Context,
    sample: _Id,
    ok: Annotated[
        list[str] | None, typer.Option(metavar="LINE", help=_("this line is as the sheet asks; may be repeated"))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("every line without a deviation is ok"))] = False,
    deviation: Annotated[
        list[str] | None, typer.Option(metavar="LINE=TEXT", help=_("how a line differs; may be repeated"))
    ] = None,
    fail: Annotated[str, typer.Option(metavar="REASON", help=_("it won't do: it is made again"))] = "",
) -> None:
    """Tick the checklist of a sample."""
    named = [*(ok or ()), *(["all"] if all_ else [])]
    deviations = dict(_pair(one) for one in deviation or ())
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("check_sample", id=sample, ok=named, deviations=deviations, fail=fail))


def _pair(given: str) -> tuple[str, str]:
    name, equals, words = given.partition("=")
    if not equals:
        raise UsageError(
            say("{given} names no line and how it differs.", given=given),
            say('Write it as `--deviation colour="slightly darker"`.'),
        )
    return name.strip(), words.strip()


def photo(
    ctx: typer.Context,
    sample: _Id,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]…", help=_("photos on this computer"))] = None,
    message: Annotated[
        str, typer.Option(metavar="MESSAGE", help=_("take the pictures of this mail, such as m12"))
    ] = "",
) -> None:
    """Keep photos of a sample that was made."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("photo_sample", id=sample, files=files or [], message=message))


def ship(  # noqa: PLR0913  (an option each)
    ctx: typer.Context,
    sample: _Id,
    *,
    mode: Annotated[
        str, typer.Option(metavar="MODE", help=_("courier, hand_carry, with_order, pick_up, domestic"))
    ] = "courier",
    carrier: Annotated[
        str, typer.Option(metavar="COURIER", help=_("dhl, fedex, ups, tnt, sf, ems …; default: as the number tells"))
    ] = "",
    awb: Annotated[
        str, typer.Option(metavar="NUMBER", help=_("the waybill's number; its check digit is looked at"))
    ] = "",
    date: Annotated[str, typer.Option(metavar="DAY", help=_("when it left; default: today"))] = "",
    freight: Annotated[str, typer.Option(metavar="MONEY", help=_("what the freight costs us, such as CNY 220"))] = "",
    same_parcel: Annotated[
        bool, typer.Option("--same-parcel", help=_("it lies in one parcel with other samples of this waybill"))
    ] = False,
    evidence: _Evidence = "",
) -> None:
    """Say how and when a sample left."""
    session = session_of(ctx)
    with session.core() as core:
        told = {"mode": mode, "carrier": carrier, "awb": awb, "date": date, "freight": freight}
        outcome = core.do("ship_sample", id=sample, same_parcel=same_parcel, evidence=evidence, **told)
        session.report(core, outcome)


def delivered(
    ctx: typer.Context,
    sample: _Id,
    at: Annotated[str | None, typer.Option(metavar="TIME", help=_("when; default: now"))] = None,
    signed_by: Annotated[str, typer.Option("--signed-by", metavar="NAME", help=_("who signed for it"))] = "",
    evidence: _Evidence = "",
) -> None:
    """Say that a sample has arrived."""
    session = session_of(ctx)
    with session.core() as core:
        told = {"at": at, "signed_by": signed_by, "evidence": evidence}
        session.report(core, core.do("delivered_sample", id=sample, **told))


def feedback(
    ctx: typer.Context,
    sample: _Id,
    verdict: Annotated[
        str, typer.Argument(metavar="[VERDICT]", help=_("ok, changes (the next version begins) or rejected"))
    ] = "",
    text: Annotated[str, typer.Option(metavar="TEXT", help=_("what they say"))] = "",
    evidence: _Evidence = "",
) -> None:
    """Note what the customer says of a sample."""
    session = session_of(ctx)
    with session.core() as core:
        told = {"verdict": verdict, "text": text, "evidence": evidence}
        session.report(core, core.do("sample_feedback", id=sample, **told))


def cancel(
    ctx: typer.Context,
    sample: _Id,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("why"))],
    evidence: _Evidence = "",
) -> None:
    """Give a sample up before it is shipped."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("cancel_sample", id=sample, reason=reason, evidence=evidence))


def statuses(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help=_("a line for each: waybill, status, day, who signed; - is stdin"))
    ] = "",
) -> None:
    """Note what became of many parcels at once; without a file: list the parcels that are under way."""
    from mailcrm.cli.plain.samples import show_parcels

    session = session_of(ctx)
    with session.core() as core:
        if not file:
            session.show(core, core.ask("sample_parcels"), show_parcels)
            return
        session.report(core, core.do("sample_statuses", text=_text_of(file)))


def _text_of(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).expanduser().read_bytes()
    except OSError as error:
        raise UsageError(
            say("{file} can't be read: {reason}.", file=file, reason=error.strerror or error), say("Check the name.")
        ) from error
    return data.decode("utf-8-sig", "replace")
