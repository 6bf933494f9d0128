"""Bring the catalogues up to date with the sentences in the code: `make words`.

In: the calls of `_`, `say` and `plural` in mailcrm/ (typer's own words are never shown: the command line has its own for
all of them). Out: for each language mailcrm/locale/<language>/LC_MESSAGES/mailcrm.po, which a person translates, and the
mailcrm.mo compiled from it. The same code and translations give the same bytes: no dates, no line numbers, sorted by file.

Sentences that left the code leave the catalogue; git remembers their translation.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

__all__ = ["LANGUAGES", "Catalogue", "names", "sentences", "update"]

REPOSITORY = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh",)  # English stands in the code
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"_": None, "say": None, "plural": (1, 2)}

MessageId = str | tuple[str, ...]


class _Plain(Catalog):
    """A catalogue whose header tells nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header, as gettext needs it."""
        return [
            ("Project-Id-Version", "mailcrm"),
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def sentences() -> dict[MessageId, list[str]]:
    """Return every sentence of the code (a pair for one/many) with the files that it stands in."""
    found: dict[MessageId, list[str]] = {}
    for path in sorted((REPOSITORY / "mailcrm").rglob("*.py")):
        name = path.relative_to(REPOSITORY).as_posix()
        for _line, msgid, _comments, _context in extract_from_file("python", path, KEYWORDS):
            places = found.setdefault(tuple(msgid) if isinstance(msgid, (tuple, list)) else msgid, [])
            if name not in places:
                places.append(name)
    return found


def names(sentence: str) -> set[str]:
    """Return the `{named}` places of a sentence."""
    return {name for _text, name, _format, _conversion in Formatter().parse(sentence) if name is not None}


@dataclass(frozen=True)
class Catalogue:
    """One language's sentences, as they are on disk and as they should be there."""

    language: str

    @property
    def po(self) -> Path:
        """The file that a person translates."""
        return REPOSITORY / "mailcrm" / "locale" / self.language / "LC_MESSAGES" / "mailcrm.po"

    @property
    def mo(self) -> Path:
        """The file that the program reads."""
        return self.po.with_suffix(".mo")

    def on_disk(self) -> Catalog:
        """Return the translations as they are; empty where there is no file yet."""
        if not self.po.exists():
            return Catalog(locale=self.language)
        with self.po.open("rb") as file:
            return read_po(file, locale=self.language, abort_invalid=True)

    def wanted(self) -> Catalog:
        """Return the sentences of the code with the translations that exist."""
        known = self.on_disk()
        catalogue = _Plain(locale=self.language, fuzzy=False)
        for msgid, places in sentences().items():
            old = known.get(msgid if isinstance(msgid, str) else msgid[0])
            kept = old.string if old is not None and old.id == msgid else None
            catalogue.add(
                msgid,
                kept,
                locations=[(place, 1) for place in places],
                flags=old.flags if old is not None else (),
                user_comments=old.user_comments if old is not None else (),
            )
        return catalogue

    def po_bytes(self) -> bytes:
        """Return what the .po file should hold."""
        catalogue = self.wanted()
        header = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers)
        out = io.BytesIO()
        write_po(out, catalogue, omit_header=True, include_lineno=False, sort_by_file=True, width=0)
        return f'msgid ""\nmsgstr ""\n{header}\n'.encode() + out.getvalue()

    def mo_bytes(self) -> bytes:
        """Return what the .mo file should hold."""
        out = io.BytesIO()
        write_mo(out, self.wanted())
        return out.getvalue()

    def untranslated(self) -> list[Message]:
        """Return the sentences of the code that have no translation yet."""
        return [message for message in self.wanted() if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def update(catalogue: Catalogue) -> None:
    """Write both files."""
    catalogue.po.parent.mkdir(parents=True, exist_ok=True)
    catalogue.po.write_bytes(catalogue.po_bytes())
    catalogue.mo.write_bytes(catalogue.mo_bytes())


def main() -> int:
    """Update every language and list what is left to translate."""
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        update(catalogue)
        left = catalogue.untranslated()
        sys.stdout.write(f"{catalogue.po}: {len(sentences())} sentences, {len(left)} not translated yet\n")
        sys.stdout.writelines(f"  {message.id}\n" for message in left)
    return 0


if __name__ == "__main__":
    sys.exit(main())
