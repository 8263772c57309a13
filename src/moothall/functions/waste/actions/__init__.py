"""What waste does: plan rounds, record what became of them, answer missed bins, visit, subscribe."""

from moothall.functions.waste.actions.days import close_round, mark_incomplete, note_address
from moothall.functions.waste.actions.forgetting import erase_cases, forget_body, keep_no_longer
from moothall.functions.waste.actions.missed import await_round, judge_again, report_missed, withdraw
from moothall.functions.waste.actions.plans import plan_round, shift_day
from moothall.functions.waste.actions.subscriptions import remind, subscribe
from moothall.functions.waste.actions.visits import end_visit, plan_visit

__all__ = [
    "await_round",
    "close_round",
    "end_visit",
    "erase_cases",
    "forget_body",
    "judge_again",
    "keep_no_longer",
    "mark_incomplete",
    "note_address",
    "plan_round",
    "plan_visit",
    "remind",
    "report_missed",
    "shift_day",
    "subscribe",
    "withdraw",
]
