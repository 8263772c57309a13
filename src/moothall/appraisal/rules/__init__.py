"""The appraisal engine: plain Python and numpy, no database, no clock, no web; the same case gives the same figures."""

import os

# Products of matrices are added up in one order, whatever the machine; and threads that wait for each other by spinning
# make a busy machine ten times slower. It counts if numpy has not been loaded yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
