"""What bodies may agree with each other, and what follows from it: plain rules over data."""
