"""What the tracking service says, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.cli.plain.threads import written
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _, say
from mailcrm.queries.rows import ParcelNewsRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_news"]

_STATUS = {
    "shipped": say("left"),
    "in_transit": say("on its way"),
    "delivered": say("delivered"),
    "exception": say("trouble on the way"),
    "": say("nothing yet"),
}


def show_news(out: Output, rows: Sequence[ParcelNewsRow], core: Core) -> None:
    """Print the newest of each parcel, one a line."""
    if not rows:
        out.line(_("No parcel is under way."))
        return
    cells = [
        (
            row.awb,
            row.carrier,
            ", ".join(row.samples),
            str(_STATUS[row.status]),
            written(row.at, core.zone()),
            printable_line(", ".join(filter(None, (row.told, row.place)))),
        )
        for row in rows
    ]
    heads = (_("waybill"), _("courier"), _("samples"), _("state"), _("when"), _("their words"))
    columns(out, heads, cells, ["warn" if row.status == "exception" else "" for row in rows])
