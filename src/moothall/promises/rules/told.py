"""Savings and plans in words, in English and Welsh: states, tests with their reasons, alarms, and the one sentence."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from moothall.core.money import pounds
from moothall.core.years import named
from moothall.promises.rules.health import Alarm
from moothall.promises.rules.nao import Judged
from moothall.promises.rules.savings import Total


@cache
def words() -> dict:
    """Return the words of savings, plans and ideas, as the files hold them."""
    read = YAML(typ="safe")
    return {
        **read.load(Path(__file__).with_name("savings_words.yaml")),
        **read.load(Path(__file__).with_name("plans_words.yaml")),
    }


def word(group: str, key: str, lang: str = "en") -> str:
    """Return the word for a state, a kind, a colour or a level."""
    return words()[group][key][lang]


def amount(number: int, unit: str = "", lang: str = "en") -> str:
    """Return an amount: money without a unit, else whole units; a whole number of pounds without its pence.

    >>> amount(450_000), amount(-1250), amount(120, "hours")
    ('£4,500', '-£12.50', '120 hours')
    """
    return f"{number:,} {unit}" if unit else pounds(number).removesuffix(".00")


def reason(judged: Judged, lang: str = "en") -> str:
    """Return why a test came out as it did, with its figures."""
    values = dict(judged.values)
    for key, name in (("pence", "pounds"), ("left", "left")):
        if key in values:
            values[name] = amount(values[key])
    return words()["tests"][judged.key][judged.reason][lang].format(**values)


def question(key: str, lang: str = "en") -> str:
    """Return what a test asks."""
    return words()["tests"][key]["asks"][lang]


def need_words(kind: str, what: str = "") -> str:
    """Return what a plan still needs, as a sentence; `what` is the group, the action or the words it is about.

    >>> need_words("group", "staff")
    'Write down how these were asked and what they said: front-line staff.'
    """
    if kind == "group":
        what = word("groups", what).lower()
    return words()["plan_needs"][kind]["en"].format(what=what)


def alarm_words(alarm: Alarm, day, unit: str = "", lang: str = "en", group: str = "alarms") -> str:
    """Return what warns of a saving, or with the group "plan_alarms" of a plan or an idea; `day` writes a day."""
    values = dict(alarm.values)
    for key in ("starts", "due", "ends"):
        if key in values:
            values[key] = day(values[key], lang)
    for key in ("expected", "outcome"):
        if key in values:
            values[key] = amount(values[key], unit, lang)
    if "state" in values:
        values["state"] = word("states", values["state"], lang).lower()
    return words()[group][alarm.kind][lang].format(**values)


SENTENCES = {
    "en": {
        "none": "No saving of money was promised for {year}.",
        "all": "Of {promised} promised for {year}, {verified} is verified from ledger entries, "
               "and {unverified} more is reported and not verified.",
        "only": "Of {promised} promised for {year}, {verified} is verified from ledger entries; nothing more is "
                "reported.",
        "over": "{promised} was promised for {year}. {realised} is reported; ledger entries show {verified}.",
        "nothing": "{promised} was promised for {year}. No ledger entry shows any of it yet.",
    },
    "cy": {
        "none": "Ni addawyd arbediad arian ar gyfer {year}.",
        "all": "O {promised} a addawyd ar gyfer {year}, mae {verified} wedi'i gadarnhau o gofnodion cyfriflyfr, "
               "ac adroddir {unverified} yn fwy heb ei gadarnhau.",
        "only": "O {promised} a addawyd ar gyfer {year}, mae {verified} wedi'i gadarnhau o gofnodion cyfriflyfr; nid "
                "adroddir dim mwy.",
        "over": "Addawyd {promised} ar gyfer {year}. Adroddir {realised}; mae cofnodion cyfriflyfr yn dangos "
                "{verified}.",
        "nothing": "Addawyd {promised} ar gyfer {year}. Nid oes cofnod cyfriflyfr yn dangos dim ohono eto.",
    },
}  # fmt: skip


def sentence(total: Total, lang: str = "en") -> str:
    """Return what became of a year's promise, in one sentence.

    >>> from datetime import date
    >>> sentence(Total(date(2026, 4, 1), promised=1000_00, realised=700_00, verified=450_50, counted=3))
    'Of £1,000 promised for 2026-27, £450.50 is verified from ledger entries, and £249.50 more is reported and not verified.'
    """  # noqa: E501 - one line is what it returns
    form = "all"
    if not total.counted:
        form = "none"
    elif total.realised == 0 == total.verified:
        form = "nothing"
    elif total.unverified < 0 or total.verified < 0:
        form = "over"
    elif total.unverified == 0:
        form = "only"
    sums = {key: amount(getattr(total, key)) for key in ("promised", "realised", "verified", "unverified")}
    return SENTENCES[lang][form].format(year=named(total.first), **sums)
