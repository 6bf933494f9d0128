"""Sweep: records to turns. Rules propose and compute; they send nothing and know no screen."""
