"""
People - one identity per human being, and what each body lawfully holds about them.

Owns:    Person, SourceRecord, Name, ContactPoint, Residence, HouseholdMember, Need, AccountLink, ActsFor, Link.
Offers:  queries.person_for_account, queries.identity, queries.about, queries.card, queries.find,
         queries.likely_same, queries.suggestions, queries.name_of, queries.contact_of, queries.language_of,
         queries.needs_of, queries.needs_in_words, queries.needs_counted,
         queries.may_act_for, queries.helpers_of, queries.helpers_now, queries.helped_by, queries.helping,
         queries.written_to, queries.held_about; actions.record_person, actions.welcome, actions.share_with,
         actions.add_contact, actions.verify_contact, actions.end_contact, actions.move_home, actions.set_need,
         actions.set_needs, actions.add_needs, actions.pass_on_needs,
         actions.share_household, actions.appoint_agent, actions.end_agent, actions.name_helper,
         actions.take_up_help, actions.end_help, actions.note_help, actions.watch_helpers, actions.link, actions.unlink,
         actions.keep_apart, actions.take_in, actions.check_many, actions.take_in_many, actions.end_record,
         actions.erase, actions.let_go.
Needs:   bodies, core, ui.
Never:   joins what two bodies hold without a person deciding so; shows a body what another collected; keeps a
         contact who has not signed in.
"""
