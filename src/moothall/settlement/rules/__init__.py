"""How what is owed is spread over lines, over a year and over bodies, and what may follow what. Plain Python."""
