"""How everything looks: the theme, chosen, shown and kept, and no colour at all where none is wanted.

Room: tui. In: the name of a theme. Out: all screens painted anew, and the choice told to the core, which keeps it. The app is built on
this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.filter import LineFilter, NoColor

from mailcrm.domain.words import _
from mailcrm.tui.errands import Errands
from mailcrm.tui.theme import DARK, LIGHT
from mailcrm.tui.widgets import safe

if TYPE_CHECKING:
    from mailcrm.core.late import Desk
    from mailcrm.tui.screens.base import MailScreen

__all__ = ["Looks"]


class Looks(Errands):
    """An app whose theme can be chosen. `theme`: the one to begin with, "" for our own."""

    def __init__(self, core: Desk, theme: str) -> None:
        super().__init__(core)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name
        self.no_theme = theme if theme != self.theme else ""

    def key_name(self, id: str) -> str:  # noqa: A002  (the id of a binding)
        """Return the key of a binding as people write it."""
        raise NotImplementedError

    def mail_screens(self) -> Sequence[MailScreen[Any]]:
        """Return the open screens of ours."""
        raise NotImplementedError

    def tell_no_theme(self) -> None:
        """Say that the theme that is set doesn't exist, where it doesn't."""
        if self.no_theme:
            key = self.key_name("app.themes")
            words = _("There is no theme {name}: {key} shows those there are.", name=self.no_theme, key=key)
            safe.toast(self, words, "warning")

    def action_theme(self) -> None:
        """Switch between light and dark."""
        self._keep_theme(LIGHT.name if self.current_theme.dark else DARK.name)

    def action_themes(self) -> None:
        """Choose among all themes."""
        from mailcrm.tui.screens.themes import ThemeScreen

        self.push_screen(ThemeScreen(self.theme), self._keep_theme)

    def show_theme(self, name: str) -> None:
        """Let everything look like this."""
        self.theme = name
        for screen in self.mail_screens():
            screen.relanguage()

    def _keep_theme(self, name: str | None) -> None:
        if name is not None:
            self.show_theme(name)
            self.do("choose_theme", theme=name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what painted lines pass through; where no colour is wanted (NO_COLOR) that takes all of it, greys too."""
        filters = super().get_line_filters()
        return [*filters, NoColor()] if self.no_color else filters
