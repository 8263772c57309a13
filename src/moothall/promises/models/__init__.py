"""What promises keeps."""

from moothall.promises.models.partnerships import CaseTime, FitRun, Measurement, Warning
from moothall.promises.models.savings import Baseline, Saving, SavingEvent, SavingFigure, SavingLine, Verification

__all__ = [
    "Baseline", "CaseTime", "FitRun", "Measurement", "Saving", "SavingEvent", "SavingFigure", "SavingLine",
    "Verification", "Warning",
]  # fmt: skip
