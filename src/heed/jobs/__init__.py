"""The one wrapper around background tasks: queue, schedule, reaper."""
