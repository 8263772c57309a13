"""What highways does: keep the policy and the map, join reports, inspect, mend, check."""

from moothall.functions.highways.actions.defects import check, inspect
from moothall.functions.highways.actions.network import adopt_policy, lay_street
from moothall.functions.highways.actions.repairs import open_order, record_visit
from moothall.functions.highways.actions.reports import report, wait, withdraw

__all__ = ["adopt_policy", "check", "inspect", "lay_street", "open_order", "record_visit", "report", "wait", "withdraw"]
