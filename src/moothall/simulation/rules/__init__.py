"""How a county is made up: its land, roads, homes and people, the same for the same seed. Plain Python."""
