"""Widgets of the TUI. `safe` is the only door through which text reaches the screen."""
