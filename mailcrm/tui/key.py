"""One key: its id, what it does, and the words for it.

Room: tui. The tables of them are in `keys`.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from mailcrm.domain.words import Sentence

__all__ = ["Key"]


@dataclass(frozen=True, slots=True)
class Key:
    """One binding. `keys` as in keymap.toml ("j, down"); `label` is the short word of the hint line ("" keeps it out)."""

    id: str
    keys: str
    action: str
    title: Sentence
    label: Sentence | None = None
    priority: bool = False

    def binding(self) -> Binding:
        """Return Textual's form of it."""
        return Binding(self.keys, self.action, show=False, id=self.id, priority=self.priority)
