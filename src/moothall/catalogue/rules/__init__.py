"""What a service definition means, decided in plain Python: no database, no clock, no web."""
