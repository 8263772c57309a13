"""What changed between two versions of terms, in words, in English and Welsh."""

from collections.abc import Callable

from moothall.core.money import pounds
from moothall.sharing.rules.business_models import business_models
from moothall.sharing.rules.terms import Terms
from moothall.ui.rules import date_words

WORDS = {
    "en": {
        "joined": "{who} joins.", "gone": "{who} is no longer a member.",
        "added": "Added to {part}: {what}.", "removed": "Taken out of {part}: {what}.",
        "changed": "Changed in {part}: {what}.",
        "value": "{label}: {old} became {new}.", "none": "nothing said", "months": "{n} months",
        "withheld": "{part} is withheld for now.", "shown": "{part} is withheld no longer.",
        "ending": "The partnership ends on {day}: {why}", "continuing": "Its members go on with: {what}.",
        "same": "The wording is the same.",
        "aims": "aims", "services": "shared services", "powers": "who decides what", "interests": "declared interests",
        "costs": "how cost is shared", "contributions": "contributions", "systems": "systems to be given up",
        "documents": "documents", "savings": "promised saving", "exit": "notice and exit",
        "name": "Name", "purpose": "What it is for", "model": "Business model", "lead": "Lead authority",
        "ends": "Last day", "starts": "Holds from", "saving": "Promised saving a year", "notice": "Notice to leave",
        "cost": "Cost of leaving",
    },
    "cy": {
        "joined": "Mae {who} yn ymuno.", "gone": "Nid yw {who} yn aelod mwyach.",
        "added": "Ychwanegwyd at {part}: {what}.", "removed": "Tynnwyd o {part}: {what}.",
        "changed": "Newidiwyd yn {part}: {what}.",
        "value": "{label}: aeth {old} yn {new}.", "none": "dim wedi'i ddweud", "months": "{n} mis",
        "withheld": "Ni ddangosir {part} am y tro.", "shown": "Dangosir {part} bellach.",
        "ending": "Daw'r bartneriaeth i ben ar {day}: {why}", "continuing": "Mae ei haelodau'n parhau â: {what}.",
        "same": "Yr un yw'r geiriad.",
        "aims": "nodau", "services": "gwasanaethau a rennir", "powers": "pwy sy'n penderfynu beth",
        "interests": "buddiannau a ddatganwyd", "costs": "sut y rhennir y gost", "contributions": "cyfraniadau",
        "systems": "systemau i'w rhoi heibio", "documents": "dogfennau", "savings": "arbediad a addawyd",
        "exit": "rhybudd ac ymadael", "name": "Enw", "purpose": "Beth yw ei diben", "model": "Model busnes",
        "lead": "Awdurdod arweiniol", "ends": "Diwrnod olaf", "starts": "Mewn grym o",
        "saving": "Arbediad blynyddol a addawyd", "notice": "Rhybudd i adael", "cost": "Cost gadael",
    },
}  # fmt: skip

LISTS: tuple[tuple[str, Callable, Callable], ...] = (
    ("aims", lambda one: one.words, lambda one: one.words),
    ("services", lambda one: one.title, lambda one: one.title),
    ("powers", lambda one: one.what, lambda one: f"{one.what}: {one.who}"),
    ("interests", lambda one: (one.body_id, one.what), lambda one: one.what),
    ("costs", lambda one: one.service, lambda one: f"{one.service}: {one.words}"),
    ("contributions", lambda one: (one.body_id, one.what), lambda one: one.what),
    ("systems", lambda one: (one.body_id, one.name), lambda one: one.name),
    ("documents", lambda one: one.address or one.file.digest, lambda one: one.title),
)
"""Each list of the terms: what makes an entry the same one, and how it is said."""


def changes(old: Terms, new: Terms, *, names: dict[int, str], lang: str = "en") -> list[str]:
    """Return what changed from one version to the next, a sentence each. `names` are the bodies' names."""
    words = WORDS[lang]
    found = [words["joined"].format(who=names[b]) for b in new.member_ids if b not in old.member_ids]
    found += [words["gone"].format(who=names[b]) for b in old.member_ids if b not in new.member_ids]
    found += _values(old, new, names, lang)
    for part, same, said in LISTS:
        found += _listed(part, same, said, old, new, words)
    for part in ("costs", "contributions", "savings", "exit", "documents"):
        before, after = old.hidden(part), new.hidden(part)
        if bool(before) != bool(after):
            found.append(words["withheld" if after else "shown"].format(part=words[part].capitalize()))
    if new.ending and new.ending != old.ending:
        found.append(words["ending"].format(day=date_words(new.ending.on, lang), why=new.ending.why))
        if new.ending.continuing:
            found.append(words["continuing"].format(what=", ".join(new.ending.continuing)))
    return found or [words["same"]]


def _values(old: Terms, new: Terms, names, lang) -> list[str]:
    words = WORDS[lang]
    told = []
    for label, before, after in (
        ("name", old.name, new.name),
        ("purpose", old.purpose, new.purpose),
        ("model", business_models()[old.model].title[lang], business_models()[new.model].title[lang]),
        ("lead", names.get(old.lead), names.get(new.lead)),
        ("starts", date_words(old.starts, lang), date_words(new.starts, lang)),
        ("ends", old.ends and date_words(old.ends, lang), new.ends and date_words(new.ends, lang)),
        *_money(old, new, words),
    ):
        if before != after:
            value = words["value"].format(label=words[label], old=before or words["none"], new=after or words["none"])
            told.append(value)
    return told


def _money(old: Terms, new: Terms, words) -> list[tuple]:
    """Return the figures of savings and exit, where neither version withholds them."""
    found = []
    if not (old.hidden("savings") or new.hidden("savings")):
        found.append(("saving", *(t.savings and pounds(t.savings.pence_a_year) for t in (old, new))))
    if not (old.hidden("exit") or new.hidden("exit")):
        found.append(("notice", *(t.exit and words["months"].format(n=t.exit.notice_months) for t in (old, new))))
        costs = [None if t.exit is None or t.exit.cost_pence is None else pounds(t.exit.cost_pence) for t in (old, new)]
        found.append(("cost", *costs))
    return found


def _listed(part, same, said, old, new, words) -> list[str]:
    if getattr(old, part) is None or getattr(new, part) is None:
        return []
    before = {same(one): one for one in getattr(old, part)}
    after = {same(one): one for one in getattr(new, part)}
    told = [("added", one) for key, one in after.items() if key not in before]
    told += [("removed", one) for key, one in before.items() if key not in after]
    told += [("changed", one) for key, one in after.items() if key in before and before[key] != one]
    return [words[how].format(part=words[part], what=said(one).rstrip(".")) for how, one in told]
