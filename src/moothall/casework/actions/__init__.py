"""Writes: one verb each, told at= and by=."""

from moothall.casework.actions.booked import (
    NoQuickWay,
    TooLateToChange,
    change_day,
    move_day,
    remind_of_day,
    tell_of_offer,
    wait_for_day,
    wait_no_more,
)
from moothall.casework.actions.clock import notice_missed, pause_promise, resume_promise
from moothall.casework.actions.conversation import (
    add_information,
    add_note,
    attach,
    deliver_message,
    reach_another_way,
    receive_message,
    send_message,
)
from moothall.casework.actions.drafts import (
    ask_for_code,
    begin_again,
    discard_draft,
    mark_sent,
    pick_up_draft,
    save_draft,
    send_draft_code,
)
from moothall.casework.actions.followers import follow
from moothall.casework.actions.forgetting import erase_person, forget_body, keep_no_longer
from moothall.casework.actions.interpreting import book_interpreter, cancel_interpreter
from moothall.casework.actions.life import (
    TooLateToReview,
    cancel_case,
    close_case,
    complain,
    hand_over,
    link_person,
    relate,
    reopen_case,
    take_parts_back,
)
from moothall.casework.actions.opening import AnswersWrong, Opened, open_case
from moothall.casework.actions.parting import part_ways
from moothall.casework.actions.steps import (
    fail_step,
    finish_step,
    recover_steps,
    refuse_step,
    retry_step,
    run_step,
    wake_step,
)
from moothall.casework.actions.taking_many import Checked, OneByOne, check_many, give_numbers, take_over_many
from moothall.casework.actions.taking_over import Brought, check_brought, take_over
from moothall.casework.actions.tasks import assign, finish_task, hand_over_team
from moothall.casework.actions.telling import tell_own_people
from moothall.casework.queries.outputs import OutputsWrong, SameOfficer

__all__ = [
    "AnswersWrong",
    "Brought",
    "Checked",
    "NoQuickWay",
    "OneByOne",
    "Opened",
    "OutputsWrong",
    "SameOfficer",
    "TooLateToChange",
    "TooLateToReview",
    "add_information",
    "add_note",
    "ask_for_code",
    "assign",
    "attach",
    "begin_again",
    "book_interpreter",
    "cancel_case",
    "cancel_interpreter",
    "change_day",
    "check_brought",
    "check_many",
    "close_case",
    "complain",
    "deliver_message",
    "discard_draft",
    "erase_person",
    "fail_step",
    "finish_step",
    "finish_task",
    "follow",
    "forget_body",
    "give_numbers",
    "hand_over",
    "hand_over_team",
    "keep_no_longer",
    "link_person",
    "mark_sent",
    "move_day",
    "notice_missed",
    "open_case",
    "part_ways",
    "pause_promise",
    "pick_up_draft",
    "reach_another_way",
    "receive_message",
    "recover_steps",
    "refuse_step",
    "relate",
    "remind_of_day",
    "reopen_case",
    "resume_promise",
    "retry_step",
    "run_step",
    "save_draft",
    "send_draft_code",
    "send_message",
    "take_over",
    "take_over_many",
    "take_parts_back",
    "tell_of_offer",
    "tell_own_people",
    "wait_for_day",
    "wait_no_more",
    "wake_step",
]
