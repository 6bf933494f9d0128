"""The façade of the house: people's rooms ask and do through it, and through nothing else."""

from mailcrm.core.facade import Core, Notice, Outcome

__all__ = ["Core", "Notice", "Outcome"]
