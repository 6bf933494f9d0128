"""The log as the command line shows it: on stderr, every line made showable.

Room: cli. In: the global options. Out: a handler on the root logger. The screens never call this: lines on stderr would
tear them.
"""

from __future__ import annotations

import logging
import sys

from mailcrm.cli.options import Options
from mailcrm.domain.text import printable_block

__all__ = ["start"]


class _Showable(logging.Formatter):
    """Log lines quote servers and files: none of them may steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return printable_block(super().format(record))


def start(options: Options) -> None:
    """Show warnings; with --verbose what mailcrm does as well, with --quiet only errors."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Showable("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.ERROR if options.quiet else logging.WARNING, handlers=[handler])
    if options.verbose:
        # Ours only: imapclient's log holds whole mails.
        logging.getLogger("mailcrm").setLevel(logging.INFO)
