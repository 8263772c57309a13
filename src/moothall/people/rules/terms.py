"""The kinds of thing we may know about a person, and the words for them."""

CONTACTS = {"email": "E-mail", "phone": "Phone", "post": "Post"}
VERIFIED_BY = {
    "code": "Entered a code we sent there",
    "sign-in": "Signs in with it",
    "papers": "Shown on papers",
    "call-back": "We called back",
}
NEEDS = {
    "language": {
        "cy": "Welsh", "en": "English", "pl": "Polish", "ur": "Urdu", "pa": "Punjabi", "ro": "Romanian", "ar": "Arabic",
        "bfi": "British Sign Language",
    },
    "format": {
        "large-print": "Large print", "braille": "Braille", "audio": "Audio", "easy-read": "Easy Read",
    },
    "access": {
        "hearing": "Hard of hearing", "step-free": "Needs step-free access", "assisted-bins": "Needs help with bins",
    },
    "safety": {
        "protected": "Never tell anyone their contact details, and never write to an old one",
    },
}  # fmt: skip
"""Languages by BCP 47 tag."""
ACTS_AS = {
    "carer": "Carer",
    "parent": "Parent or guardian",
    "attorney": "Holds a lasting power of attorney (Mental Capacity Act 2005 s.9)",
    "deputy": "Deputy appointed by the court (Mental Capacity Act 2005 s.16)",
    "appointee": "Appointee for benefits (SI 1987/1968 reg 33)",
    "advocate": "Advocate (Care Act 2014 s.67)",
    "councillor": "Councillor asked by the person",
    "friend": "Friend or relative the person named",
}
BASES = {
    "consent": "UK GDPR Art 6(1)(a)",
    "contract": "UK GDPR Art 6(1)(b)",
    "legal-obligation": "UK GDPR Art 6(1)(c)",
    "public-task": "UK GDPR Art 6(1)(e)",
}
