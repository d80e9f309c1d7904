"""Tags of the design: `heed` is known to every template, `heed_charts` to those that load it."""
