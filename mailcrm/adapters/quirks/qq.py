"""QQ mail and Foxmail."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("QQ Mail"),
    hosts=("qq.com", "foxmail.com"),
    auth_code=True,
    hint=say(
        "QQ Mail wants an authorisation code (授权码) in place of the password: in the web mail open Settings, Account, switch the IMAP/SMTP service on, make a code there, and give that code to mailcrm."
    ),
    domains=("qq.com", "vip.qq.com", "foxmail.com"),
    imap="imaps://imap.qq.com",
    smtp="smtps://smtp.qq.com",
)
