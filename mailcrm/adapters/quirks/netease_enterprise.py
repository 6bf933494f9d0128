"""NetEase enterprise mail (qiye.163.com). Like 163 it wants ID after LOGIN."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("NetEase enterprise"),
    hosts=(
        "qiye.163.com",
        "ym.163.com",
        "qiye.126.com",
    ),
    hint=say(
        "NetEase enterprise mail wants an authorisation password (客户端授权密码) where your company requires it: in the web mail open Settings, Client settings, make one there, and give that password to mailcrm; your administrator switches IMAP on."
    ),
    imap="imaps://imap.qiye.163.com",
    smtp="smtps://smtp.qiye.163.com:994",
)
