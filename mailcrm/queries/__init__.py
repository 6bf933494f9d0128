"""Read models for screens and `--json`: frozen rows, never live records, nothing written."""
