"""
Sharing - which body offers which service, in which version, who does it for whom, and at what price.

Owns:    Adoption, Agreement, RechargeTerms.
Offers:  actions.adopt, actions.end_adoption, actions.agree_desk, actions.agree_terms, actions.end_terms;
         queries.adoption, queries.adoptions, queries.may_take, queries.terms_between, queries.terms_of;
         events.ServiceAdopted, events.DeskAgreed.
Needs:   core, bodies, catalogue.
Never:   opens a case, moves money, or lets a body act for another without a dated agreement.
"""
