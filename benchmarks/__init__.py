"""Measurements, each beside a baseline in the same run."""

import os

# As the product sets it for itself (moothall/__init__.py): it counts only before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
