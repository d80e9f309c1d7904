"""Control charts, funnel plots, early warning, before-and-after: numbers in, numbers out."""
