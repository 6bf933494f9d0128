"""Writing in an editor of one's own: `$VISUAL`, else `$EDITOR`.

Room: tui. In: the text, the home. Out: the text as the editor left it; a MailcrmError where it could not be edited, and then nothing
has changed. The screens give the terminal away meanwhile. The text lies in a file of the home that is its owner's alone and is gone
afterwards.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import Sentence, say

__all__ = ["edit_outside", "editor_of"]


def editor_of(environ: Mapping[str, str]) -> Sequence[str]:
    """Return the command of the editor, with its words; MailcrmError where none is set."""
    chosen = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    try:
        words = shlex.split(chosen)
    except ValueError as error:
        raise MailcrmError(
            say("The editor {editor} can't be read as a command: {error}.", editor=chosen, error=error), _mend()
        ) from error
    if not words:
        raise MailcrmError(say("No editor is set."), _mend())
    return words


def _mend() -> Sentence:
    return say("Set EDITOR (or VISUAL), as in `export EDITOR=nano`, and start mailcrm again.")


def edit_outside(app: App[Any], home: Path, text: str) -> str:
    """Have `text` edited."""
    command = editor_of(os.environ)
    handle, name = tempfile.mkstemp(prefix="writing-", suffix=".txt", dir=home)  # 0600
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _run(app, [*command, name])
        return _read(path, text)
    finally:
        path.unlink(missing_ok=True)


def _run(app: App[Any], command: Sequence[str]) -> None:
    editor = command[0]
    code, problem = 0, ""
    try:
        with app.suspend():  # whatever is raised in here would leave the terminal to nobody
            try:
                code = subprocess.run(command, check=False).returncode
            except OSError as error:
                problem = error.strerror or str(error)
    except SuspendNotSupported as error:
        raise MailcrmError(
            say("An editor of your own needs a terminal, and this window is none."), say("Write the text here.")
        ) from error
    if problem:
        raise MailcrmError(say("{editor} can't be started: {problem}.", editor=editor, problem=problem), _mend())
    if code:
        raise MailcrmError(
            say("{editor} ended with an error ({code}); the text is as it was.", editor=editor, code=code)
        )


def _read(path: Path, before: str) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise MailcrmError(
            say("What the editor left can't be read; the text is as it was."), say("Save it as UTF-8.")
        ) from error
    # An editor ends the last line where nobody did.
    return text.removesuffix("\n") if not before.endswith("\n") else text
