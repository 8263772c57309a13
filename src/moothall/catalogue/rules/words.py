"""Words as people type them: plain, without endings, and forgiving of slips."""

import re
import unicodedata
from functools import lru_cache

_SMALL_WORDS = """
    a an and are at be been being but by can could do does doing did for from get getting got had has have having he
    her hello hi how i if im in into is it its ive just me my of on one or our out please really she so some somebody
    someone something that the their them there these they theres this to too until up us very want was we were what
    when where which who why will with would you your need needs needed am any all as about also again still keep keeps
    outside inside near off went came fell gone
    yn y yr o ac ar mae wedi fy eich ein
"""
STOP = frozenset(_SMALL_WORDS.split())
_NEGATED = {
    *("arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hasnt"),
    *("havent", "isnt", "wasnt", "werent", "wont", "wouldnt"),
}
_ENDINGS = (
    ("ations", "at"), ("ation", "at"), ("nesses", ""), ("ness", ""), ("ments", ""), ("ment", ""), ("ings", ""),
    ("ing", ""), ("ally", "al"), ("edly", ""), ("ies", "y"), ("ied", "y"), ("ers", ""), ("er", ""), ("ed", ""),
    ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def words(text):
    """Return the words of a text in small letters, without accents, apostrophes and punctuation; "hasn't" is "not".

    >>> words("There's a hole – in Mill Lane!")
    ['theres', 'a', 'hole', 'in', 'mill', 'lane']
    >>> words("My bin hasn't been emptied")
    ['my', 'bin', 'not', 'been', 'emptied']
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    found = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return ["not" if word in _NEGATED else word for word in found]


@lru_cache(maxsize=50_000)
def stem(word):
    """Return a word without its ending, so that collected, collecting and collections are one.

    >>> {stem(w) for w in ("collected", "collecting", "collects", "collect")}
    {'collect'}
    >>> stem("dumping") == stem("dumped")
    True
    """
    if len(word) <= 3 or word.isdigit():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word.endswith("ss")):
            base = word[: len(word) - len(ending)] + instead
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                base = base[:-1]
            return base.rstrip("e") if len(base) > 3 else base
    return word


def trigrams(word):
    """Return the three-letter pieces of a word, its edges marked.

    >>> sorted(trigrams("bin"))
    ['  b', ' bi', 'bin', 'in ']
    """
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def distance(a, b, most):
    """Return how many slips (a letter wrong, missing, added, or two swapped) part two words; most + 1 when more.

    Optimal string alignment distance.

    >>> distance("pothole", "pohtole", 2), distance("lamp", "lump", 2), distance("bin", "street", 2)
    (1, 1, 3)
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before, last = None, list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if before and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
