"""Fonts: which families are looked for, in this order, and whether a text needs a Chinese one.

Room: adapters. Of Latin fonts typst brings its own, so a page in English looks the same everywhere.
"""

from __future__ import annotations

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["CHINESE", "LATIN", "needs_chinese"]

LATIN = ("Libertinus Serif",)
CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "SimHei", "DengXian", "SimSun", "Droid Sans Fallback",
)  # fmt: skip
# Radicals to compatibility ideographs, full-width forms, and the planes beyond.
_HAN = lazy_pattern("[\u2e80-\u2fdf\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")


def needs_chinese(text: str) -> bool:
    """Whether `text` holds a letter that only a Chinese font has."""
    return _HAN.search(text) is not None
