"""The links of a mail: where each really leads, and a look at all of it before it is copied or opened.

Room: tui. In: `LinkRow`s of a mail. Out: the clipboard, or `open_link` of the core, by a key on the link that is shown whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _
from mailcrm.queries.rows import LinkRow
from mailcrm.tui.keys import LINK_KEYS, LIST_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.remark import Remark
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["LinksScreen"]

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A line."""

    key: str
    link: LinkRow


def _paint(line: LinkLine, width: int) -> Sequence[Span]:
    """Return the host first, for that is what counts; then the words by which the mail names it."""
    link = line.link
    beware = link.misleads or link.foreign
    host = width // 2
    words = "" if link.shown == link.url else link.shown
    return [
        ("! " if beware else "  ", "warn"),
        (fit(link.host, host - 2) + " ", "strong"),
        (fit(words, width - host - 1), "muted"),
    ]


class LinksScreen(MailModal[None]):
    """Choose a link, look at it, copy or open it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in LINK_KEYS]
    help_keys = (LINK_KEYS, LIST_KEYS)

    def __init__(self, thread: str, message: str) -> None:
        super().__init__()
        self.about = thread
        self.message = message
        self._asked = False

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box"):
            yield safe.Line(lambda width: safe.line((_("Where the links of this mail lead"), "bold"), width=width), classes="title")  # fmt: skip
            yield RowList(_paint)
            yield safe.Prose(self._whole, id="whole")
            yield Remark()
            yield safe.Line(self._keys, classes="keys")

    @property
    def thread_id(self) -> str | None:
        """The thread of the mail."""
        return self.about

    def on_mount(self) -> None:
        """Ask for the links."""
        self.query_one(RowList).focus()
        self.ask("links", self._arrived, self._refused, message=self.message)

    def _arrived(self, links: Sequence[LinkRow]) -> None:
        self._asked = True
        rows: RowList[LinkLine] = self.query_one(RowList)
        rows.styles.height = min(max(len(links), 1), MOST_LINES)
        rows.show([LinkLine(str(link.number), link) for link in links])
        self.query_one("#whole").refresh(layout=True)

    @property
    def _link(self) -> LinkRow | None:
        item = self.query_one(RowList).item
        return item.link if isinstance(item, LinkLine) else None

    def _whole(self) -> Content:
        """Return the whole link, its host marked, and what is odd about it."""
        link = self._link
        if link is None:
            return safe.block(_("No link is in this mail.") if self._asked else _("One moment …"), "$text-muted")
        before, host, after = link.url.partition(link.host) if link.host else (link.url, "", "")
        told = [(before, "$text-muted"), (host, "bold underline"), (after, "$text-muted")]
        parts = [safe.line(*told)]
        if link.misleads:
            parts.append(safe.block(_("! Its words name another house: {words}", words=link.shown), "$text-warning"))
        if link.foreign:
            parts.append(safe.block(_("! The host is written in letters that may look like others."), "$text-warning"))
        if not link.opens:
            parts.append(safe.block(_("No page of the web: it can be copied, not opened."), "$text-muted"))
        return Content("\n").join(parts)

    @property
    def note(self) -> str:
        """What stands below the list."""
        return self.query_one(Remark).words

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.query_one(Remark).say(words, wrong=wrong)

    def _keys(self, width: int) -> Content:
        key = self.house.key_name
        parts = [
            (_("{key} copies it", key=key("links.copy")), ""),
            (_("{key} opens it in the browser", key=key("links.open")), ""),
            (_("{key} goes back", key=key("links.leave")), "$text-muted"),
        ]
        return joined(parts, width)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the link under the cursor whole."""
        event.stop()
        self._say("")
        self.query_one("#whole").refresh(layout=True)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Do nothing by itself: what a link does is a key of its own."""
        event.stop()
        key = self.house.key_name
        words = _("{open} opens it, {copy} copies it.", open=key("links.open"), copy=key("links.copy"))
        self._say(words)

    def action_copy(self) -> None:
        """Put the link into the clipboard."""
        if link := self._link:
            self.app.copy_to_clipboard(printable_line(link.url))
            self._say(_("Copied."))

    def action_open(self) -> None:
        """Ask the browser for it."""
        if link := self._link:
            self.house.do("open_link", lambda outcome: self._say(str(outcome.said)), self._refused, url=link.url)

    def _refused(self, error: MailcrmError) -> None:
        if self.is_attached:
            self._say(str(error), wrong=True)

    def action_leave(self) -> None:
        """Go back to the mail."""
        self.dismiss(None)
