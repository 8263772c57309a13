"""What settlement keeps."""

from moothall.settlement.models.costs import CostCentre, CostFile, CostLine, CostMap, Headcount
from moothall.settlement.models.statements import Dispute, Line, Section, Statement

__all__ = [
    "CostCentre", "CostFile", "CostLine", "CostMap", "Dispute", "Headcount", "Line", "Section", "Statement",
]  # fmt: skip
