"""Zoho Mail, which runs in several regions; a company with its own domain has the servers named pro."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Zoho Mail"),
    hosts=(
        "zoho.com",
        "zoho.eu",
        "zoho.in",
        "zoho.com.cn",
        "zoho.com.au",
        "zoho.jp",
        "zohocloud.ca",
    ),
    hint=say(
        "Zoho Mail wants IMAP to be switched on (Settings, Mail accounts, IMAP) and, with two-factor sign-in, an app password: make one under My account, Security, App passwords, and give that to mailcrm. A company with its own domain uses imappro.zoho.com and smtppro.zoho.com, of its region."
    ),
    domains=(
        "zohomail.com",
        "zoho.com",
        "zohomail.eu",
        "zohomail.in",
    ),
    imap="imaps://imap.zoho.com",
    smtp="smtps://smtp.zoho.com",
)
