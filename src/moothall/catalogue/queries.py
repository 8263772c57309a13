"""Reads of the catalogue. Definitions are kept in the process: a version never changes, and its id is its content's."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings as django_settings
from ruamel.yaml import YAML

from moothall.bodies import queries as bodies
from moothall.catalogue.models import Service, Version
from moothall.catalogue.rules import (
    again,
    beginning,
    changes,
    examples,
    flow,
    folder,
    hours,
    letters,
    life,
    opening,
    rehearsal,
    report,
    ringing,
    saying,
    schema,
    search,
    wording,
)
from moothall.catalogue.rules import answers as answers_of
from moothall.catalogue.rules import pages as pages_of
from moothall.catalogue.rules.days import told as told_days
from moothall.catalogue.rules.definition import Definition
from moothall.catalogue.rules.draw import draw as draw_workflow
from moothall.catalogue.rules.draw import step_clock
from moothall.catalogue.rules.in_words import said
from moothall.catalogue.rules.load import BadDefinition, Known, load, load_files
from moothall.catalogue.rules.report import Checked
from moothall.catalogue.rules.texts import Text
from moothall.core.clock import local
from moothall.core.ports import service_offer
from moothall.core.refusal import Refusal
from moothall.core.steps import declared_outputs
from moothall.core.workdays import england

visible_questions = answers_of.visible_questions
next_question = answers_of.next_question
previous_question = answers_of.previous_question
check_answer = answers_of.check_answer
check_answers = answers_of.check_answers
stopped = answers_of.stopped
told = answers_of.told
fee = answers_of.fee
seen = flow.seen
settle = flow.settle
needed = flow.needed
answers_again = again.answers
ended = flow.ended
outcome = flow.outcome
message = flow.message
due = flow.due
promised = flow.promised
review_days = flow.review_days
heard_here = flow.heard_here
coming_days = told_days
write_letter = letters.write
day_words = letters.day_words
worked_examples = examples.read
told_examples = examples.parse
BadExamples = examples.BadExamples
changed = changes.changes
Change = changes.Change
rehearse = rehearsal.rehearse
json_schema = schema.json_schema
answers_schema = schema.answers_schema
structured = schema.structured
span_words = step_clock
fill_from_event = life.fill
check_parameters = opening.check_parameters
settings = opening.settings
MOST_WORDS = opening.MOST_WORDS
setting_words = wording.setting_words
setting_told = wording.setting_told
needs = answers_of.needs
worded = wording.worded
draw = draw_workflow
condition_said = said
promise_words = saying.promise
soonest = saying.soonest
review_words = saying.review
delayed_words = saying.delayed
cost_words = saying.cost
lawful_basis = saying.lawful_basis
describe_lines = report.show
begin = beginning.begin
begun = beginning.begun
read_folder = folder.read
write_folder = folder.write
CannotBegin = beginning.CannotBegin
drawing = report.drawing
AWAY = ringing.AWAY
hours_in_words = hours.in_words
HOURS_SAY, HoursWrong = hours.SAY, hours.HoursWrong
read_hours, open_until, clock_in_words = hours.read, hours.closes_at, hours.clock


class UnknownService(Refusal):
    """There is no such service. Look for it in the list of all services."""

    status = 404


@dataclass(frozen=True)
class Published:
    """A version of a service as published: its id, its number, and the definition itself."""

    id: UUID
    service_id: str
    number: int
    definition: Definition

    @property
    def url(self):
        """Where its page is."""
        return f"/services/{self.service_id}/"


@dataclass(frozen=True)
class Adopted:
    """A service as one body offers it: the definition with the body's own settings merged into the open ones."""

    published: Published
    settings: dict
    fee_from: int

    @property
    def definition(self):
        return self.published.definition


@lru_cache(maxsize=8)
def _pages(path):
    names = {folder.parent.name for folder in path.parent.glob("*/service.yaml")}
    return tuple(pages_of.load_pages(path.read_text(), _topics(path.parent / "topics.yaml"), names))


def pages(folder=None):
    """Return what is found beside services (`rules.pages.Page`), by English title. Read once a process."""
    path = Path(folder or django_settings.SERVICES) / "pages.yaml"
    return _pages(path) if path.exists() else ()


@lru_cache(maxsize=2000)
def _version(version_id):
    row = Version.objects.get(pk=version_id)
    return Published(row.id, row.service_id, row.number, Definition.model_validate_json(row.compiled))


def version(version_id):
    """Return the Published version with this id (UUID or its text). One statement the first time, then none."""
    try:
        return _version(UUID(str(version_id)))
    except (Version.DoesNotExist, ValueError):
        raise UnknownService() from None


def definition(version_id):
    """Return the Definition of a version; raises UnknownService. Kept in the process."""
    return version(version_id).definition


def current(service_id):
    """Return the newest Published version of a service that takes cases; raises UnknownService. One statement."""
    version_id = (
        Version.objects.filter(service_id=service_id, service__withdrawn_at=None)
        .order_by("-number")
        .values_list("id", flat=True)
        .first()
    )
    if version_id is None:
        raise UnknownService()
    return version(version_id)


def services():
    """Return the newest Published version of every service that takes cases, by English title. One statement."""
    ids = (
        Version.objects.filter(service__withdrawn_at=None)
        .order_by("service_id", "-number")
        .distinct("service_id")
        .values_list("id", flat=True)
    )
    return sorted((version(i) for i in ids), key=lambda p: p.definition.title.en.lower())


def titles(service_ids):
    """Return {service id: Text} by the newest version of each, also of services that take no cases any more.

    One statement.
    """
    ids = (
        Version.objects.filter(service_id__in=set(service_ids))
        .order_by("service_id", "-number")
        .distinct("service_id")
        .values_list("id", flat=True)
    )
    return {p.service_id: p.definition.title for p in map(version, ids)}


def versions(service_id):
    """Return [(number, id, published_at, published_by)] of a service, newest first."""
    rows = Version.objects.filter(service_id=service_id).order_by("-number")
    return list(rows.values_list("number", "id", "published_at", "published_by"))


def published_at(version_ids):
    """Return {version id: when it was published}. One statement."""
    return dict(Version.objects.filter(pk__in=version_ids).values_list("id", "published_at"))


def source(version_id):
    """Return the YAML a version was published from, as its author wrote it."""
    return files(version_id)["service.yaml"]


def files(version_id):
    """Return {path: text} of the folder that a version was published from, to the last byte; raises UnknownService.

    Of what was published before whole folders were kept, the worked examples are missing.
    """
    try:
        return Version.objects.values_list("files", flat=True).get(pk=version_id)
    except Version.DoesNotExist:
        raise UnknownService() from None


@lru_cache(maxsize=16)
def _index(version_ids, others):
    return search.build([*(version(i).definition for i in version_ids), *others])


def look_up(text, limit=10):
    """Return the Published services and Pages that somebody's own words may mean, best first; empty if none fits.

    One statement; the index is kept in the process for as long as the catalogue does not change.
    """
    published = services()
    by_id = {p.service_id: p for p in published} | {page.id: page for page in pages()}
    index = _index(tuple(sorted(p.id for p in published)), pages())
    return [by_id[found] for found, _ in search.search(index, text)[:limit]]


def find(text, limit=10):
    """Return the Published services alone that somebody's own words may mean, best first. One statement."""
    return [one for one in look_up(text, limit) if isinstance(one, Published)]


def suggest(subject, text):
    """Return [(Published, score, words)] of the services that a letter may be about, and the words that decided, best
    first, at most 3; empty when none fits. One statement.
    """
    published = {p.service_id: p for p in services()}
    index = _index(tuple(sorted(p.id for p in published.values())), ())
    return [(published[found], score, said) for found, score, said in search.explain(index, subject, text)]


def adopted(version_id, parameters=None):
    """Return a version as a body offers it, with its adopted `parameters` merged and defaults elsewhere."""
    published = version(version_id)
    own = opening.settings(published.definition, parameters)
    return Adopted(published, own, fee_from(published.definition, parameters))


def fee_from(of, parameters=None):
    """Return the least that a service can cost in pence, over its answers; 0 when it is free."""
    return saying.amounts(of.fee.pence, of, parameters)[0] if of.fee else 0


def topics(folder=None):
    """Return {topic: Text} in the order of the topics file."""
    return _topics(Path(folder or django_settings.SERVICES) / "topics.yaml")


@lru_cache(maxsize=8)
def _topics(path):
    return {name: Text.model_validate(text) for name, text in YAML(typ="safe").load(path.read_text()).items()}


def life_events(published=None):
    """Return {id: LifeEvent} for the services that take cases (`services()`), in the order of their file."""
    return _life_events(*_of_life(published))[0]


def _of_life(published):
    path = Path(django_settings.SERVICES) / "life-events.yaml"
    return path, tuple(sorted(p.id for p in (services() if published is None else published)))


@lru_cache(maxsize=4)
def _life_events(path, version_ids):
    """Return the events and the index to find them by; kept for as long as the catalogue does not change."""
    definitions = {p.service_id: p.definition for p in map(version, version_ids)}
    events = life.load_life_events(path.read_text(), definitions, whole=False) if path.exists() else {}
    return events, search.build(events.values())


def life_event(name):
    """Return a LifeEvent; raises UnknownService."""
    event = life_events().get(name)
    if event is None:
        raise UnknownService()
    return event


def find_life_events(text):
    """Return the LifeEvents that somebody's own words name, best first; empty when none does."""
    events, index = _life_events(*_of_life(None))
    return [events[name] for name, score in search.search(index, text) if score >= LIKELY]


LIKELY = 4.0
"""What a life event must score to stand before the services: its name or a synonym, not a chance word."""


def written_performers(folder=None):
    """Return what performers put out as written down beside the services: {performer: {output: kind}}."""
    path = Path(folder or django_settings.SERVICES) / "performers.yaml"
    return YAML(typ="safe").load(path.read_text()) if path.exists() else {}


def performers(folder=None):
    """Return what every performer of steps puts out: as written down, and as declared by the functions here."""
    written = written_performers(folder)
    return {name: dict(written.get(name) or {}) | declared for name, declared in (written | declared_outputs()).items()}


def lines(definition, front, at, lang="en"):
    """Return whom to ring now about an urgent referral, as [(body, Line)]; empty for any other service.

    `front` is the body whose front door it is: its line alone if it offers the service, else that of each that does.
    """
    if definition.urgent is None:
        return []
    when, holidays, found = local(at), england().holidays, []
    for body in bodies.bodies(partner=True):
        if body.kind in definition.done_by.bodies:
            offer = next((o for a in service_offer if (o := a.give(definition.id, body.id, when.date()))), None)
            if offer:
                found.append((body, ringing.line(definition, offer[1], when, holidays, lang)))
    return [one for one in found if front and one[0].id == front.id] or found


def is_published(service_id):
    """Say whether a service takes cases."""
    return Service.objects.filter(pk=service_id, withdrawn_at=None).exists()


class BadFolder(Refusal):
    """The definition cannot be used. Mend what is listed and try again."""

    status = 422


def from_folder(folder):
    """Return the Definition in a service's folder, checked against the performers; raises BadFolder."""
    folder = Path(folder)
    try:
        return load(folder, performers(folder.resolve().parent))
    except BadDefinition as bad:
        raise BadFolder(str(bad), problems=bad.problems) from None


def check_files(service_id, files, calendar):
    """Check a service's files ({path: text}) against all that is published, and play the worked examples."""
    known = Known(performers(), topics(), bodies.kinds_of_work(), _names() | {service_id}, folder=service_id)
    try:
        loaded = load_files(files, known)
    except BadDefinition as bad:
        return Checked(None, bad.problems, [], False)
    told, well = report.played(loaded, files, calendar)
    return Checked(loaded, [], told, well)


def _names():
    return set(Service.objects.filter(withdrawn_at=None).values_list("id", flat=True))


def check_folder(folder, root, calendar, works=None):
    """Return (lines, whether all is well) for definitions and their worked examples; `root` holds topics.yaml."""
    return report.check(folder, performers(root), topics(root), calendar, works)
