"""`--set moq=500`: fields and their values on the command line.

Room: cli. In: what stood behind the option. Out: the values by their fields.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["fields_of"]


def fields_of(pairs: Sequence[str] | None) -> dict[str, str]:
    """Return the FIELD=VALUE pairs; of a repeated field the last one. An empty value takes away what stands there."""
    fields = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not name.strip() or not equals:
            raise UsageError(
                say("{pair} doesn't say what is to become what.", pair=pair),
                say("Write it with an equals sign, such as `--set moq=500`."),
            )
        fields[name.strip()] = value.strip()
    return fields
