"""Writes to the catalogue: only ever by publishing definitions, from a folder or from files kept elsewhere."""

import hashlib
import json
from pathlib import Path
from uuid import UUID

from moothall.catalogue import queries
from moothall.catalogue.models import Service, Version
from moothall.catalogue.rules.load import BadDefinition, load, load_all
from moothall.core.refusal import Refusal
from moothall.core.workdays import england


class NotPublished(Refusal):
    """The definition cannot be published. Mend what is listed and publish again."""

    status = 422


def publish_folder(*, path, at, by):
    """Publish every service below a folder (or the one service in it); return the newly made versions' ids.

    Publishing the same content again changes nothing; a version's id comes from its content and number. All or
    nothing: a bad definition refuses the whole folder (NotPublished, with `.details["problems"]`). Needs a transaction.
    """
    path = Path(path)
    try:
        if (path / "service.yaml").exists():
            root, definitions = path.parent, [load(path, queries.performers(path.parent))]
        else:
            root, definitions = path, load_all(path, queries.performers(path), queries.topics(path))
    except BadDefinition as bad:
        raise NotPublished(str(bad), problems=bad.problems) from None
    made = []
    for definition in definitions:
        newest = _newest(definition.id)
        if not newest or not (newest.digest == definition.digest() or _is_overtaken(definition, newest)):
            made.append(_publish(definition, queries.read_folder(root / definition.id), at=at, by=by))
        elif not newest.service.withdrawn_by.startswith(STAFF):
            Service.objects.filter(pk=definition.id).update(withdrawn_at=None)
    return made


STAFF = "staff:"
"""How an actor begins who is somebody of a body, rather than the command line."""


def _is_overtaken(definition, newest):
    """Tell whether a folder is as an earlier version was, and somebody has changed the service here since.

    What is shipped is published at each start: it must not undo what a body's staff wrote.
    """
    earlier = Version.objects.filter(service_id=definition.id, digest=definition.digest())
    return newest.published_by.startswith(STAFF) and earlier.exists()


def publish_files(*, service_id, files, at, by):
    """Publish one service's files ({path: text}); return the Published version.

    They are checked as closely as can be: against every name that is published, and their worked examples must come
    out. Raises NotPublished. The same files again change nothing. Needs a transaction.
    """
    checked = queries.check_files(service_id, files, england())
    if not checked.well:
        raise NotPublished("\n".join([*map(str, checked.problems), *checked.told]), problems=checked.problems)
    newest = _newest(service_id)
    if not newest or newest.service.withdrawn_at or newest.files != files:
        _publish(checked.definition, files, at=at, by=by)
    return queries.current(service_id)


def withdraw(*, service_id, at, by):
    """Take a service out of the catalogue: no new cases; open ones go on.

    A new version brings it back; so does publishing its folder again, unless a body's staff retired it.
    """
    if not Service.objects.filter(pk=service_id, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=str(by)):
        raise queries.UnknownService()


def _newest(service_id):
    return Version.objects.filter(service_id=service_id).select_related("service").order_by("-number").first()


def _publish(definition, files, *, at, by):
    """Make the next version of a service, which takes cases from now on; return its id."""
    service, _ = Service.objects.get_or_create(pk=definition.id, defaults={"published_at": at})
    if service.withdrawn_at:
        Service.objects.filter(pk=service.pk).update(withdrawn_at=None)
    newest, digest = _newest(service.pk), definition.digest()
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(
        id=UUID(hashlib.sha256(f"{digest}:{number}".encode()).hexdigest()[:32]),
        service=service,
        number=number,
        digest=digest,
        files=files,
        compiled=json.dumps(definition.compiled(), ensure_ascii=False),
        published_at=at,
        published_by=str(by),
    )
    return version.id
