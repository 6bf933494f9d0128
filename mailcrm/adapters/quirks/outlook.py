"""Microsoft 365 and Outlook.com: no passwords over IMAP any more; the SMTP server files sent mail."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name="Microsoft 365",
    hosts=("office365.com", "outlook.com", "hotmail.com", "partner.outlook.cn"),
    files_sent_itself=True,
    hint=say(
        "Microsoft takes no passwords over IMAP any more, only a sign-in in the browser, which this release of mailcrm can't do yet."
    ),
    domains=("outlook.com", "hotmail.com", "live.com", "msn.com"),
    imap="imaps://outlook.office365.com",
    smtp="smtp+starttls://smtp.office365.com",
)
