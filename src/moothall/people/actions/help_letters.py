"""What both are told when somebody is named as a helper, confirms, is soon to stop, and stops."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from moothall.bodies import queries as bodies
from moothall.core import audit, messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import current_scope, scoped
from moothall.people.models import ActsFor
from moothall.people.queries.about import about
from moothall.people.rules.helping import to_remind
from moothall.ui.rules import date_words

from .agents import _write

HELPERS, HELPING = "/account/helpers/", "/account/helping/"
#: (moment, who is told): subject and words, by language. `name` is the other's; `day` the last day, in words.
WORDS = {
    ("named", "person"): {
        "en": (
            "You named somebody to help you",
            "You said in your account that {name} may help you with your requests, until {last}.\n\nThey can do "
            "nothing yet. Give them the code that your account shows: they sign in with their own e-mail address and "
            "type it in.\n\nWas this not you? End it at once: {address}",
        ),
        "cy": (
            "Rydych wedi enwi rhywun i'ch helpu",
            "Dywedoch yn eich cyfrif y caiff {name} eich helpu gyda'ch ceisiadau, tan {last}.\n\nNi all wneud dim eto. "
            "Rhowch y cod sydd yn eich cyfrif i'r person: bydd yn mewngofnodi â'i gyfeiriad e-bost ei hun ac yn "
            "teipio'r cod.\n\nNid chi wnaeth hyn? Rhowch derfyn arno ar unwaith: {address}",
        ),
    },
    ("confirmed", "person"): {
        "en": (
            "Somebody helps you from today",
            "{name} signed in with your code, and may help you until {last}.\n\nYour account shows what they do for "
            "you. You can end it at any time, at once: {address}\n\nIs this not whom you meant? End it now.",
        ),
        "cy": (
            "Mae rhywun yn eich helpu o heddiw",
            "Mewngofnododd {name} â'ch cod, a chaiff eich helpu tan {last}.\n\nMae eich cyfrif yn dangos beth a wneir "
            "drosoch. Gallwch roi terfyn arno unrhyw bryd, ar unwaith: {address}\n\nNid dyma'r person roeddech yn ei "
            "olygu? Rhowch derfyn arno nawr.",
        ),
    },
    ("confirmed", "helper"): {
        "en": (
            "You help somebody from today",
            "You may help {name} until {last}.\n\nSign in to ask for them and to see what you may see: {address}\n\n"
            "{name} reads what you do for them. You can stop at any time, on the same page.",
        ),
        "cy": (
            "Rydych yn helpu rhywun o heddiw",
            "Cewch helpu {name} tan {last}.\n\nMewngofnodwch i ofyn ar ran y person ac i weld yr hyn y cewch ei weld: "
            "{address}\n\nBydd {name} yn darllen yr hyn a wnewch. Gallwch roi'r gorau iddi unrhyw bryd, ar yr un "
            "dudalen.",
        ),
    },
    ("appointed", "person"): {
        "en": (
            "We noted who may act for you",
            "We saw a paper by which {name} may act for you, until {last}, and noted it.\n\nIs that wrong? Ring us or "
            "come to see us. Your account shows what they do for you: {address}",
        ),
        "cy": (
            "Rydym wedi nodi pwy gaiff weithredu drosoch",
            "Gwelsom bapur sy'n caniatáu i {name} weithredu drosoch, tan {last}, ac rydym wedi'i nodi.\n\nYdy hynny'n "
            "anghywir? Ffoniwch ni neu dewch i'n gweld. Mae eich cyfrif yn dangos beth a wneir drosoch: {address}",
        ),
    },
    ("appointed", "helper"): {
        "en": (
            "We noted that you may act for somebody",
            "We saw the paper by which you may act for {name}, until {last}, and noted it.\n\nSign in to ask for them "
            "and to see what you may see: {address}",
        ),
        "cy": (
            "Rydym wedi nodi y cewch weithredu dros rywun",
            "Gwelsom y papur sy'n caniatáu i chi weithredu dros {name}, tan {last}, ac rydym wedi'i nodi.\n\n"
            "Mewngofnodwch i ofyn ar ran y person ac i weld yr hyn y cewch ei weld: {address}",
        ),
    },
    ("ending", "person"): {
        "en": (
            "Soon nobody helps you any more",
            "{name} may help you until {last}. After that they see and do nothing more for you.\n\nIf they should go "
            "on, name them again: {address}",
        ),
        "cy": (
            "Cyn bo hir ni fydd neb yn eich helpu",
            "Caiff {name} eich helpu tan {last}. Ar ôl hynny ni fydd yn gweld nac yn gwneud dim mwy drosoch.\n\nOs "
            "dylai barhau, enwch y person eto: {address}",
        ),
    },
    ("ending", "helper"): {
        "en": (
            "Your helping ends soon",
            "You may help {name} until {last}. If you should go on, ask {name} to name you again before that.\n\n"
            "{address}",
        ),
        "cy": (
            "Daw eich helpu i ben cyn bo hir",
            "Cewch helpu {name} tan {last}. Os dylech barhau, gofynnwch i {name} eich enwi eto cyn hynny.\n\n{address}",
        ),
    },
    ("ended", "person"): {
        "en": (
            "Somebody helps you no more",
            "{name} may help you no more, from now on. What they did for you still stands in your account: {address}",
        ),
        "cy": (
            "Nid yw rhywun yn eich helpu mwyach",
            "Ni chaiff {name} eich helpu mwyach, o nawr ymlaen. Mae'r hyn a wnaed drosoch yn dal yn eich cyfrif: "
            "{address}",
        ),
    },
    ("ended", "helper"): {
        "en": (
            "Your helping has ended",
            "You may help {name} no more, from now on. You see nothing more of their requests, and we write to you no "
            "more about them.\n\n{address}",
        ),
        "cy": (
            "Mae eich helpu wedi dod i ben",
            "Ni chewch helpu {name} mwyach, o nawr ymlaen. Ni welwch ddim mwy o geisiadau'r person, ac ni fyddwn yn "
            "ysgrifennu atoch amdanynt.\n\n{address}",
        ),
    },
}  # fmt: skip
NO_END = {"en": "the paper ends", "cy": "i'r papur ddod i ben"}
NO_NAME = {"en": "somebody", "cy": "rhywun"}


def write_of_help(*, acts_for_id: UUID, moment: str, at: datetime, by: Actor) -> int:
    """Write to both of a mandate, each in their language, as far as they can be reached; return of how many.

    Who cannot be written to by e-mail or text message gets a letter where we know their home. The scope is the job's.
    """
    row = ActsFor.objects.filter(pk=acts_for_id).first()
    if row is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("select * from people_help_addresses(%s)", [acts_for_id])
        addresses = cursor.fetchone() or ("", "", "", "")
    told = {
        "person": (row.person_id, addresses[0], addresses[1], row.agent_name, row.person_language, HELPERS),
        "helper": (row.agent_id, addresses[2], addresses[3], row.person_name, row.agent_language, HELPING),
    }
    return sum(_tell(row, moment, who, *about_them, at=at, by=by) for who, about_them in told.items())


def _tell(row, moment, who, person_id, email, phone, name, language, path, *, at: datetime, by: Actor) -> int:
    """Write to one of the two; return 1, or 0 where nothing is said to them or they cannot be reached."""
    said = WORDS.get((moment, who))
    reached = said and person_id and _reached(person_id, email, phone)
    if not reached:
        return 0
    subject, text = said.get(language, said["en"])
    last = date_words(row.ends - timedelta(days=1), language) if row.ends else NO_END.get(language, NO_END["en"])
    text = text.format(
        name=(name or NO_NAME.get(language, NO_NAME["en"])).replace("((", "( ("), last=last,
        address=settings.MOOTHALL_ADDRESS + path,
    )  # fmt: skip
    body_id = messages.PLATFORM if row.said else bodies.stands_for(row.body_id)  # their word is no body's
    with scoped(current_scope().narrowed(bodies=(body_id,))):
        messages.send(
            body_id=body_id, channel=reached[0], to=reached[1], template=f"help-{moment}", subject=subject, text=text,
            person_id=person_id, language=language, at=at, by=by,
        )  # fmt: skip
    return 1


def _reached(person_id: UUID, email: str | None, phone: str | None) -> tuple[str, str] | None:
    if email:
        return "email", email
    if phone:
        return "sms", phone
    found = about(person_id)
    home = next((home for home in found.residences if home.ends is None), None)
    if home is None or not found.card.name:
        return None
    address = home.address if home.postcode in home.address else f"{home.address}\n{home.postcode}"
    return "letter", f"{found.card.name}\n" + address.replace(", ", "\n")


def watch_helpers(*, body_id: int, at: datetime, by: Actor) -> int:
    """Remind of mandates that run out soon, and say of those that did; return how many. Each is told once."""
    today = local(at).date()
    rows = (
        ActsFor.objects.select_for_update()
        .filter(body_id__in=bodies.lineage(body_id), ended_at=None)
        .exclude(ends=None)
    )
    told = 0
    for row in rows.filter(reminded_at=None).exclude(agent=None):
        if to_remind(starts=row.starts, ends=row.ends, today=today):
            ActsFor.objects.filter(pk=row.pk).update(reminded_at=at)
            _write(row, "ending")
            told += 1
    for row in rows.filter(ends__lte=today):
        ActsFor.objects.filter(pk=row.pk).update(ended_at=at, ended_by="time", code_digest=None, code_until=None)
        audit.record(
            action="help.ran-out", object=audit.person_object(row.person_id), body_id=body_id, at=at, by=by,
            data={"acts_for": str(row.pk)},
        )  # fmt: skip
        if row.agent_id:
            _write(row, "ended")
        told += 1
    return told
