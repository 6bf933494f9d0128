"""The web, as far as mailcrm needs it: something is posted, a small JSON document comes back.

Room: adapters. In: a URL, a form or a document. Out: an `Answer`, or Unreachable or TlsError. Nothing is followed elsewhere: what is
posted may hold secrets. The library's errors hold the whole request, so none is chained to ours.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mailcrm.adapters.authorities import trusting
from mailcrm.domain.errors import RemoteError, TlsError
from mailcrm.domain.servers import is_this_computer
from mailcrm.domain.words import say

if TYPE_CHECKING:
    import httpx2

__all__ = ["Answer", "post"]

_SECONDS, _ALTOGETHER = 20.0, 60.0
_LONGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `document` is empty where it was no JSON object; `retry_after`: seconds to be left alone."""

    status: int
    document: Mapping[str, Any] = field(repr=False)
    retry_after: float | None = None


def post(
    url: str,
    away: Callable[[str], RemoteError],
    *,
    form: Mapping[str, str] | None = None,
    document: object = None,
    headers: Mapping[str, str] | None = None,
    ca_file: Path | None = None,
) -> Answer:
    """Post `form`, or `document` as JSON, and return the answer, whatever its status.

    `away` makes the error of a host that can't be reached; `ca_file`: an authority to trust besides the system's.
    """
    import httpx2

    host = urlsplit(url).hostname or ""
    content: dict[str, Any] = {"data": dict(form)} if form is not None else {"json": document}
    try:
        # A proxy of the environment serves for what leaves this computer.
        with (
            httpx2.Client(
                verify=trusting(ca_file), timeout=_SECONDS, follow_redirects=False, trust_env=not is_this_computer(host)
            ) as client,
            client.stream(
                "POST", url, headers={"Accept": "application/json", **(headers or {})}, **content
            ) as response,
        ):
            return Answer(response.status_code, _document(response), _retry_after(response))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        trouble = _distrust(host, error) or away(host)
    raise trouble


def _document(response: httpx2.Response) -> Mapping[str, Any]:
    """Return the JSON object of the body, {} where it is none or too long to be one of these."""
    body, deadline = b"", time.monotonic() + _ALTOGETHER
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _LONGEST:
            return {}
        if time.monotonic() > deadline:
            raise TimeoutError
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _retry_after(response: httpx2.Response) -> float | None:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() else None


def _distrust(host: str, error: Exception) -> TlsError | None:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsError(
                say("The certificate of {host} is not trusted ({detail}).", host=host, detail=cause.verify_message),
                say(
                    "Check the date of this computer; if your company looks into the traffic, name its authority in the settings: `ca_file` under [network]."
                ),
            )
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
