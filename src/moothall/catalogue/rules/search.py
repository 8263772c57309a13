"""Find the service that somebody's own words mean.

Words are stemmed and, when unknown, matched with the nearest known ones. A word counts by how few services use it
(inverse document frequency) and by where it stands: a title more than a help text. Whole phrases count extra.
"""

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass, field

from moothall.catalogue.rules.words import STOP, distance, stem, trigrams, words

TITLE, SYNONYM, SUMMARY, ANSWER = 4.0, 3.0, 1.0, 0.5
PHRASE = 2.5
SATURATION = 1.2
MOST_WORDS, FIRST_WORDS = 150, 15
"""Words of a letter that are weighed at all, and those that count in full."""
_POLITE = """
    dear sir madam regards sincerely faithfully thank thanks writing write wrote phone mobile tel number email
    because year years lived live living glad hear soon kind hope well yours many months weeks days ago
    regarding re fwd fw taxes pay council annwyl syr diolch cofion cyngor
"""
POLITE = frozenset(_POLITE.split())
"""Words that letters have whatever they are about."""


@dataclass
class Index:
    """What is known of each service's words."""

    weights: dict = field(default_factory=lambda: defaultdict(dict))  # stem -> {service: weight}
    phrases: dict = field(default_factory=lambda: defaultdict(set))  # (stem, stem) -> services
    pieces: dict = field(default_factory=lambda: defaultdict(set))  # trigram -> stems
    rarity: dict = field(default_factory=dict)
    services: tuple = ()


def build(definitions):
    """Return the Index of these definitions."""
    index = Index(services=tuple(d.id for d in definitions))
    for definition in definitions:
        for text, weight in _texts(definition):
            _add(index, definition.id, text, weight)
    for term, by_service in index.weights.items():
        index.rarity[term] = math.log(1 + (len(definitions) + 0.5) / (len(by_service) + 0.5))
        for piece in trigrams(term):
            index.pieces[piece].add(term)
    return index


def search(index, text):
    """Return [(service id, score)] for the services that fit, best first, at most 10; empty when none does."""
    terms = _terms(text)
    matched = [_matches(index, term) for term in terms]
    scores = defaultdict(float)
    for found in matched:
        for service in {s for term, _ in found for s in index.weights[term]}:
            scores[service] += max(_worth(index, term, service) * sure for term, sure in found)
    for first, second in itertools.pairwise(matched):
        for service in _together(index, first, second):
            scores[service] += PHRASE
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best = ranked[0][1] if ranked else 0
    return [(service, round(score, 3)) for service, score in ranked if score >= best * 0.25][:10]


def explain(index, subject, text):
    """Return [(service id, score, words)] for a letter, best first, at most 3, with the words that decided.

    Each word counts once, as it stands: a letter has enough words for chance likenesses to add up. What it is about
    stands in its subject and its first sentences; what comes later counts less.
    """
    scores, told = defaultdict(float), defaultdict(dict)
    sentences = [(_letter_words(subject), 1.0), (_letter_words(text)[:MOST_WORDS], 0.6)]
    weighed = {}
    for said, share in sentences:
        for place, word in enumerate(said):
            worth = share if place < FIRST_WORDS else share / 3
            weighed[word] = max(worth, weighed.get(word, 0))
        for pair in itertools.pairwise([stem(word) for word in said[:FIRST_WORDS]]):
            for service in index.phrases.get(pair, ()):
                scores[service] += PHRASE * share
    for word, share in weighed.items():
        term = stem(word)
        for service in index.weights.get(term, ()):
            worth = share * _worth(index, term, service)
            scores[service] += worth
            told[service][word] = worth
    ranked = sorted(((s, v) for s, v in scores.items() if s in told), key=lambda item: (-item[1], item[0]))[:3]
    return [
        (service, round(score, 3), tuple(sorted(told[service], key=lambda word: -told[service][word])[:6]))
        for service, score in ranked
        if score >= ranked[0][1] * 0.4
    ]


def _letter_words(text):
    """Return the words of a letter that say what it is about."""
    return [w for w in words(text) if w not in STOP and w not in POLITE and not w.isdigit()]


def _texts(definition):
    yield definition.title.en, TITLE
    yield definition.title.cy, TITLE
    for synonym in (*definition.synonyms.en, *definition.synonyms.cy):
        yield synonym, SYNONYM
    yield definition.summary.en, SUMMARY
    yield definition.summary.cy, SUMMARY
    yield definition.id.replace("-", " "), SYNONYM
    for question in definition.questions:
        for option in getattr(question, "options", {}).values():
            yield option.en, ANSWER
            yield option.cy, ANSWER


def _terms(text):
    plain = [w for w in words(text) if w not in STOP]
    return [stem(w) for w in plain]


def _add(index, service, text, weight):
    terms = _terms(text)
    for term in terms:
        index.weights[term][service] = max(index.weights[term].get(service, 0), weight)
    if weight >= SYNONYM:
        for pair in itertools.pairwise(terms):
            index.phrases[pair].add(service)


def _worth(index, term, service):
    weight = index.weights[term].get(service, 0)
    return index.rarity[term] * weight / (weight + SATURATION) * 2


def _matches(index, term):
    """Return [(known term, how sure)]: the term itself, or the nearest known ones when it is not known."""
    if term in index.weights:
        return [(term, 1.0)]
    if len(term) < 4:
        return []
    most = 1 if len(term) < 7 else 2
    own = trigrams(term)
    shared = defaultdict(int)
    for piece in own:
        for other in index.pieces.get(piece, ()):
            shared[other] += 1
    near = []
    for other, count in shared.items():
        if other.startswith(term) or (len(other) > 3 and term.startswith(other)):
            near.append((other, 0.8))
        elif count >= 2 and (slips := distance(term, other, most)) <= most:
            near.append((other, 0.9 - 0.2 * slips))
    surest = max((sure for _, sure in near), default=0)
    return [(other, sure) for other, sure in near if sure >= surest - 0.05]


def _together(index, first, second):
    return {s for a, _ in first for b, _ in second for s in index.phrases.get((a, b), ())}
