"""What promises decides in plain Python: whether a partnership fits, and how it fares."""
