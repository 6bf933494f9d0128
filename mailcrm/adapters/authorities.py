"""Whom to trust on the network: the system's certificate authorities, and a company's own.

Room: adapters. In: a file in PEM form, or none. Out: the context with which every connection is encrypted and its server checked.
"""

from __future__ import annotations

import ssl
from pathlib import Path

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["trusting"]


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Return a context that trusts the system's authorities and those of `ca_file`; ConfigError where it can't be read."""
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            raise ConfigError(
                say("{path} holds no certificate authority that could be read.", path=ca_file),
                say("It must be a file in PEM form."),
            ) from error
    return context
