"""The columns of each kind of file, in words for whoever makes it."""

COLUMNS = {
    "streets": (
        "usrn,street,locality,class,line",
        "line: LINESTRING (x y, x y) in metres of our grid, or in longitude and latitude. class: trunk, main, "
        "secondary or local; local when empty.",
    ),
    "addresses": (
        "uprn,usrn,number,name,postcode,easting,northing",
        "number or name, one of the two; lon and lat instead of easting and northing.",
    ),
    "customers": (
        "number,name,born,email,phone,uprn,address,postcode",
        "number: the person’s own in that system. Only number and name are needed. Nobody is joined to another because "
        "a name looks alike.",
    ),
    "cases": (
        "number,service,opened,closed,outcome,promised,channel,language,customer,name,email,phone,address,postcode,uprn,usrn,lat,lon,"
        "note,done,answer_…",
        "number, service and opened are needed; answer_ and the name of a question for each answer. done: the steps "
        "that ended there, with semicolons between them. promised: what was promised there; else the service’s clock "
        "runs from the day it was opened. A fee must be paid there first. closed and outcome: of a case that ended "
        "there, the day and one of the service’s own outcomes; it comes as history, in no queue and in no published "
        "figure.",
    ),
    "papers": (
        "C-4711/letter.pdf",
        "A zip file with a folder for each case, called by its number in that system (%2F for a slash). Take in the "
        "cases first. Each file is looked at as one that a resident sends: PDF, office files, text and pictures, up to "
        "15 MB; the place and time inside photos are removed.",
    ),
}
"""{kind of file: (its first line, what to know)}"""
