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
    },
    "interpreter": {
        "bfi": "British Sign Language interpreter", "lip": "Lipspeaker",
        "deafblind": "Interpreter for deafblind people",
        "cy": "Welsh interpreter", "pl": "Polish interpreter", "ur": "Urdu interpreter", "pa": "Punjabi interpreter",
        "ro": "Romanian interpreter", "ar": "Arabic interpreter",
    },
    "format": {
        "large-print": "Large print", "braille": "Braille", "audio": "Audio", "easy-read": "Easy Read",
    },
    "calls": {
        "none": "Cannot use the phone", "relay": "Uses the phone by Relay UK (text relay)",
    },
    "access": {
        "hearing": "Hard of hearing", "sight": "Blind, or sees badly", "step-free": "Needs step-free access",
        "time": "Needs more time, or things said plainly", "assisted-bins": "Needs help with bins",
    },
    "safety": {
        "protected": "Never tell anyone their contact details, and never write to an old one",
    },
}  # fmt: skip
"""Languages by BCP 47 tag, which has sign languages too ("bfi")."""
NEEDS_BASIS = (
    "reasonable adjustments and equality (Equality Act 2010 s.20, s.29 and s.149); as it may tell of health, "
    "UK GDPR article 9(2)(g) with Data Protection Act 2018 Schedule 1 paragraph 6"
)
"""Why we may know of needs. Section 20(6): information in an accessible format; 20(7): never at the person's cost."""
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
MAY_DO = {
    "ask": "Ask for services, choose days and pay",
    "follow": "See requests, how they go and what we wrote",
    "add": "Write to us about requests, and add information",
    "settle": "Cancel requests, open them again, complain and appeal",
}
"""What somebody who acts for a person may do (`helping.MAY`), in words for staff."""
WRITTEN_TO = {
    "alone": "To the person alone",
    "beside": "To both",
    "instead": "To their helper, and not to the person",
}
BASES = {
    "consent": "UK GDPR Art 6(1)(a)",
    "contract": "UK GDPR Art 6(1)(b)",
    "legal-obligation": "UK GDPR Art 6(1)(c)",
    "public-task": "UK GDPR Art 6(1)(e)",
}
