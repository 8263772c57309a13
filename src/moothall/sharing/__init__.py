"""
Sharing - which body offers which service, who does it for whom at what price, and which bodies agreed to share.

Owns:    Adoption, Agreement, DrawDown, Evidence, Offer, RechargeProposal, RechargeTerms, Partnership, Telling,
         Terms, Withheld, Decision, TermsDraft.
Offers:  actions.begin_own, actions.draw_down_own, actions.end_adoption, actions.agree_desk,
         actions.agree_terms, actions.end_terms,
         actions.propose_recharge, actions.propose_recharge_end, actions.answer_recharge, actions.withdraw_recharge,
         actions.offer_service, actions.withdraw_offer, actions.begin_draw_down, actions.set_draw_down,
         actions.write_evidence, actions.sign, actions.go_live, actions.give_up, actions.propose, actions.decide,
         actions.leave, actions.propose_end; queries.adoption, queries.adoptions, queries.may_take,
         queries.terms_between, queries.terms_of, queries.offers, queries.compare, queries.partnerships,
         queries.partnership, queries.adopted_as; actions.offer_version, actions.take_version, actions.take_back;
         actions.tell, actions.tell_no_more, queries.who_is_told, queries.recipients;
         events.ServiceAdopted, events.DeskAgreed, events.OfferMade, events.OfferWithdrawn, events.VersionOffered,
         events.TermsProposed, events.TermsDecided.
Needs:   core, ui, bodies, catalogue.
Never:   opens a case, moves money, or lets a body act for another without a dated agreement; changes terms that were
         proposed, or a decision that was recorded.
"""
