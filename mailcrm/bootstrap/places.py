"""Where things lie, and which language is spoken: what every call needs first, so nothing heavy is imported here."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import mailcrm
from mailcrm.domain.words import LANGUAGES, install

__all__ = ["catalogue", "default_home", "install_language", "packaged"]

_PACKAGE = Path(mailcrm.__file__).parent


def packaged(name: str) -> Path:
    """Return a packaged directory ("templates", "config"): inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def default_home() -> Path:
    """Return MAILCRM_HOME, else the platform's data directory."""
    given = os.environ.get("MAILCRM_HOME")
    if given:
        return Path(given)
    from platformdirs import user_data_dir

    return Path(user_data_dir("mailcrm"))


def install_language(language: str | None) -> None:
    """Speak `language`; None: that of MAILCRM_LANG or the locale, English where it is neither Chinese nor English."""
    variables = ("MAILCRM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = language or next((os.environ[name] for name in variables if os.environ.get(name)), "en")
    code = wanted.replace("-", "_").partition("_")[0].lower()
    code = code if code in LANGUAGES else "en"
    install(code, catalogue(code))


def catalogue(code: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; English speaks as the code stands."""
    return gettext.translation("mailcrm", _PACKAGE / "locale", languages=[code], fallback=True)
