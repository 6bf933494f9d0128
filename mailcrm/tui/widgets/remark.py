"""A remark in its place: what a key has done, or why it hasn't.

Room: tui. In: words. Out: a line below a list, which is there only while it says something.
"""

from __future__ import annotations

from textual.content import Content

from mailcrm.tui.widgets import safe

__all__ = ["Remark"]


class Remark(safe.Prose):
    """The line; what went wrong has a sign of its own."""

    def __init__(self) -> None:
        super().__init__(self._told, id="note")
        self.words, self._wrong = "", False

    def _told(self) -> Content:
        return safe.block(self.words, "$text-warning" if self._wrong else "$text-success")

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say `words`; "" takes the line away."""
        self.words, self._wrong = f"! {words}" if wrong else words, wrong
        self.display = bool(words)
        self.refresh(layout=True)
