"""Pages of licensing: the register for everybody (`register`); checks, licences and measures for officers."""
