"""Two themes of our own, day and night, in semantic variables only: any other Textual theme works as well.

Room: tui.
"""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DARK", "LIGHT"]

DARK = Theme(
    name="mailcrm-dark",
    dark=True,
    primary="#6fa8c7",
    secondary="#a79bd6",
    accent="#d9b25f",
    warning="#e0a458",
    error="#e5707a",
    success="#7fb98a",
    foreground="#d6d9de",
    background="#14171c",
    surface="#1b1f26",
    panel="#232932",
    variables={
        "block-cursor-background": "#2c4355",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#2c4355",
        "input-selection-background": "#6fa8c7 35%",
        "text-muted": "#8b93a0",
    },
)

LIGHT = Theme(
    name="mailcrm-light",
    dark=False,
    primary="#1f5f86",
    secondary="#5b4a9e",
    accent="#8a6100",
    warning="#9a5b00",
    error="#b3202f",
    success="#1f7038",
    foreground="#20242a",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e6e3da",
    variables={
        "block-cursor-background": "#cfe0ea",
        "block-cursor-foreground": "#101418",
        "block-cursor-blurred-background": "#cfe0ea",
        "input-selection-background": "#1f5f86 30%",
        "text-muted": "#686f79",
    },
)
