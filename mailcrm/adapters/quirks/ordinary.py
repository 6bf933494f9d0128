"""Any other provider: nothing particular is known of it."""

from mailcrm.adapters.quirks.quirk import Quirk

QUIRK = Quirk(name="ordinary")
