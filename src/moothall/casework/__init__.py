"""
Casework - a request from first contact to outcome: intake, steps, clock, messages, documents.

Owns:    Attachment, Case, Counter, Draft, Event, Follower, Message, Note, Payload, PublicPlace, PublicUpdate, Relation,
         Step, Submission, Task.
Offers:  actions.open_case, actions.finish_step, actions.refuse_step, actions.fail_step, actions.retry_step,
         actions.wake_step, actions.add_note, actions.add_information, actions.cancel_case, actions.reopen_case,
         actions.close_case, actions.complain, actions.assign, actions.hand_over, actions.hand_over_team,
         actions.pause_promise, actions.resume_promise, actions.send_message, actions.receive_message,
         actions.reach_another_way, actions.attach, actions.follow, actions.link_person, actions.relate,
         actions.move_day, actions.change_day, actions.remind_of_day, actions.save_draft, actions.take_over,
         actions.check_brought, actions.send_draft_code, actions.pick_up_draft, actions.tell_own_people,
         actions.book_interpreter, actions.cancel_interpreter; queries.case, queries.needs_of, queries.needs_when_met,
         queries.timeline, queries.queue, queries.urgent, queries.track, queries.nearby, queries.my_cases,
         queries.helped_cases,
         queries.link_health;
         events.CaseOpened, events.StepReady, events.StepDone, events.CaseClosed, events.PromiseMissed.
Needs:   core, ui, bodies, people, catalogue, sharing, ledger, booking.
Never:   does the work of a step itself, decides who is responsible, edits its history, shows a case outside its scope.
"""
