"""NetEase: 163, 126, yeah and 188. Without ID after LOGIN they refuse to open a folder."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("NetEase"),
    hosts=("163.com", "126.com", "yeah.net", "188.com", "netease.com"),
    auth_code=True,
    hint=say(
        "NetEase wants an authorisation code (授权码) in place of the password: in the web mail open Settings, POP3/SMTP/IMAP, switch IMAP on, make a code there, and give that code to mailcrm."
    ),
    domains=("163.com", "126.com", "yeah.net", "188.com", "vip.163.com", "vip.126.com"),
    imap="imaps://imap.{domain}",
    smtp="smtps://smtp.{domain}",
)
