"""How moving rows is written as SQL, and what a plan must hold before it may be carried out."""
