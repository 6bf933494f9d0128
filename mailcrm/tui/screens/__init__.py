"""Screens of the TUI, one file each."""
