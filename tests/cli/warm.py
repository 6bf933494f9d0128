"""A process that has imported everything once and forks itself for each call of the command line.

What a call costs is nearly all imports: without this the tests would spend minutes on them. Each call is a process of its
own all the same. In: JSON lines on stdin (words, env, and the files for its three streams). Out: its exit code.
"""

from __future__ import annotations

import json
import os
import sys

import alembic.command
import imapclient
import sqlmodel
import typer
from sqlalchemy.orm import configure_mappers

import mailcrm.adapters.imap.source
import mailcrm.adapters.mime
import mailcrm.adapters.secrets.store
import mailcrm.adapters.smtp
import mailcrm.cli.parser
import mailcrm.core
import mailcrm.service.engine
from mailcrm.cli import main
from mailcrm.cli.plain import outbox, people, reports, templates, worklist

# Loaded for the sake of the children; not the command groups: their help texts are in the language of the moment.
WARM = (alembic.command, imapclient, sqlmodel, typer, outbox, people, reports, templates, worklist, mailcrm.core)
configure_mappers()


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
