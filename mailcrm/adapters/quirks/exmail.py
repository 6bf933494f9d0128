"""Tencent Exmail, the company mail of Tencent and WeCom."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Tencent Exmail"),
    hosts=("exmail.qq.com",),
    auth_code=True,
    hint=say(
        "Tencent Exmail wants a client password (客户端专用密码) where safe login is on: in the web mail open Settings, Account, make one there, see that IMAP is switched on, and give that password to mailcrm."
    ),
    imap="imaps://imap.exmail.qq.com",
    smtp="smtps://smtp.exmail.qq.com",
)
