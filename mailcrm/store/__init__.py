"""Engine, unit of work, packs, migrations, the engine's lock: where records live.

Nothing is imported here: what needs no database (`packs`) loads none. `HEAD` is the schema of this release.
"""

__all__ = ["HEAD"]

HEAD = "0010"
