"""The command line: the words of `cli.md`, one file per command group in `commands/`.

Room: cli. In: the argument vector. Out: text or JSON on stdout, sentences on stderr, an exit code (0 done, 1 to be mended
by the user, 2 wrong usage, 3 a server refused or was unreachable, 4 refused by a rule, 75 busy). Everything heavy is
imported inside functions, so that help costs next to nothing.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from mailcrm.cli.options import Options, split
from mailcrm.cli.output import Output
from mailcrm.domain.errors import MailcrmError

__all__ = ["main"]

# What a shell reports for a program that these signals ended: 128 + SIGINT, 128 + SIGPIPE.
_INTERRUPTED = 130
_BROKEN_PIPE = 141
# So many objects are made between two looks for garbage. Most of them are what is imported, and stay: to look them through
# every 700, as Python does, takes a twentieth of a command's time.
_OBJECTS = 10_000


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(_OBJECTS)
    sys.exit(_run(list(sys.argv[1:] if argv is None else argv)))


def _run(argv: list[str]) -> int:
    from mailcrm.bootstrap import install_language

    install_language(None)
    out = Output(Options())
    # What nobody foresaw ends the process through here, with exit code 1, and shows no traceback to a rep.
    sys.excepthook = out.unforeseen
    try:
        options, rest = split(argv)
        install_language(options.lang)
        out.options = options
        code = _dispatch(options, out, rest)
        sys.stdout.flush()
    except MailcrmError as error:
        out.error(error.sentence, error.hint)
        code = error.exit_code
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more: what is still buffered goes nowhere, without a complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _BROKEN_PIPE
    return code


def _dispatch(options: Options, out: Output, rest: list[str]) -> int:
    from mailcrm.cli.session import Session

    session = Session(options, out)
    if options.version:
        session.show_version()
        return 0
    if not rest:
        session.open_screens()
        return 0
    from mailcrm.cli.parser import run

    out.start_logging()
    return run(rest, session)
