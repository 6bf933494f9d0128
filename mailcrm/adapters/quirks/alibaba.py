"""Alibaba Mail, the company mail of Alibaba Cloud (qiye.aliyun.com), which grew out of mxhichina.com."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Alibaba Mail"),
    hosts=(
        "qiye.aliyun.com",
        "mxhichina.com",
        "aliyun.com",
    ),
    hint=say(
        "Alibaba Mail wants a security password for programs (第三方客户端安全密码) where your company requires it: in the web mail open Settings, Account and security, make one there, and give that password to mailcrm; your administrator switches IMAP on."
    ),
    imap="imaps://imap.qiye.aliyun.com",
    smtp="smtps://smtp.qiye.aliyun.com",
)
