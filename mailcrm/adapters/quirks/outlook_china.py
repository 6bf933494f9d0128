"""Microsoft 365 as 21Vianet runs it in China: other servers, and a sign-in of its own."""

from mailcrm.adapters.quirks import outlook
from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.signin import SignIn
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Microsoft 365 (21Vianet)"),
    hosts=("partner.outlook.cn",),
    takes_passwords=False,
    files_sent_itself=True,
    hint=outlook.QUIRK.hint,
    imap="imaps://partner.outlook.cn",
    smtp="smtp+starttls://smtp.partner.outlook.cn",
    sign_in=SignIn(
        section="microsoft",
        authorization_endpoint="https://login.partner.microsoftonline.cn/common/oauth2/v2.0/authorize",
        token_endpoint="https://login.partner.microsoftonline.cn/common/oauth2/v2.0/token",  # noqa: S106  (an address)
        device_authorization_endpoint="https://login.partner.microsoftonline.cn/common/oauth2/v2.0/devicecode",
        scope="https://partner.outlook.cn/IMAP.AccessAsUser.All https://partner.outlook.cn/SMTP.Send offline_access",
        redirect_host="localhost",
    ),
)
