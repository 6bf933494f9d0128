"""The process that typst runs in: killed where it takes too long, bounded in memory, without a way to any server.

Room: adapters. In: one JSON document on stdin. Out: the pages in the directory of the run, and one JSON document on stdout. It knows
typst and the standard library only, so that it starts in a moment.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["main"]

_MEMORY = 3 * 1024**3 // 2


def main() -> None:
    """Compile what stdin asks for."""
    _bound()
    import typst

    asked = json.load(sys.stdin)
    fonts = typst.Fonts(font_paths=asked["font_paths"])
    there = set(fonts.families())
    chinese = [name for name in asked["chinese"] if name in there]
    if asked["needs_chinese"] and not chinese:
        json.dump({"failed": "chinese"}, sys.stdout)
        return
    chosen = {"latin": [name for name in asked["latin"] if name in there], "chinese": chinese}
    root = Path(asked["root"])
    try:
        pages = typst.compile(
            root / asked["main"],
            root=root,
            font_paths=fonts,
            format=asked["format"],
            ppi=asked["ppi"],
            sys_inputs={"fonts": json.dumps(chosen), "language": asked["language"]},
            package_path=root / "none",
            package_cache_path=root / "none",
            timestamp=asked["timestamp"],
        )
    except typst.TypstError as error:
        json.dump({"failed": "template", "message": error.message, "where": error.diagnostic}, sys.stdout)
        return
    _keep(pages, root)
    json.dump({"failed": ""}, sys.stdout)


def _bound() -> None:
    """Bound the memory, where the system can (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _keep(pages: Any, root: Path) -> None:  # noqa: ANN401  (one file, or one a page)
    for number, page in enumerate(pages if isinstance(pages, list) else [pages], 1):
        (root / f"page-{number:04d}.out").write_bytes(page)


if __name__ == "__main__":
    main()
