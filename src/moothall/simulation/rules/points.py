"""Where the invented councils receive people: a counter in each town."""

from moothall.simulation.rules.organisations import COUNTY, DISTRICT_IDS

OFFICE = "Mo-Fr 09:00-17:00"
COUNTERS = (
    # body, name, its Welsh, how its postcode begins, hours, languages, what there is, whether one draws a number
    (COUNTY, "County Hall reception", "Derbynfa Neuadd y Sir", "ZM1", OFFICE,
     ("en", "cy", "bsl"), ("step-free", "hearing-loop", "toilet", "parking"), False),
    (DISTRICT_IDS["Ashby"], "Ashby Town Hall", "Neuadd y Dref Ashby", "ZM1", f"{OFFICE}; Sa 10:00-13:00",
     ("en", "cy", "pl", "ur"), ("step-free", "hearing-loop", "toilet", "quiet-room", "computer"), True),
    (DISTRICT_IDS["Borley"], "Borley one-stop shop", "Siop un alwad Borley", "ZM2", OFFICE,
     ("en", "ro"), ("step-free", "toilet", "computer"), True),
    (DISTRICT_IDS["Coveham"], "Coveham library counter", "Cownter llyfrgell Coveham", "ZM3",
     "Tu-Fr 10:00-18:00; Sa 10:00-16:00", ("en",), ("step-free", "hearing-loop", "parking"), False),
    (DISTRICT_IDS["Dunmere"], "Dunmere council offices", "Swyddfeydd cyngor Dunmere", "ZM4",
     "Mo-We 09:00-16:30; Th 09:00-19:00; Fr 09:00-16:00", ("en", "pa"), ("step-free", "toilet"), False),
)  # fmt: skip
CLOSED = ("Staff training", "Hyfforddiant staff")
"""Why each is closed for a morning next month, in both languages."""
