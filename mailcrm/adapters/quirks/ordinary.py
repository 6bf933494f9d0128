"""Any other provider: nothing particular is known of it, and its servers are guessed from what most call theirs."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Another provider"),
    imap="imaps://imap.{domain}",
    smtp="smtps://smtp.{domain}",
)
