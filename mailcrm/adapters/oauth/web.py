"""The web, as far as signing in needs it: a form is posted, a small JSON document comes back.

Room: adapters. In: a URL and fields. Out: an `Answer`, or Unreachable or TlsError. Nothing is followed elsewhere: the form
holds secrets. The library's errors hold the whole request, so none is chained to ours.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mailcrm.adapters.authorities import trusting
from mailcrm.domain.errors import RemoteError, TlsError, Unreachable
from mailcrm.domain.servers import is_this_computer
from mailcrm.domain.words import say

if TYPE_CHECKING:
    import httpx2

__all__ = ["Answer", "Web"]

_SECONDS = 20.0
_LONGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `document` is empty where it was no JSON object; `retry_after`: seconds to be left alone."""

    status: int
    document: Mapping[str, Any] = field(repr=False)
    retry_after: float | None = None


class Web:
    """Posts forms. `ca_file`: an authority to trust besides the system's."""

    def __init__(self, ca_file: Path | None = None) -> None:
        self._ca_file = ca_file

    def post(self, url: str, fields: Mapping[str, str]) -> Answer:
        """Post `fields` as a form and return the answer, whatever its status."""
        import httpx2

        host = urlsplit(url).hostname or ""
        try:
            # A proxy of the environment serves for what leaves this computer.
            with (
                httpx2.Client(
                    verify=trusting(self._ca_file),
                    timeout=_SECONDS,
                    follow_redirects=False,
                    trust_env=not is_this_computer(host),
                ) as client,
                client.stream("POST", url, data=dict(fields), headers={"Accept": "application/json"}) as response,
            ):
                return Answer(response.status_code, _document(response), _retry_after(response))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            trouble = _trouble(host, error)
        raise trouble


def _document(response: httpx2.Response) -> Mapping[str, Any]:
    """Return the JSON object of the body, {} where it is none or too long to be one of these."""
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _LONGEST:
            return {}
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _retry_after(response: httpx2.Response) -> float | None:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() else None


def _trouble(host: str, error: Exception) -> RemoteError:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsError(
                say("The certificate of {host} is not trusted ({detail}).", host=host, detail=cause.verify_message),
                say(
                    "Check the date of this computer; if your company looks into the traffic, name its authority in the settings: `ca_file` under [network]."
                ),
            )
    return Unreachable(
        say("{host}, where this account is signed in, can't be reached.", host=host),
        say("Check the network, and a proxy if yours needs one (HTTPS_PROXY); mailcrm tries again by itself."),
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
