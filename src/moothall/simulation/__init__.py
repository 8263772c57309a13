"""
Simulation - a made-up county and its year, driven through the same doors as people use.

Owns:    nothing.
Offers:  actions.fill, actions.play, actions.lay_out_marchshire, actions.open_counters, actions.equip_functions,
         actions.share_services, actions.offer_services, actions.fill_registers, actions.charge_quarters,
         actions.form_partnerships, actions.end_partnership, actions.look_after_partnerships, actions.give_notice,
         actions.give_keys, actions.begin_joining, actions.plan_merger, actions.promise_savings, actions.plan_and_try,
         actions.warn_of_savings, actions.weigh_options, actions.price_contacts,
         actions.count_callers, actions.let_letters_come, actions.let_people_help, actions.receive_people,
         actions.write_a_service, actions.keep_returns, actions.post_letters;
         queries.personas, queries.tour_stop.
Needs:   appraisal, bodies, booking, casework, catalogue, contracts, core, desk, editor, functions, inbox, leaving,
         ledger, onboarding, people, promises, reorganisation, scrutiny, settlement, sharing, standards, ui.
Never:   writes a row but by another chapter's action; stands for anybody real.
"""
