"""A desktop that only remembers what it was shown.

Room: adapters.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["FakeDesktop"]


@dataclass
class FakeDesktop:
    """ports.Notifier; `shown` holds (title, text)."""

    shown: list[tuple[str, str]] = field(default_factory=list)

    def show(self, title: str, text: str) -> bool:
        """Remember the note."""
        self.shown.append((title, text))
        return True
