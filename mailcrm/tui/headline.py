"""The head line's counts in words.

Room: tui. In: `Worklist.counts`. Out: words and styles, what needs a person first, what is folded last.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailcrm.domain.words import _

__all__ = ["head_counts"]

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
