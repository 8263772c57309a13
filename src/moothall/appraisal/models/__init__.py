"""What appraisal keeps: cases and every change of them, evidence, editions with what they withhold, and forks."""

from moothall.appraisal.models.cases import Case, Change, Evidence
from moothall.appraisal.models.editions import Edition, Withheld
from moothall.appraisal.models.forks import Fork

__all__ = ["Case", "Change", "Edition", "Evidence", "Fork", "Withheld"]
