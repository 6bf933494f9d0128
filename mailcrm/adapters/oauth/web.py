"""The web, as far as signing in needs it: a form is posted, a small JSON document comes back.

Room: adapters. In: a URL and fields. Out: an `Answer`, or Unreachable or TlsError.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mailcrm.adapters.web import Answer, post
from mailcrm.domain.errors import Unreachable
from mailcrm.domain.words import say

__all__ = ["Answer", "Web"]


class Web:
    """Posts forms. `ca_file`: an authority to trust besides the system's."""

    def __init__(self, ca_file: Path | None = None) -> None:
        self._ca_file = ca_file

    def post(self, url: str, fields: Mapping[str, str]) -> Answer:
        """Post `fields` as a form and return the answer, whatever its status."""
        return post(url, _away, form=fields, ca_file=self._ca_file)


def _away(host: str) -> Unreachable:
    return Unreachable(
        say("{host}, where this account is signed in, can't be reached.", host=host),
        say("Check the network, and a proxy if yours needs one (HTTPS_PROXY); mailcrm tries again by itself."),
    )
