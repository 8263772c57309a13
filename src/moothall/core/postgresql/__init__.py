"""PostgreSQL for Django, with a check of a kept connection that costs no question."""
