"""The appraisal engine: plain Python and numpy, no database, no clock, no web; the same case gives the same figures."""
