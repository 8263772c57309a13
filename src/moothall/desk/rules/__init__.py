"""What the desk decides without a database: what a contact was about, and whether it could have been spared."""
