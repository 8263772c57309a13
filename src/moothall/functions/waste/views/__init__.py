"""Pages of waste: bin calendars for everybody (`bins`), rounds and visits for those who do them (`rounds`, `crew`)."""
