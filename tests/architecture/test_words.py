"""Every sentence for people stands whole in the code and in every catalogue, with the same places on both sides."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from words import KEYWORDS, LANGUAGES, Catalogue, names, sentences

PACKAGE = Path(__file__).resolve().parents[2] / "mailcrm"


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return Catalogue(str(request.param))


def test_the_code_has_sentences() -> None:
    assert len(sentences()) > 100


def test_sentences_stand_whole_at_the_call() -> None:
    """A sentence that is pasted from pieces, formatted before, looked up elsewhere, or asked for within an f-string is in no catalogue."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path == PACKAGE / "domain" / "words.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        within = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                places = KEYWORDS[node.func.id] or (1,)
                first = node.args[: len(places)]
                if node in within or len(first) < len(places) or not all(_is_text(argument) for argument in first):
                    wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {ast.unparse(node)}")
    assert wrong == []


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_places_have_names() -> None:
    """`{0}` and `{}` tell a translator nothing."""
    parts = [part for msgid in sentences() for part in ([msgid] if isinstance(msgid, str) else msgid)]
    assert [part for part in parts if any(not name.isidentifier() for name in names(part))] == []


def test_every_sentence_is_translated(catalogue: Catalogue) -> None:
    assert [message.id for message in catalogue.untranslated()] == []


def test_no_translation_is_a_guess(catalogue: Catalogue) -> None:
    assert [message.id for message in catalogue.on_disk() if message.id and message.fuzzy] == []


def test_places_are_equal_on_both_sides(catalogue: Catalogue) -> None:
    wrong = []
    for message in catalogue.on_disk():
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string or ()
        wrong += [string for string in strings if message.id and string and names(string) != names(ids[-1])]
    assert wrong == []


def test_the_files_are_current(catalogue: Catalogue) -> None:
    """`make words` would change nothing."""
    assert catalogue.po.read_bytes() == catalogue.po_bytes()
    assert catalogue.mo.read_bytes() == catalogue.mo_bytes()
