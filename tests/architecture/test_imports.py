"""What a room pulls in when it is imported, seen in a fresh process, and whom the people's rooms ask."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "mailcrm"

HELP = """
import atexit, json, sys
atexit.register(lambda: sys.stderr.write("\\nLOADED " + json.dumps(sorted(sys.modules))))
sys.argv = ["mailcrm", "--help"]
from mailcrm.cli import main
sys.exit(main())
"""
CORE = """
import json, sys
import mailcrm.core
sys.stderr.write("\\nLOADED " + json.dumps(sorted(sys.modules)))
"""


def loaded(code: str) -> tuple[set[str], str]:
    """Return the modules that `code` left loaded, and what it printed."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    said, marker, modules = done.stderr.rpartition("LOADED ")
    assert marker, done.stderr
    assert done.returncode == 0, said
    return set(json.loads(modules)), done.stdout


def test_the_core_does_not_load_the_screens() -> None:
    modules, _ = loaded(CORE)
    assert "mailcrm.core" in modules
    assert "textual" not in modules


def test_help_loads_nothing_slow() -> None:
    modules, printed = loaded(HELP)
    assert "sync" in printed
    assert modules.isdisjoint({"sqlmodel", "sqlalchemy", "textual", "alembic"})


def imported(path: Path) -> set[str]:
    """Return the dotted names that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("room", ["tui", "cli", "service"])
def test_people_s_rooms_see_rows_only(room: str) -> None:
    rows = "mailcrm.queries.rows"
    wrong = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in (PACKAGE / room).rglob("*.py")
        for name in imported(path)
        if name.startswith("mailcrm.queries") and name != rows and not name.startswith(f"{rows}.")
    }
    assert wrong == set()
