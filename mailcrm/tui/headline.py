"""The lines above the worklist: its counts in words, and the views with their keys.

Room: tui. In: `Worklist.counts`, the view that is shown. Out: words and styles, what needs a person first, what is folded last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.cells import cell_len
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.tui.keys import VIEWS
from mailcrm.tui.widgets import safe

__all__ = ["head_counts", "tab_line"]

FOLDED_AND_HOT = (
    "needs_you", "broken", "chased", "complaints", "looks_finished", "unknown", "others", "handled_silently",
)  # fmt: skip


def head_counts(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the head line's parts: what needs a person first, what is folded last; nothing is told of zero."""
    number = {name: counts.get(name, 0) for name in FOLDED_AND_HOT}
    told = [
        ("needs_you", _("needs you {count}", count=number["needs_you"]), "$text bold"),
        ("broken", _("broken promises {count}", count=number["broken"]), "$text-error"),
        ("chased", _("chased {count}", count=number["chased"]), "$text-error"),
        ("complaints", _("complaints {count}", count=number["complaints"]), "$text-error"),
        ("looks_finished", _("looks finished {count}", count=number["looks_finished"]), "$text-muted"),
        ("unknown", _("unknown {count}", count=number["unknown"]), "$text-muted"),
        ("others", _("others {count}", count=number["others"]), "$text-muted"),
        ("handled_silently", _("handled silently {count}", count=number["handled_silently"]), "$text-muted"),
    ]
    return [(words, style) for name, words, style in told if number[name] or name == "needs_you"]


def tab_line(view: str, key_name: Callable[[str], str], width: int) -> Content:
    """Return the views with their keys, `view` in brackets; where room is short only that one has its name."""
    names = [(name, key_name(f"view.{name.replace('-', '_')}"), str(title)) for name, _key, title in VIEWS]
    room = width - sum(cell_len(f"{key} {title}") for _name, key, title in names) - len("[]")
    gap = "   " if room > 3 * len(names) else " "
    parts: list[tuple[str, str]] = []
    for name, key, title in names:
        parts.append((gap if parts else "", ""))
        if name == view:
            parts.append((f"[{key} {title}]", "$text-accent bold"))
        else:
            parts.append((key, "$text-accent"))
            parts.append((f" {title}" if room >= len(names) - 1 else "", "$text-muted"))
    return safe.line(*parts, width=width)
