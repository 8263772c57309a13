"""A payment provider to practise with: `server` speaks the protocol, `page` is what the payer sees, `post` tells us."""
