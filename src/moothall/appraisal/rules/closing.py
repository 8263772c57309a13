"""May a case close? Not while a voice is unanswered, harm stands, a subject goes unseen, or a partner says stop."""

from moothall.appraisal.rules.basis import Fault
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import fact

WHOLE = "the case"


def closing_faults(case: Case) -> list[Fault]:
    """Find names nobody knows and, in a case that says it is closed, everything that keeps it from closing."""
    return _unknown(case) + (obstacles(case) if case.state == "closed" else [])


def obstacles(case: Case) -> list[Fault]:
    """Return everything that keeps a case from closing, each with what to do."""
    return _stops(case) + _unanswered(case) + _unmitigated(case) + _unlooked(case)


def _fault(option: str, field: str, what: str, write: str) -> Fault:
    return Fault(option=option, field=field, what=what, write=write)


def _stops(case: Case) -> list[Fault]:
    return [
        _fault(WHOLE, f"stops.{i}", f"{stop.partner} said stop ({stop.stage}, {stop.on}): {stop.why}", "withdrawn_on")
        for i, stop in enumerate(case.stops)
        if not stop.withdrawn_on
    ]


def _unanswered(case: Case) -> list[Fault]:
    return [
        _fault(
            WHOLE, f"voices.{i}", f"what {voice.who} said on {voice.on} has no reply", "a reasoned reply and its day"
        )
        for i, voice in enumerate(case.voices)
        if not voice.reply
    ]


def _unmitigated(case: Case) -> list[Fault]:
    return [
        _fault(
            option, f"impacts.{i}", f"harm to {impact.subject} stands as it is", "a mitigation or alternative, an owner"
        )
        for i, impact in enumerate(case.impacts)
        if impact.adverse and not ((impact.mitigation or impact.alternative) and impact.owner)
        for option in impact.options
    ]


def _unlooked(case: Case) -> list[Fault]:
    seen = {(option, impact.subject) for impact in case.impacts for option in impact.options}
    return [
        _fault(
            option, f"impacts.{subject}", f"nobody has looked at its effect on {subject}", "an impact, adverse or not"
        )
        for option in case.options
        for subject in fact("impacts")["subjects"]
        if option != case.now and (option, subject) not in seen
    ]


def _unknown(case: Case) -> list[Fault]:
    known = fact("impacts")
    faults = []
    for i, impact in enumerate(case.impacts):
        if impact.subject not in known["subjects"]:
            what = f"there is no subject “{impact.subject}”"
            faults.append(_fault(WHOLE, f"impacts.{i}.subject", what, f"one of {', '.join(known['subjects'])}"))
        faults += [
            _fault(WHOLE, f"impacts.{i}.options", f"there is no option “{option}”", "options of the case")
            for option in impact.options
            if option not in case.options
        ]
    for i, stop in enumerate(case.stops):
        if stop.partner not in case.bodies:
            what = f"“{stop.partner}” is no partner here"
            faults.append(_fault(WHOLE, f"stops.{i}.partner", what, f"one of {', '.join(case.bodies)}"))
        if stop.stage not in known["stages"]:
            what = f"there is no stage “{stop.stage}”"
            faults.append(_fault(WHOLE, f"stops.{i}.stage", what, f"one of {', '.join(known['stages'])}"))
    return faults
