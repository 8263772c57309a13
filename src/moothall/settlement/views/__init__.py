"""Pages of recharges, for those who look after a body's money."""
