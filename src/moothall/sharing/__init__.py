"""
Sharing - which body offers which service, in which version, and who does it for whom.

Owns:    Adoption, Agreement.
Offers:  actions.adopt, actions.end_adoption, actions.agree_desk; queries.adoption, queries.adoptions, queries.may_take;
         events.ServiceAdopted, events.DeskAgreed.
Needs:   core, bodies, catalogue.
Never:   opens a case, moves money, or lets a body act for another without a dated agreement.
"""
