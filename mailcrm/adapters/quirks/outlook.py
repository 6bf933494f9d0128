"""Microsoft 365 and Outlook.com: no passwords over IMAP any more; the SMTP server files sent mail.

A program that is registered for `http://localhost` may be led back to any port there, but not to 127.0.0.1.
"""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.signin import SignIn
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Microsoft 365"),
    hosts=("office365.com", "outlook.com", "hotmail.com"),
    takes_passwords=False,
    files_sent_itself=True,
    hint=say(
        "Microsoft takes no passwords over IMAP any more, only a sign-in in the browser: add the account with --oauth, then run `mailcrm account authorize NAME`."
    ),
    domains=("outlook.com", "hotmail.com", "live.com", "msn.com"),
    imap="imaps://outlook.office365.com",
    smtp="smtp+starttls://smtp.office365.com",
    sign_in=SignIn(
        section="microsoft",
        authorization_endpoint="https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        token_endpoint="https://login.microsoftonline.com/common/oauth2/v2.0/token",  # noqa: S106  (an address)
        device_authorization_endpoint="https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
        scope="https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
        redirect_host="localhost",
    ),
)
