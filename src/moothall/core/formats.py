"""The formats that letters on paper are made in. Plain Python.

Large print is made by us. Braille, audio and Easy Read are made by people, so such a letter waits in a list until
somebody has sent it.
"""

FORMATS = {"large-print": "Large print", "braille": "Braille", "audio": "Audio", "easy-read": "Easy Read"}
BY_HAND = ("braille", "audio", "easy-read")
WORKING_DAYS = 5
"""Within so many a letter is made by hand and sent. No law names a number: that is what the house promises, as the
Equality Act 2010 s.20(6) asks for what is reasonable, and most of our letters have a day in them."""


def format_of(channel: str, made_as: str) -> str:
    """Return the format that a message is made in: only letters have one. ValueError for one that there is not.

    >>> format_of("letter", "braille"), format_of("email", "braille"), format_of("letter", "")
    ('braille', '', '')
    """
    if made_as and made_as not in FORMATS:
        raise ValueError(f"no format is called {made_as!r}: use one of {', '.join(FORMATS)}")
    return made_as if channel == "letter" else ""
