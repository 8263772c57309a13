"""Moothall: the platform on which public bodies share services."""

import os

# Products of matrices are added up in one order, whatever the machine; and threads that wait for each other by spinning
# make a busy machine ten times slower. It counts only before numpy is loaded, and so it stands here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
