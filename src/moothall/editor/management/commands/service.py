"""`moothall service`: begin a new one, check, show, draw, pull, push or publish, and print the language's schema."""

import json
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from moothall.bodies import queries as bodies
from moothall.bodies.queries import duties, kinds_of_work
from moothall.catalogue import actions, queries
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.core.workdays import england
from moothall.editor import actions as writing
from moothall.editor import queries as drafts

PATIENCE = 15
BROWSER = {"User-Agent": "Moothall link check"}


def _asked(address: str) -> str:
    """Return what is wrong with an address on the web; empty when a page answers there."""
    try:
        with urlopen(Request(address, headers=BROWSER), timeout=PATIENCE) as answer:  # noqa: S310  https by its model
            return "" if answer.status == 200 else f"answers {answer.status}"
    except HTTPError as error:
        return f"answers {error.code}"
    except (URLError, TimeoutError) as error:
        return f"does not answer: {getattr(error, 'reason', error)}"


class Command(BaseCommand):
    """Work with service definitions; no database is needed except to pull, push or publish."""

    help = "Check, show, draw, pull, push or publish service definitions."
    requires_system_checks = []

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        new = verbs.add_parser("new", help="begin a new service, good as it stands")
        new.add_argument("name", help="such as report-graffiti: the folder's name and the address")
        new.add_argument("--title", required=True, help="as a resident says it: Report graffiti")
        new.add_argument("--title-cy", required=True, help="the same in Welsh")
        new.add_argument("--work", required=True, help="the kind of work, which says who is responsible")
        new.add_argument("--topic", required=True, help="one of topics.yaml")
        new.add_argument("--team", default="contact-centre", help="the team that does it")
        new.add_argument("--in", dest="folder", type=Path, help="the folder of services (services/)")
        check = verbs.add_parser("check", help="load definitions and play their worked examples")
        check.add_argument("folder", nargs="?", type=Path, help="a service's folder, or a folder of them (services/)")
        show = verbs.add_parser("show", help="print what a service asks, does, promises and tells")
        show.add_argument("service", help="a service's name, or its folder")
        draw = verbs.add_parser("draw", help="draw a service's workflow as SVG")
        draw.add_argument("service", help="a service's name, or its folder")
        draw.add_argument("--to", type=Path, help="the file to write; printed when not given")
        draw.add_argument("--lang", choices=["en", "cy"], default="en")
        links = verbs.add_parser("links", help="ask whether the addresses that we send people to still answer")
        links.add_argument("--law", action="store_true", help="the sources of the law too")
        verbs.add_parser("schema", help="print the JSON Schema of the language")
        pull = verbs.add_parser("pull", help="write a published version's folder, or a draft's, to the last byte")
        pull.add_argument("service", help="the service's name: report-pothole")
        pull.add_argument("--to", type=Path, help="the folder to write (a folder of its name here)")
        pull.add_argument("--number", type=int, help="which version (the newest)")
        pull.add_argument("--draft", action="store_true", help="the draft of the body instead")
        pull.add_argument("--body", help="whose draft: the body's short name or code")
        push = verbs.add_parser("push", help="put a folder into a body's draft, to be read by a second person")
        push.add_argument("folder", type=Path, help="a service's folder; its name is the service's")
        push.add_argument("--body", required=True, help="the body's short name or code: ashby, ASH")
        publish = verbs.add_parser("publish", help="publish definitions into the catalogue")
        publish.add_argument("folder", nargs="?", type=Path, help="a service's folder, or a folder of them (services/)")

    def handle(self, *, verb, **given):
        getattr(self, {"check": "check_folder"}.get(verb, verb))(**given)

    def new(self, *, name, folder, work, topic, **given):
        folder = folder or settings.SERVICES
        duty = next((d for d in duties() if d.work == work), None)
        if duty is None:
            raise CommandError(f"No kind of work is called {work}. Use one of {', '.join(kinds_of_work())}.")
        if topic not in queries.topics(folder):
            raise CommandError(f"There is no topic {topic}. Use one of {', '.join(queries.topics(folder))}.")
        words = {k: given[k] for k in ("title", "title_cy", "team")}
        try:
            written = queries.begin(
                folder, name, words | {"work": work, "topic": topic, "bodies": duty.kinds, "source": duty.source}
            )
        except queries.CannotBegin as cannot:
            raise CommandError(str(cannot)) from cannot
        self.stdout.write("\n".join([f"Written: {path}" for path in written]))
        self.stdout.write(f"Next: edit {folder / name}, then `moothall service check {folder / name}`.")

    def check_folder(self, *, folder, **_):
        folder = folder or settings.SERVICES
        root = folder.resolve().parent if (folder / "service.yaml").exists() else folder
        root = root if (root / "topics.yaml").exists() else settings.SERVICES
        lines, well = queries.check_folder(folder, root, england(), kinds_of_work())
        self.stdout.write("\n".join(lines))
        if not well:
            raise CommandError("Not all is well with these services; see above.")

    def show(self, *, service, **_):
        self.stdout.write("\n".join(queries.describe_lines(self._load(service))))

    def draw(self, *, service, to, lang, **_):
        svg = queries.drawing(self._load(service), lang)
        if to:
            to.write_text(svg)
            self.stdout.write(f"Drawn in {to}.")
        else:
            self.stdout.write(svg)

    def links(self, *, law, **_):
        wrong = [f"{where}: {address} {said}" for address, where in self._addresses(law) if (said := _asked(address))]
        self.stdout.write("\n".join(wrong) or "All of them answer.")
        if wrong:
            raise CommandError("Mend these addresses in services/: somebody who follows them finds nothing.")

    def _addresses(self, law):
        """Return {address: where it stands} of each address outside that a service or page sends people to."""
        found = {page.link: f"pages.yaml, {page.id}" for page in queries.pages() if page.link}
        for folder in sorted(settings.SERVICES.glob("*/service.yaml")):
            definition = self._load(folder.parent.name)
            for question in definition.questions:
                found |= {stop.link: f"{definition.id}, {question.id}" for stop in question.stop if stop.link}
            if law:
                found |= {one.source: f"{definition.id}, the law" for one in definition.basis.law}
        return sorted(found.items())

    def schema(self, **_):
        self.stdout.write(json.dumps(queries.json_schema(), indent=2, ensure_ascii=False))

    def publish(self, *, folder, **_):
        try:
            with transaction.atomic():
                made = actions.publish_folder(
                    path=folder or settings.SERVICES, at=now(), by=Actor.system("catalogue.publish")
                )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Published {len(made)} new version{'' if len(made) == 1 else 's'}.")

    def pull(self, *, service, to, number, draft, body, **_):
        to = to or Path(service)
        try:
            files = self._of_draft(service, body) if draft else self._of_version(service, number)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        queries.write_folder(to, files)
        self.stdout.write(f"Written: {to}, {len(files)} files.")

    def _of_version(self, service, number):
        if number is None:
            return queries.files(queries.current(service).id)
        found = {one: version_id for one, version_id, *_ in queries.versions(service)}
        if number not in found:
            there = ", ".join(map(str, sorted(found))) or "none"
            raise CommandError(f"There is no version {number} of {service}. There is: {there}.")
        return queries.files(found[number])

    def _of_draft(self, service, body):
        if not body:
            raise CommandError("Say whose draft it is: --body ashby.")
        body, by = bodies.body(body), Actor.system("editor.pull")
        with scoped(Scope(bodies=(body.id,), purpose="editor", actor=by)):
            row = drafts.open_draft(body.id, service)
        if row is None:
            raise CommandError(f"{body.name} is writing no draft of {service}. Pull the published version instead.")
        return row.files

    def push(self, *, folder, body, **_):
        by = Actor.system("editor.push")
        try:
            files = queries.read_folder(folder)
            body = bodies.body(body)
            with scoped(Scope(bodies=(body.id,), purpose="editor", actor=by)):
                service = folder.resolve().name
                row = writing.push(body_id=body.id, service_id=service, files=files, at=now(), by=by)
        except UnicodeDecodeError as error:
            raise CommandError(f"A file in {folder} is not text in UTF-8 ({error.reason}). Save it as UTF-8.") from None
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        found = drafts.look(row.service_id, row.files)
        self.stdout.write("\n".join([*map(str, found.problems), *found.told]))
        self.stdout.write(f"In the draft of {body.name}, saving {row.number}. A second person reads it under Editor.")

    def _load(self, service):
        folder = Path(service) if (Path(service) / "service.yaml").exists() else settings.SERVICES / service
        try:
            return queries.from_folder(folder)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
