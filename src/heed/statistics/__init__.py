"""Control charts, funnel plots, early warning, before-and-after: numbers in, numbers out."""

import os

# The matrices here are many and small: the threads of a product would only wait for each other. Read by NumPy at its start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
