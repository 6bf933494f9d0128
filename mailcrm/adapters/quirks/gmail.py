"""Gmail and Google Workspace. Every label is a folder that shows mails of All Mail; its SMTP server files sent mail.

Google has a device endpoint too, but doesn't let a program ask for mail there: one signs in in this computer's browser.
It gives a refresh token only where it is asked for one (access_type), and a second one only with a new consent (prompt).
"""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.signin import SignIn
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Gmail"),
    hosts=("gmail.com", "googlemail.com"),
    auth_code=True,
    files_sent_itself=True,
    hint=say(
        "Gmail wants an app password in place of the password: switch two-step verification on in your Google account, make an app password there, and give those 16 letters to mailcrm."
    ),
    domains=("gmail.com", "googlemail.com"),
    imap="imaps://imap.gmail.com",
    smtp="smtps://smtp.gmail.com",
    sign_in=SignIn(
        section="google",
        authorization_endpoint="https://accounts.google.com/o/oauth2/v2/auth",
        token_endpoint="https://oauth2.googleapis.com/token",  # noqa: S106  (an address)
        scope="https://mail.google.com/",
        parameters=(("access_type", "offline"), ("prompt", "consent")),
    ),
)
