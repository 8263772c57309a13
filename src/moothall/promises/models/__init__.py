"""What promises keeps."""

from moothall.promises.models.partnerships import CaseTime, FitRun, Measurement, Warning

__all__ = ["CaseTime", "FitRun", "Measurement", "Warning"]
