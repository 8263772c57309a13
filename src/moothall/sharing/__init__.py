"""
Sharing - which body offers which service, in which version, who does it for whom, and at what price.

Owns:    Adoption, Agreement, Offer, RechargeTerms.
Offers:  actions.adopt, actions.end_adoption, actions.agree_desk, actions.agree_terms, actions.end_terms,
         actions.offer_service, actions.withdraw_offer; queries.adoption, queries.adoptions, queries.may_take,
         queries.terms_between, queries.terms_of, queries.offers, queries.compare;
         events.ServiceAdopted, events.DeskAgreed, events.OfferMade, events.OfferWithdrawn.
Needs:   core, ui, bodies, catalogue.
Never:   opens a case, moves money, or lets a body act for another without a dated agreement.
"""
