"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "mailcrm"

TOP_LEVEL = {
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "config",
    "mailcrm",
    "pyproject.toml",
    "requirements.lock",
    "templates",
    "tests",
}
# The poll loop, the outbox drain and the TUI worker: each tells the error that it keeps from ending the program.
SUPERVISING_ROOMS = {"service", "outbox", "tui"}
SUPERVISORS = 3

SAFE = PACKAGE / "tui" / "widgets" / "safe.py"
# Measured on Textual 8.2: each of these reads markup in a plain string, or passes control sequences on.
RAW_WIDGETS = {
    "Button",
    "Checkbox",
    "Collapsible",
    "DataTable",
    "Header",
    "Label",
    "Link",
    "ListItem",
    "ListView",
    "Log",
    "Markdown",
    "MarkdownViewer",
    "Option",
    "OptionList",
    "Placeholder",
    "Pretty",
    "RadioButton",
    "RadioSet",
    "RichLog",
    "Select",
    "Selection",
    "SelectionList",
    "Static",
    "Tab",
    "TabbedContent",
    "TabPane",
    "Tabs",
    "Tree",
}
RAW_CALLS = {"notify", "from_markup", "from_ansi", "from_rich_text"}
RAW_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}


def trees(directory: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield every Python file below `directory` with its syntax tree."""
    for path in sorted(directory.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(REPOSITORY)}:{getattr(node, 'lineno', 0)}"


def test_the_top_level_holds_only_what_belongs_there() -> None:
    ignored = {
        line.strip().rstrip("/") for line in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
    }
    found = {path.name for path in REPOSITORY.iterdir() if not path.name.startswith(".")} - ignored
    assert found == TOP_LEVEL


def catches_everything(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in kinds)


def test_only_the_supervisors_catch_everything() -> None:
    caught = [(path, node) for path, tree in trees(PACKAGE) for node in ast.walk(tree) if catches_everything(node)]
    rooms = {path.relative_to(PACKAGE).parts[0] for path, _ in caught}
    assert rooms <= SUPERVISING_ROOMS, [place(path, node) for path, node in caught]
    assert len(caught) <= SUPERVISORS, [place(path, node) for path, node in caught]


def raw_sinks(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the places that could show a string as Textual reads it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets"):
            if any(alias.name in RAW_WIDGETS or alias.name == "*" for alias in node.names):
                yield node
        elif (
            isinstance(node, ast.Import) and any(alias.name.startswith("textual.widgets") for alias in node.names)
        ) or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RAW_CALLS):
            yield node
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Attribute) and target.attr in RAW_ATTRIBUTES for target in targets):
                yield node


def test_screens_show_text_through_the_safe_wrappers_only() -> None:
    found = [place(path, node) for path, tree in trees(PACKAGE / "tui") if path != SAFE for node in raw_sinks(tree)]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "from textual.widgets import Input, Label",
        "from textual.widgets.option_list import Option",
        "import textual.widgets as w",
        "self.notify(subject)",
        "widget.border_title = subject",
        "Content.from_markup(subject)",
    ],
)
def test_a_raw_sink_would_be_seen(code: str) -> None:
    assert list(raw_sinks(ast.parse(code)))


def given_to_calls(directory: Path) -> set[str]:
    """Return the strings that a room hands to some call: among them the verbs that it asks the core for."""
    return {
        argument.value
        for _, tree in trees(directory)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_verb_has_a_function_on_the_command_line() -> None:
    from mailcrm import actions

    verbs = set(actions.registry())
    assert verbs
    assert verbs - given_to_calls(PACKAGE / "cli" / "commands") == set()
