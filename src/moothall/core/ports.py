"""Questions that every chapter answers about its own rows, asked from above without knowing who answers.

An answer lives in a chapter's `handlers.py` and is registered when the app is ready. It names the tables it speaks
for; a house test refuses a table with personal data that no answer speaks for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Owed:
    """Something that somebody has to send us: a sentence with its day, where it is done, and whether it is late."""

    words: str
    address: str
    late: bool


@dataclass(frozen=True)
class Answer:
    """One chapter's answer to a port."""

    chapter: str
    tables: frozenset[str]
    give: Callable


class Port:
    """A question with any number of answers. Iterate to get them in the order of the chapters' names."""

    def __init__(self, name: str, asks: str):
        self.name, self.asks = name, asks
        self._answers: dict[str, Answer] = {}

    def answer(self, *tables: str) -> Callable:
        """Register the decorated function as its chapter's answer, speaking for these tables."""

        def register(give: Callable) -> Callable:
            chapter = give.__module__.removeprefix("moothall.").rpartition(".")[0]
            self._answers[f"{chapter}.{give.__name__}"] = Answer(chapter, frozenset(tables), give)
            return give

        return register

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._answers[key] for key in sorted(self._answers))

    def tables(self) -> frozenset[str]:
        """Return every table that some answer speaks for."""
        return frozenset().union(*(a.tables for a in self))


body_ids = Port("body_ids", "Which bodies are on the platform? () -> list of ids; periodic tasks fan out over them.")
lineage = Port(
    "lineage", "Whose rows does a body see? (body_id) -> ids, itself first; then those that it took the place of"
)
subject_access = Port(
    "subject_access", "What do you hold about this person? (person_ids, *, at) -> {heading: [rows as plain dicts]}"
)
find_person = Port("find_person", "Who is this? (text, body_id) -> list of {person_ids, name, detail}")
erase = Port("erase", "Erase this person's values. (person_ids, body_id, *, at, by) -> {table: number of rows}")
retention = Port("retention", "Erase what is past its time. (body_id, *, at, by) -> {table: number of rows}")
left_behind = Port(
    "left_behind", "Whose records are still here though they left? () -> list of ids; their time runs out like others'"
)
forget_body = Port(
    "forget_body",
    "Erase all that you hold about this body's people: it left, and took it along. (body_id, *, at, by) "
    "-> {table: number of rows}",
)
owes = Port(
    "owes",
    "What does somebody have to send us soon, or late, by these requests of theirs? (case_ids, day, language) "
    "-> list of Owed, by day",
)
service_figure = Port(
    "service_figure", "How often is this service's promise kept? (service_id, body_id) -> sentence, address or None"
)
service_offer = Port(
    "service_offer",
    "How does this body offer this service? (service_id, body_id, day) -> (version id, settings) or None",
)
service_alert = Port(
    "service_alert",
    "What should somebody know before they ask for this? (service_id, place or None, body_id or None) "
    "-> list of (sentence, address)",
)
service_wait = Port(
    "service_wait",
    "Is whoever does this for the body full? (service_id, body_id, day) "
    "-> (name of who does it, day by which a request made that day is done) or None",
)
case_volumes = Port(
    "case_volumes",
    "How many requests did this body have for this service? (service_id, body_id, first day, day after the last) "
    "-> number; of one's own body only",
)
contacts_about = Port(
    "contacts_about",
    "Who was in touch about this case, whatever way they came? (case_id) -> list of lines with at, channel, kind, "
    "outcome and note, newest first, as far as the scope shows them",
)
needs_of_cases = Port(
    "needs_of_cases",
    "What should those know who meet the residents of these cases? (case_ids) -> {case_id: list of words}, as far as "
    "the scope shows them",
)
access_points = Port(
    "access_points",
    "Where are people received? (body_id or None, service_id or '') -> list of places with id, body_id, name, address, "
    "postcode, lat, lon, hours, services, access and url",
)
provider_load = Port(
    "provider_load",
    "How much of this service does this body have to do for others? (service_id, provider_id, since) "
    "-> (requests open, requests that came since that day)",
)
partnership_finding = Port(
    "partnership_finding",
    "What is known of how this partnership fares? (partnership_id, day, language) -> list of (sentence, address)",
)
has_left = Port("has_left", "Has this body, which is no partner, left this platform? (body_id) -> bool")
body_notice = Port(
    "body_notice",
    "What should everybody know of this body that changes? (body_id, day, language) -> list of (sentence, address)",
)
work_between = Port(
    "work_between",
    "How much did bodies do for each other? (body_ids, first, last) -> list of (provider, receiver, cases, pence)",
)
belongings = Port(
    "belongings",
    "Which rows of your tables go with a body that leaves? () -> {table: core.belongings.Share}; a table that nobody "
    "names goes by its body_id",
)
promises_kept = Port(
    "promises_kept",
    "How often were these promises kept? (list of (body_id, service_id, first day, day after the last)) "
    "-> {each of these: (kept, of how many)}, of a body and those whose place it took; what is too few is left out",
)
promises_over_time = Port(
    "promises_over_time",
    "How did this body's service keep its promises in the year up to a day? (body_id, service_id, day) "
    "-> list of ui.charts.Chart in the language of the page: how many were kept, how many days it took",
)
closed_appraisals = Port(
    "closed_appraisals",
    "Which appraisals has this body closed and published? (body_id) -> list of {key, title, closed_on, in_house, "
    "address}, newest first; in_house: whether doing it oneself is among the options",
)
rehearsal = Port(
    "rehearsal",
    "Where can something be tried? (name) -> context manager: psycopg's parameters of the owner's connection to a copy "
    "of the whole database, which is thrown away at the end",
)
succession = Port(
    "succession",
    "What becomes of your rows when bodies become one, or one is divided? () -> core.succession.Chapter",
)
comes_by_plan = Port(
    "comes_by_plan", "Does this body begin by a plan of others, so that it is not invited on its own? (body_id) -> bool"
)
may_commit = Port(
    "may_commit",
    "May this body bind itself so far? (core.commitments.Commitment) -> nothing; raises a Refusal that says what to "
    "ask for, and where",
)
