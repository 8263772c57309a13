"""
Bodies - the public bodies, the land they look after, their teams and their staff.

Owns:    Body, Team, Staff, Group, Area, Street, Dwelling, DutyException, Edition.
Offers:  queries.responsible, queries.who_does_what, queries.body, queries.bodies, queries.free_id, queries.lineage,
         queries.stands_for, queries.place,
         queries.find_places, queries.complete, queries.chosen, queries.dwelling, queries.street,
         queries.streets_within, queries.teams, queries.team, queries.staff_of, queries.staff,
         queries.colleagues; actions.found_body,
         actions.form_team, actions.appoint, actions.end_appointment, actions.bring_in,
         actions.let_go, actions.keep_group, actions.welcome_groups, actions.lay_out, actions.rename,
         actions.restyle, actions.admit.
Needs:   core, ui.
Never:   knows a case or a resident; decides by a body's name what the law gives to its kind.
"""
