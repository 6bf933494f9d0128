"""The background engine: ticks, the lock, waiting for mail. APScheduler lives here and nowhere else."""
