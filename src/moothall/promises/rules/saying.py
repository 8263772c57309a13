"""Findings in words, in English and Welsh: each with its figure, and what would change it."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from moothall.core.money import pounds
from moothall.promises.rules.fit import Finding


@cache
def words() -> dict:
    """Return the words of the fit test, as the file holds them."""
    return YAML(typ="safe").load(Path(__file__).with_name("fit_words.yaml"))


def told(finding: Finding, lang: str = "en") -> dict[str, str]:
    """Return a finding as it is read: {"says", "change", "level"}.

    >>> told(Finding(key="notice", level="warning", values={"months": 15, "limit": 12}))["says"]
    "A member needs 15 months' notice to leave: longer than a budget lasts."
    """
    known, values = words(), dict(finding.values)
    forms = known["findings"][finding.key]
    if "pence" in values:
        values["pounds"] = pounds(int(values["pence"])).removesuffix(".00")
    if "model" in values:
        values["title"] = known["models"][values["model"]][lang]
    if values.get("state") in known["units"]:
        values["what"] = known["units"][values["state"]][lang]
    if finding.key == "saving":
        form = "measured_saving" if values.get("pence") else "no_saving"
        values["promise"] = known[form][lang].format(**values)
    for name in ("most", "least"):
        if isinstance(values.get(name), int):
            values[name] = f"{values[name]:,}"
    values.setdefault("limit", "")
    return {
        "says": forms[_form(finding)][lang].format(**values),
        "change": forms["change"][lang].format(**values) if values["limit"] or "{limit}" not in forms["change"][lang]
        else forms["change"][lang].split(";")[0].format(**values),
        "level": known["levels"][finding.level][lang],
    }  # fmt: skip


def _form(finding: Finding) -> str:
    """Return which of a finding's forms says it."""
    state = finding.values.get("state")
    if state in ("unsaid", "alone") or (finding.key == "systems" and finding.values["apart"] == "?"):
        forms = words()["findings"][finding.key]
        form = "alone" if state == "alone" else "unsaid"
        if finding.level == "warning" and form in forms:
            return form
    return finding.level


def question(number: int, lang: str = "en") -> str:
    """Return one of the five questions."""
    return words()["questions"][number][lang]


def sentence(findings: list[Finding], lang: str = "en") -> str:
    """Return how many findings warn, in one sentence; never a score."""
    warnings = sum(one.level == "warning" for one in findings)
    unknown = sum(one.level == "unknown" for one in findings)
    if lang == "cy":
        return f"Prawf addasrwydd: {warnings} rhybudd, {unknown} heb gofnod, o {len(findings)} peth a ofynnwyd."
    said = "1 warning" if warnings == 1 else f"{warnings} warnings"
    return f"Fit test: {said}, {unknown} not on record, of {len(findings)} things asked."
