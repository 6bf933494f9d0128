"""`sample track`: asking the tracking service now.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["track"]


def track(
    ctx: typer.Context,
    sample: Annotated[str, typer.Argument(metavar="[ID]", help=_("one sample, such as s3; without it: all that are on their way"))] = "",
) -> None:  # fmt: skip
    """Ask where parcels are; what follows from it is suggested, never made by itself."""
    from mailcrm.cli.plain.tracking import show_news

    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do("track_samples", sample=sample)
        session.show(core, outcome.row, show_news)
        session.out.said(outcome.said)
