"""Gmail and Google Workspace. Every label is a folder that shows mails of All Mail; its SMTP server files sent mail."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name="Gmail",
    hosts=("gmail.com", "googlemail.com"),
    auth_code=True,
    files_sent_itself=True,
    hint=say(
        "Gmail wants an app password in place of the password: switch two-step verification on in your Google account, make an app password there, and give those 16 letters to mailcrm."
    ),
    domains=("gmail.com", "googlemail.com"),
    imap="imaps://imap.gmail.com",
    smtp="smtps://smtp.gmail.com",
)
