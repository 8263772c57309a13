"""The posts that a council has before it works: officers that the law asks for, councillors, and whoever prepares it.

Sources: new councils are elected in shadow form before their day, as by the Cumbria (Structural Changes) Order 2022;
the officers are those of the Local Government and Housing Act 1989 s.5 and the Local Government Act 1972 s.151.
"""

POSTS = {
    "monitoring-officer": "Monitoring officer",
    "section-151-officer": "Section 151 officer",
    "councillor": "Councillor",
    "partnership-office": "Officer who prepares it",
}
