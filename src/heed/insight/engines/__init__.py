"""Where measures are counted: on the live database, or on snapshots of the facts. The same measures, the same answers."""
