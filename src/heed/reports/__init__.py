"""Definition, frozen figures and publication of each report."""
