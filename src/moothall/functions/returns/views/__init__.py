"""Pages of returns: what one owes (`mine`), the officers' register (`register`) and its changes (`changing`)."""
