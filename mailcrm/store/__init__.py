"""Engine, unit of work, migrations, the engine's lock: where records live."""

from mailcrm.store.engine import Store

__all__ = ["Store"]
