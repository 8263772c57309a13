"""Walks every address as every actor with arguments that name one's own rows, another body's, and none."""

import contextlib
import io
import re
import zipfile
from uuid import uuid4

from django.core.cache import cache
from django.test import Client
from tests.house.test_guards import everything
from tests.leaks.planting import ANN, BOB, CODES, canary
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE, as_staff, sign_in

ACTORS = {
    "nobody": (None, ASHBY, set()),
    "resident A": (ANN, MARCHSHIRE, {ANN, "MAR"}),
    "resident B": (BOB, ASHBY, {BOB, "ASH"}),
    "Marchshire officer": ("officer", MARCHSHIRE, {"MAR", ANN}),
    "Ashby adviser": ("adviser", ASHBY, {"ASH", BOB}),
    "Eastwold adviser": ("adviser", EASTWOLD, {"EAS"}),
    "Eastwold manager": ("manager", EASTWOLD, {"EAS"}),
    "Eastwold information governance": ("information-governance", EASTWOLD, {"EAS"}),
}
"""Who: (role or resident, whose rows are their own, whose canaries they may meet)."""

SENDERS = ("resident B", "Ashby adviser", "Eastwold manager")
"""These also send empty forms."""

SHORT_WALK = ("Eastwold adviser", "Eastwold information governance")
"""These leave out the pages for everybody that name no row: the manager of the same body has walked them."""

BY_ITS_KEY = ("pay/",)
"""A payment link: the charge's random id is the key, as the guard says; whoever holds it may pay that charge."""

LEFT_OUT = {
    "sign-out/": "would end the walk",
    "demo/be/": "would make the walker somebody else",
    "language/": "would make the walker Welsh",
    "sign-in/": "allauth's own, and knows no case",
}
CONSTANT = {
    "service_id": "complaint", "code": "1300", "month": "2026-11", "kind": "large-items", "verb": "note",
    "what": "name", "name": "about", "page": "forms", "slug": "ashby", "colour": "0b0c0c", "accent": "ffdd00",
    "token": "none",
    "function": "none", "usrn": "9900001", "uprn": "990000069488", "number": "1", "day": "2026-11-23", "round_id": "1",
}  # fmt: skip
NOWHERE = {"uuid": lambda: str(uuid4()), "int": lambda: "987654321", "str": lambda: "MAR-9999-999X"}
GAP = re.compile(r"<(?:(\w+):)?(\w+)>")
QUESTION = ("q", "person", "person_ids", "one", "other", "case", "about", "reference", "text", "object", "find")


def addresses():
    """Return every address that is walked, in order."""
    return sorted({address for address, _ in everything() if not address.startswith(tuple(LEFT_OUT))})


def filled(address, rows):
    """Return an address with its gaps filled from `rows`, then from the constants, else with what is not there."""

    def value(gap):
        kind, name = gap[1] or "str", gap[2]
        if name in rows:
            return rows[name]
        return CONSTANT.get(name) if name in CONSTANT else NOWHERE.get(kind, lambda: "none")()

    return "/" + GAP.sub(value, address)


def names_a_row(address, planted) -> bool:
    """Tell whether an argument of this address names a row of some body."""
    names = {name for _, name in GAP.findall(address)}
    return any(names & set(rows) for rows in planted["rows"].values())


def signed_in(who, planted):
    """Return a browser in which this actor has signed in."""
    part, body_id, _ = ACTORS[who]
    client = Client(raise_request_exception=False)
    if part is None:
        return client
    if part in (ANN, BOB):
        return sign_in(client, planted[part])
    return as_staff(client, body_id, part)


def said(answer) -> str:
    """Return all that an answer says: headers, cookies and content, with what is packed unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = [str(dict(answer.items())), str(answer.cookies), _text(content)]
    return "\n".join(told).upper()


def _text(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(_text(packed.read(name)) for name in packed.namelist())
    return content.decode(errors="replace")


def foreign(who, told) -> list[str]:
    """Return the canaries in what was told that this actor may not meet."""
    return [code for code in (*CODES.values(), ANN, BOB) if code not in ACTORS[who][2] and canary(code) in told]


def ask(client, method, url, rows):
    """Ask for a page, or send an empty form; nobody is slowed down for asking often."""
    cache.clear()
    if method == "POST":
        return client.post(url, {"note": "matrix"})
    return client.get(url, {name: rows.get("person_id", "CANARY") if name != "q" else "CANARY" for name in QUESTION})


def _for(who, planted) -> list[str]:
    """Return the addresses that this actor walks."""
    if who not in SHORT_WALK:
        return addresses()
    kinds = {address: getattr(getattr(view, "guard", None), "kind", "anyone") for address, view in everything()}
    return [address for address in addresses() if kinds[address] != "anyone" or names_a_row(address, planted)]


def walk(planted, who, methods=None, only=lambda address: True) -> list[str]:
    """Walk all addresses as one actor and return what is wrong: errors, foreign canaries, tell-tale statuses."""
    wrong, client = [], signed_in(who, planted)
    methods = methods or (("GET", "POST") if who in SENDERS else ("GET",))
    own = ACTORS[who][1]
    other = MARCHSHIRE if own != MARCHSHIRE else EASTWOLD
    kinds = {"own": planted["rows"][own], "other's": planted["rows"][other], "missing": {}}
    for address in filter(only, _for(who, planted)):
        for method in methods:
            statuses = {}
            for kind, rows in kinds.items():
                if kind != "other's" and not names_a_row(address, planted):
                    continue
                if kind == "own" and method == "POST":
                    continue
                answer = ask(client, method, filled(address, rows), rows)
                statuses[kind] = answer.status_code
                if answer.status_code >= 500 and answer.status_code != 503:
                    wrong.append(f"{who}: {method} {address} ({kind}) answers {answer.status_code}")
                if address.startswith(BY_ITS_KEY):
                    continue
                wrong += [f"{who}: {method} {address} ({kind}) tells of {code}" for code in foreign(who, said(answer))]
            telling = not address.startswith(BY_ITS_KEY) and len(statuses) > 1
            if telling and statuses["other's"] != statuses["missing"]:
                wrong.append(f"{who}: {method} {address} tells another's from none: {statuses}")
    return wrong
