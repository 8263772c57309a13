"""What chapters are called on the pages of a plan."""

CHAPTERS = {
    "core": "The audit trail, files and letters",
    "bodies": "Bodies, land, teams and staff",
    "people": "What is known of people",
    "sharing": "Services and agreements",
    "ledger": "The books",
    "booking": "Days that can be booked",
    "casework": "Cases and their work",
    "contracts": "Contracts",
    "settlement": "Recharges",
    "standards": "Keys of other systems",
    "appraisal": "Appraisals",
    "functions.highways": "Roads",
    "functions.links": "Links to other systems",
    "functions.waste": "Bin rounds",
    "promises": "Promises between partners",
    "scrutiny": "Published figures",
    "reorganisation": "Plans",
    "leaving": "Decisions to leave",
    "onboarding": "Bodies that join",
}
