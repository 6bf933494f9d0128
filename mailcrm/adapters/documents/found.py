"""Where a document's template and words lie: the home's own files first, then the packaged ones.

Room: adapters. In: directories, the first one first. Out: the files of a run by name, and the words of a language. A file of the home
takes the place of the packaged one of the same name; of words only those that are given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from mailcrm.domain.errors import NotFound, TemplateError
from mailcrm.domain.words import say

__all__ = ["LANGUAGES", "Found"]

LANGUAGES = ("en", "zh")

_SUFFIX = ".typ"
_SHARED = "house"


class Found:
    """The templates of `paths`; a missing directory holds none. Read at each use: an edited template works at once."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)

    def kinds(self) -> tuple[str, ...]:
        """Return the documents that there is a template of, by name."""
        return tuple(sorted(path.stem for path in self._files().values() if path.stem != _SHARED))

    def templates(self, kind: str) -> dict[str, bytes]:
        """Return every template file by name, since they include each other; NotFound names the kinds where `kind` is none."""
        if kind not in self.kinds():
            raise NotFound(
                say("There is no template of a document {name}.", name=kind),
                say("Templates: {names}.", names=", ".join(self.kinds())),
            )
        return {name: _read(path) for name, path in self._files().items()}

    def words(self, language: str) -> dict[str, object]:
        """Return the labels of `language`; NotFound for one that no document is written in."""
        if language not in LANGUAGES:
            raise NotFound(
                say("There are no documents in {language}.", language=language),
                say("Languages: {names}.", names=", ".join(LANGUAGES)),
            )
        found: dict[str, object] = {}
        for directory in reversed(self._paths):
            path = directory / f"words.{language}.toml"
            if path.is_file():
                found |= _words(path)
        return found

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for directory in reversed(self._paths):
            found |= {path.name: path for path in sorted(directory.glob(f"*{_SUFFIX}")) if path.is_file()}
        return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(
            say("{path} can't be read: {reason}.", path=path, reason=error.strerror or str(error)),
            say("Look at the permissions of the file."),
        ) from error


def _words(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(_read(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(
            say("{file} is no TOML: {reason}.", file=path.name, reason=str(error)),
            say('Write each word as: name = "text"'),
        ) from error
