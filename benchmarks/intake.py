"""
Measure a report as each channel brings it, over the same report by the API: CPU of this process and the database.

    python -m benchmarks.intake [--rounds 5] [--cases 10]

The web is the whole form, a page a question, without a script, from the first answer to the confirmation; the desk is
an adviser's one page; Open311 is a reporting app's call with its key. A mail, a letter or a text message comes in by
the desk's page. Each accepted report is a case of its own. Prints one JSON object a channel; exits 1 where one costs
more than LIMITS times the API's, which takes what all of them take and no page.
"""

import argparse
import itertools
import json
import re
import sys
from collections.abc import Callable
from uuid import uuid4

import psutil

from benchmarks.ground import compare, in_turn, memory_mb, server_process, statements, world
from benchmarks.served import submission

LIMITS = {"web": 25, "desk": 6, "open311": 4}
ANSWERS = {"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": "yes"}
CONTACT = {"name": "Ann Example", "email": "ann@example.org", "postcode": "ZM1 2AB"}


def sent(answer, *statuses: int):
    """Return an answer if it is what was hoped for; else end with what was said."""
    if answer.status_code not in statuses:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {answer.content[:500]!r}")
    return answer


def by_api() -> Callable[[], None]:
    """Return what sends a report as an integrator does."""
    from django.test import Client

    client, said = Client(), submission()
    said["answers"] |= {"width": "dustbin-lid", "avoiding": True}
    return lambda: sent(client.post("/api/v1/cases", json.dumps(said), content_type="application/json"), 201)


def by_web() -> Callable[[], None]:
    """Return what goes through the whole form as a browser without scripts does."""
    from django.test import Client

    spot = submission()["place"]
    boxes = {"where-search": "14 Mill Lane", "where-lat": spot["lat"], "where-lon": spot["lon"]}

    number = itertools.count(1)

    def report() -> None:
        n = next(number)
        client = Client(REMOTE_ADDR=f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}")  # somebody else each time
        answer = sent(client.post("/services/report-pothole/ask", boxes), 302)
        while not answer["Location"].endswith("/contact/"):
            if "/nearby/" in answer["Location"]:  # the neighbours' reports are shown, and this one is different
                page = sent(client.get(answer["Location"]), 200).text
                answer = {"Location": re.search(r'href="(/drafts/[^"]+/ask/\w+/)"[^>]*class="govuk-button"', page)[1]}
            name = re.search(r"/ask/(\w+)/", answer["Location"])[1]
            answer = sent(client.post(answer["Location"], {name: ANSWERS[name]} if name in ANSWERS else {}), 302)
        check = sent(client.post(answer["Location"], CONTACT), 302)["Location"]
        sent(client.get(sent(client.post(check), 302)["Location"]), 200)

    return report


def by_desk() -> Callable[[], None]:
    """Return what an adviser of Ashby sends for a caller, from the one page of the desk."""
    from django.test import Client
    from tests.world import ASHBY, as_staff

    adviser, spot = as_staff(Client(), ASHBY, "adviser"), submission()["place"]
    where = {"where-search": "14 Mill Lane", "where-lat": spot["lat"], "where-lon": spot["lon"]}
    caller = CONTACT | {"channel": "phone"}

    def report() -> None:
        page = ANSWERS | caller | where | {"key": str(uuid4())}
        sent(adviser.post("/desk/start/report-pothole/", page), 302)

    return report


def by_open311() -> Callable[[], None]:
    """Return what a reporting app sends with its key."""
    from django.test import Client
    from tests.world import MARCHSHIRE

    from moothall.core.actor import Actor
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped
    from moothall.standards import actions

    by = Actor("staff", "101", MARCHSHIRE)
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="bench", actor=by)):
        _, secret = actions.make_key(body_id=MARCHSHIRE, name="Measurement", per_hour=10_000, at=now(), by=by)
    client, spot = Client(), submission()["place"]
    said = {f"attribute[{name}]": value for name, value in ANSWERS.items()} | {
        "jurisdiction_id": "marchshire", "api_key": secret, "service_code": "report-pothole", "lat": spot["lat"],
        "long": spot["lon"], "description": "Deep", "first_name": "Ann", "email": "ann@example.org",
    }  # fmt: skip
    return lambda: sent(client.post("/open311/v2/requests.json", said), 200, 201)


CHANNELS = {"web": by_web, "desk": by_desk, "open311": by_open311}


def main() -> int:
    """Measure; 1 when a channel costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", type=int, default=10)
    given = parser.parse_args()
    kept = []
    with world(durable=True) as place:
        from django.conf import settings

        settings.API_PER_MINUTE = 1_000_000
        settings.ALLOWED_HOSTS = ["*"]
        ask = {"api": by_api()} | {name: begin() for name, begin in CHANNELS.items()}
        me = (psutil.Process(), server_process(place))
        for name in CHANNELS:  # each beside the API, so that both see the same number of cases
            pair = {"api": ask["api"], name: ask[name]}
            taken = in_turn(pair, dict.fromkeys(pair, me), rounds=given.rounds, each=given.cases, warm=3)
            told = {"statements": statements(ask[name]), "memory_mb": memory_mb(me[0])}
            kept.append(compare(f"intake_{name}", taken[name], taken["api"], limit=LIMITS[name], **told))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
