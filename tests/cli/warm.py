"""A process that has imported everything once and forks itself for each call of the command line.

What a call costs is nearly all imports: without this the tests would spend minutes on them. Each call is a process of its
own all the same. In: JSON lines on stdin (words, env, and the files for its three streams). Out: its exit code.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import sys
from importlib import import_module

import alembic.command
import imapclient
import sqlmodel
import typer
from sqlalchemy.orm import configure_mappers

import mailcrm
from mailcrm.cli import main

# Loaded for the sake of the children; not what has its help texts in the language of the moment, nor what draws screens.
COLD = ("mailcrm.cli.commands", "mailcrm.cli.pages", "mailcrm.tui", "mailcrm.store.migrations", "mailcrm.__main__")
WARM = (
    *(alembic.command, imapclient, sqlmodel, typer),
    *(
        import_module(found.name)
        for found in pkgutil.walk_packages(mailcrm.__path__, "mailcrm.")
        if not found.name.startswith(COLD)
    ),
)
configure_mappers()
gc.freeze()


def call(words: list[str], env: dict[str, str], streams: list[str]) -> None:
    """Be the command line, as the shell would start it; never returns."""
    code = 1
    try:
        for number, path in enumerate(streams):
            os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
        os.environ.clear()
        os.environ.update(env)
        main(words)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:  # noqa: BLE001  (the interpreter's own way with what nobody caught)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def serve() -> None:
    """Fork for each line until there are none."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            call(**json.loads(line))
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
