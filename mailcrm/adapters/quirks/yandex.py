"""Yandex Mail and Yandex 360."""

from mailcrm.adapters.quirks.quirk import Quirk
from mailcrm.domain.words import say

QUIRK = Quirk(
    name=say("Yandex Mail"),
    hosts=(
        "yandex.com",
        "yandex.ru",
        "yandex.net",
    ),
    auth_code=True,
    hint=say(
        "Yandex wants an app password in place of the password: in the web mail open Settings, Email clients, allow IMAP with app passwords, then make one for mail in your Yandex ID and give that to mailcrm."
    ),
    domains=(
        "yandex.com",
        "yandex.ru",
        "ya.ru",
        "yandex.kz",
        "yandex.by",
        "yandex.com.tr",
    ),
    imap="imaps://imap.yandex.com",
    smtp="smtps://smtp.yandex.com",
)
