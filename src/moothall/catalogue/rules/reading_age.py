"""How hard a text is to read: the age at which it is understood, and the sentences that are too long."""

import re

LONGEST = 25
"""Words in a sentence before it is hard to follow (GOV.UK, Content design: planning, writing and managing content,
"Short sentences": https://www.gov.uk/guidance/content-design/writing-for-gov-uk)."""

OLDEST = 11
"""The age at which every public text should be understood (the house's own limit; GOV.UK aims at 9)."""

_LEAST = 4
"""Words in what counts as a sentence: "A road", "Bin" and a reference are labels."""

_GAPS = re.compile(r"\{[^}]*\}|%\(\w+\)[sd]|<[^>]*>|https?://\S+")
_ENDS = re.compile(r"(?<=[.!?:;])\s+|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![^aeiouy]l)e$")


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence of an English text; what is filled in later, and addresses, are left out.

    >>> sentences("We will look at it. Say {where} it is.\\n\\nA road")
    [['We', 'will', 'look', 'at', 'it'], ['Say', 'it', 'is'], ['A', 'road']]
    """
    return [found for part in _ENDS.split(_GAPS.sub(" ", text)) if (found := _WORD.findall(part))]


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, less a silent e at its end.

    >>> [syllables(word) for word in ("hole", "lamp", "table", "council", "the")]
    [1, 1, 2, 2, 1]
    """
    word = word.lower()
    return max(len(_VOWELS.findall(word)) - len(_SILENT.findall(word)), 1)


def reading_age(texts: list[str]) -> float | None:
    """Return the age in years at which texts, taken together, are understood; None where there is no sentence in them.

    The Flesch-Kincaid grade plus five years (Kincaid, Fishburne, Rogers and Chissom, 1975, Derivation of new
    readability formulas, Naval Technical Training Command, Research Branch Report 8-75).
    """
    whole = [found for text in texts for found in sentences(text) if len(found) >= _LEAST]
    if not whole:
        return None
    words = [word for found in whole for word in found]
    grade = 0.39 * len(words) / len(whole) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5


def too_long(texts: list[str]) -> list[str]:
    """Return the sentences of more than LONGEST words, as words with a space between."""
    return [" ".join(found) for text in texts for found in sentences(text) if len(found) > LONGEST]
