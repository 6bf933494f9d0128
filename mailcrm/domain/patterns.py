"""Regular expressions that are compiled when they are first used.

Room: domain. Python compiles a pattern in Python, some tables of ours for 10 ms each, and most runs never meet a bounce or a
courier: a sync that finds nothing new shall not pay for them.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy_pattern"]

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _LazyPattern:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever a pattern has)
        """Compile, and keep the methods of the pattern as its own: from then on it is as fast as one."""
        compiled = re.compile(self._source, self._flags)
        vars(self).update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what stands for `re.compile(source, flags)`; only a match's `re` is another object."""
    return cast("re.Pattern[str]", _LazyPattern(source, flags))
