"""How a partnership fares while it runs: who did how much for whom, aims, promises, and what warns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from moothall.promises.rules import contributions
from moothall.promises.rules.fit import Supply, reciprocity
from moothall.promises.rules.outside import Outside, due_by_now, in_words
from moothall.promises.rules.thresholds import Threshold


@dataclass(frozen=True)
class Work:
    """Requests of a body's service that another body did, in a time."""

    provider: int
    receiver: int
    service: str
    cases: int


@dataclass(frozen=True)
class AimReached:
    """An aim and what was measured of it last; `figure` is None where nobody has measured."""

    words: str
    words_cy: str
    target: Decimal
    unit: str
    due: date
    figure: Decimal | None
    day: date | None
    source: str
    reached: bool
    late: bool
    #: What is counted here for it (`rules.outside.COUNTS`), or "".
    counts: str = ""


@dataclass(frozen=True)
class Kept:
    """How many promises a member kept, of how many, in the shared services."""

    body_id: int
    kept: int
    total: int

    @property
    def percent(self) -> int | None:
        """Return the share kept in whole percent, rounded down; None where none fell due."""
        return 100 * self.kept // self.total if self.total else None


@dataclass(frozen=True)
class Alarm:
    """Something that warns: its key (once for each finding) and its figures."""

    key: str
    kind: str
    values: dict


@dataclass(frozen=True)
class Health:
    """`matrix` is {provider: {receiver: requests}} over all members; `percent` the work not returned, None if none."""

    first: date
    on: date
    members: tuple[int, ...]
    matrix: dict[int, dict[int, int]]
    #: Minutes of staff time as in `matrix`; None where the provider has not measured a service that it did.
    minutes: dict[int, dict[int, int | None]]
    total: int
    percent: int | None
    giver: int | None
    aims: tuple[AimReached, ...]
    kept: tuple[Kept, ...]
    overdue_systems: tuple
    outside: tuple[Outside, ...]
    #: None where the terms withhold who puts in what.
    put_in: tuple[contributions.PutIn, ...] | None
    alarms: tuple[Alarm, ...]


def health_of(
    *, members: Sequence[int], work: Sequence[Work], times: dict[tuple[int, str], int], aims: Sequence[AimReached],
    kept: Sequence[Kept], promised_ways: int, systems: Sequence, outside: Sequence[Outside],
    put_in: Sequence[contributions.PutIn] | None, starts: date,
    first: date, on: date, limits: dict[str, Threshold],
) -> Health:  # fmt: skip
    """Work out how a partnership fares, and what of it warns.

    `times` are {(body, service): minutes of staff time for one request}. Work that all goes one way warns from the
    threshold on; aims warn when their day has passed unreached; a member warns when it keeps fewer of its promises than
    the threshold; a system when its day has passed; outside work that an aim promises when, some months after the
    partnership began (`starts`), less of it is done than the threshold's share of what would be due by then.
    """
    matrix = {one: dict.fromkeys(members, 0) for one in members}
    for one in work:
        matrix[one.provider][one.receiver] += one.cases
    total = sum(one.cases for one in work)
    percent, giver = None, None
    if total:
        found = reciprocity(
            tuple(
                Supply(provider=str(one.provider), receiver=str(one.receiver), service=one.service, requests=one.cases)
                for one in work
            ),
            limits["reciprocity"].value,
        )
        percent, giver = found.values["percent"], int(found.values["giver"])
    overdue = tuple(one for one in systems if one.retire_by < on)
    alarms = []
    if percent is not None and percent >= limits["reciprocity"].value and promised_ways:
        alarms.append(Alarm("reciprocity", "reciprocity", {"percent": percent, "giver": giver, "total": total}))
    alarms += [Alarm(f"aim:{one.words}"[:40], "aim", {"aim": one}) for one in aims if one.late]
    alarms += [
        Alarm(f"kept:{one.body_id}", "kept", {"body": one.body_id, "percent": one.percent, "total": one.total})
        for one in kept
        if one.percent is not None and one.percent < limits["kept"].value
    ]
    alarms += [Alarm(f"system:{one.body_id}:{one.name}"[:40], "system", {"system": one}) for one in overdue]
    alarms += _short_outside(aims, starts, on, limits)
    alarms += [
        Alarm(f"put-in:{one.body_id}:{one.what}"[:40], "put-in", {"one": one})
        for one in contributions.short(put_in or (), starts, on, limits["contribution"].value)
    ]
    return Health(
        first,
        on,
        tuple(members),
        matrix,
        _minutes(members, work, times),
        total,
        percent,
        giver,
        tuple(aims),
        tuple(kept),
        overdue,
        tuple(outside),
        None if put_in is None else tuple(put_in),
        tuple(alarms),
    )


def _short_outside(aims: Sequence[AimReached], starts: date, on: date, limits: dict[str, Threshold]) -> list[Alarm]:
    """Return what warns of outside work: too little of it on the way to an aim whose day has not come."""
    months = (on.year - starts.year) * 12 + on.month - starts.month - (on.day < starts.day)
    if months < limits["outside-after"].value:
        return []
    found = []
    for aim in aims:
        if not aim.counts or aim.figure is None or aim.due < on or aim.reached:
            continue
        expected = due_by_now(aim.target, starts, aim.due, on)
        if aim.figure * 100 < expected * limits["outside"].value:
            found.append(Alarm(f"outside:{aim.words}"[:40], "outside", {"aim": aim, "expected": expected}))
    return found


def _minutes(members, work: Sequence[Work], times: dict) -> dict[int, dict[int, int | None]]:
    taken = {one: dict.fromkeys(members, 0) for one in members}
    for one in work:
        each, so_far = times.get((one.provider, one.service)), taken[one.provider][one.receiver]
        taken[one.provider][one.receiver] = None if each is None or so_far is None else so_far + each * one.cases
    return taken


WORDS = {
    "en": {
        "none": "Between {first} and {on} no member did anything for another that is on record.",
        "of": "Of {total} requests done for each other between {first} and {on}, {percent} % were not returned: ",
        "even": "each does for the others about what they do for it.",
        "leaning": "{giver} gives more than it gets.",
        "lopsided": "{giver} works for the others and they hardly for it.",
        "reciprocity": "{percent} % of {total} requests are not returned: {giver} has become the others' supplier.",
        "aim": "“{aim}” was due on {due} and is not reached: {figure}.",
        "measured": "{figure} {unit} measured, {target} wanted", "unmeasured": "nobody has measured it",
        "kept": "{body} kept {percent} % of {total} promises in the shared services.",
        "system": "{system} of {body} was to be given up by {due}.",
        "outside": "Work won outside comes to {figure} in a year: {expected} would be due by now towards “{aim}”.",
        "put-in": "{body} promised to put in “{what}”: {said}.",
    },
    "cy": {
        "none": "Rhwng {first} a {on} ni wnaeth yr un aelod ddim dros un arall sydd ar gofnod.",
        "of": "O {total} cais a wnaed dros ei gilydd rhwng {first} a {on}, ni ddychwelwyd {percent} %: ",
        "even": "mae pob un yn gwneud dros y lleill tua'r hyn a wnânt hwy drosto ef.",
        "leaning": "mae {giver} yn rhoi mwy nag y mae'n ei gael.",
        "lopsided": "mae {giver} yn gweithio dros y lleill a hwythau prin drosto ef.",
        "reciprocity": "Ni ddychwelir {percent} % o {total} cais: mae {giver} wedi dod yn gyflenwr i'r lleill.",
        "aim": "Roedd “{aim}” i fod erbyn {due} ac nid yw wedi'i gyrraedd: {figure}.",
        "measured": "mesurwyd {figure} {unit}, {target} a ddymunir", "unmeasured": "nid oes neb wedi'i fesur",
        "kept": "Cadwodd {body} {percent} % o {total} addewid yn y gwasanaethau a rennir.",
        "system": "Roedd {system}, {body}, i'w rhoi heibio erbyn {due}.",
        "outside": "Daw gwaith a enillwyd y tu allan i {figure} mewn blwyddyn: dylai fod yn {expected} "
        "erbyn hyn tuag at “{aim}”.",
        "put-in": "Addawodd {body} roi “{what}”: {said}.",
    },
}  # fmt: skip
EVEN = 25


def sentence(health: Health, names: dict[int, str], limit: int, day, lang: str = "en") -> str:
    """Return the one honest sentence on reciprocity; `day` writes a day in words."""
    words = WORDS[lang]
    said = {"first": day(health.first, lang), "on": day(health.on, lang)}
    if health.percent is None:
        return words["none"].format(**said)
    form = "lopsided" if health.percent >= limit else "even" if health.percent <= EVEN else "leaning"
    return (words["of"] + words[form]).format(
        total=health.total, percent=health.percent, giver=names[health.giver], **said
    )


def alarm_words(alarm: Alarm, names: dict[int, str], day, lang: str = "en") -> str:
    """Return what warns, in a sentence with its figure."""
    words, values = WORDS[lang], alarm.values
    if alarm.kind == "aim":
        aim = values["aim"]
        form = "unmeasured" if aim.figure is None else "measured"
        measured = f"{(aim.figure or Decimal(0)).normalize():f}"
        figure = words[form].format(figure=measured, unit=aim.unit, target=aim.target).replace("  ", " ")
        said = (aim.words_cy if lang == "cy" else "") or aim.words
        return words["aim"].format(aim=said, due=day(aim.due, lang), figure=figure)
    if alarm.kind == "outside":
        aim = values["aim"]
        figures = {"figure": aim.figure, "expected": values["expected"]}
        said = {name: in_words(figure, aim.counts, lang) for name, figure in figures.items()}
        return words["outside"].format(aim=(aim.words_cy if lang == "cy" else "") or aim.words, **said)
    if alarm.kind == "put-in":
        one = values["one"]
        said = contributions.in_words(one, day, lang)
        return words["put-in"].format(body=names[one.body_id], what=one.what, said=said)
    if alarm.kind == "system":
        one = values["system"]
        return words["system"].format(system=one.name, body=names[one.body_id], due=day(one.retire_by, lang))
    named = {key: names.get(value, value) if key in ("giver", "body") else value for key, value in values.items()}
    return words[alarm.kind].format(**named)
