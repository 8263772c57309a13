"""What promises keeps."""

from moothall.promises.models.ideas import Fund, Idea
from moothall.promises.models.partnerships import CaseTime, FitRun, Measurement, Warning
from moothall.promises.models.plans import Lesson, Plan, PlanAction, Voice
from moothall.promises.models.savings import Baseline, Saving, SavingEvent, SavingFigure, SavingLine, Verification

__all__ = [
    "Baseline", "CaseTime", "FitRun", "Fund", "Idea", "Lesson", "Measurement", "Plan", "PlanAction", "Saving",
    "SavingEvent", "SavingFigure", "SavingLine", "Verification", "Voice", "Warning",
]  # fmt: skip
