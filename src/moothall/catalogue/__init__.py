"""
Catalogue - services as data: what can be asked for, what is asked, what is promised and how the work goes.

Owns:    Service, Version.
Offers:  actions.publish_folder; queries.current, queries.definition, queries.services, queries.topics, queries.find,
         queries.adopted; and in queries, what follows from a definition: check_answers, settle, due, outcome, letters.
Needs:   core, ui, bodies.
Never:   holds personal data; changes a published version; knows a case, or what one body agreed with another.
"""
