"""263 enterprise mail."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("263"),
    hosts=(
        "263.net",
        "263xmail.com",
    ),
    hint=say(
        "263 wants a password for programs (客户端授权码) where your company requires it: in the web mail open Settings, Account security, make one there, and give that password to mailcrm; your administrator switches IMAP on."
    ),
    imap="imaps://imap.263.net",
    smtp="smtps://smtp.263.net",
)
