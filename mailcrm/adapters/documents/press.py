"""The press: typst sets the pages, in a process of its own.

Room: adapters. In: a document and a language. Out: PDF, the same bytes for the same document. The run sees the directory that is made
for it and nothing else: templates, words, content as JSON, pictures. A template can't reach a server (packages), a file of the
machine, or run for ever.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from mailcrm.adapters.documents import compiling
from mailcrm.adapters.documents.contents import ready
from mailcrm.adapters.documents.fonts import CHINESE, LATIN, needs_chinese
from mailcrm.adapters.documents.found import Found
from mailcrm.domain.errors import ComposeError, ConfigError, TemplateError
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.words import say
from mailcrm.ports.documents import Document

__all__ = ["TypstPress"]

_PATIENCE = 30.0  # seconds; a quotation of 60 lines takes 0.3
_PPI = 144
_LARGEST = 40_000_000
# typst asks for packages over HTTPS: it is sent where nobody answers.
_NOWHERE = "http://127.0.0.1:9"
_PLACE = lazy_pattern(r"┌─ .*?([\w.-]+\.typ):(\d+):")


class TypstPress:
    """Templates in `paths` (a missing directory holds none), fonts of the system and of `font_paths`, `fonts` before all others."""

    def __init__(
        self,
        paths: Sequence[Path],
        font_paths: Sequence[Path] = (),
        fonts: Sequence[str] = (),
        patience: float = _PATIENCE,
        chinese: Sequence[str] = CHINESE,
    ) -> None:
        self._found = Found(paths)
        self._font_paths = [str(path) for path in font_paths]
        self._fonts = list(fonts)
        self._patience = patience
        self._chinese = [*fonts, *chinese]

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that there is a template of, by name."""
        return self._found.kinds()

    def press(self, document: Document, language: str) -> bytes:
        """Return the PDF."""
        return self._run(document, language, "pdf")[0]

    def draw(self, document: Document, language: str) -> tuple[bytes, ...]:
        """Return a picture (PNG) of each page."""
        return self._run(document, language, "png")

    def _run(self, document: Document, language: str, form: str) -> tuple[bytes, ...]:
        templates, words = self._found.templates(document.kind), self._found.words(language)
        content = ready(document.content(language))
        told = json.dumps({"content": content.values, "words": words}, ensure_ascii=False)
        with tempfile.TemporaryDirectory(prefix="mailcrm-press-") as place:
            root = Path(place)
            for name, raw in {**content.pictures, **templates, "document.json": told.encode()}.items():
                (root / name).write_bytes(raw)
            asked = {
                "root": place,
                "main": f"{document.kind}.typ",
                "language": language,
                "format": form,
                "ppi": _PPI,
                "timestamp": int(datetime.combine(document.issued, time(), UTC).timestamp()),
                "font_paths": self._font_paths,
                "latin": [*self._fonts, *LATIN],
                "chinese": self._chinese,
                "needs_chinese": needs_chinese(told),
            }
            _judge(self._compile(asked), document.kind)
            pages = [path.read_bytes() for path in sorted(root.glob("page-*.out"))]
        if sum(map(len, pages)) > _LARGEST:
            raise ComposeError(
                say("The document would be larger than {most} MB.", most=_LARGEST // 1_000_000),
                say("Leave some pictures out, or make them smaller."),
            )
        return tuple(pages)

    def _compile(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Run typst; return what it says."""
        proxies = dict.fromkeys(
            ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), _NOWHERE
        )
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        try:
            done = subprocess.run(
                [sys.executable, "-I", compiling.__file__],
                input=json.dumps(asked).encode(),
                capture_output=True,
                env=kept | proxies | {"RUST_BACKTRACE": "0"},
                timeout=self._patience,
                check=False,
            )
            said: dict[str, Any] = json.loads(done.stdout)
        except subprocess.TimeoutExpired as error:
            raise TemplateError(
                say("The document took longer than {seconds} s.", seconds=f"{self._patience:g}"),
                say("Leave lines or pictures out; a template of your own may go round in circles."),
            ) from error
        except ValueError as error:  # it said nothing: it ran out of memory, or was ended
            raise ComposeError(
                say("The document could not be set: the process that sets it ended early."),
                say("Leave pictures out, or make them smaller."),
            ) from error
        return said


def _judge(said: dict[str, Any], kind: str) -> None:
    """Raise what went wrong, if anything."""
    if said["failed"] == "chinese":
        raise ConfigError(
            say("The document holds Chinese, and there is no Chinese font here."),
            say(
                "Install the package fonts-wqy-microhei or fonts-noto-cjk, or name a directory with fonts: `font_paths` under [documents]."
            ),
        )
    if said["failed"]:
        place = _PLACE.search(said["where"])
        if "failed to decode image" in said["message"]:
            raise ComposeError(
                say("A picture of the document is damaged."), say("Save it anew as PNG or JPEG, and give that file.")
            )
        raise TemplateError(
            say(
                "{file}, line {line}: {problem}",
                file=place[1] if place else f"{kind}.typ",
                line=int(place[2]) if place else 1,
                problem=said["message"],
            ),
            say("Mend it in HOME/templates/documents, or remove it there: then the shipped one is used."),
        )
