"""Writes to the catalogue: only ever by publishing a folder of definitions."""

import hashlib
import json
from pathlib import Path
from uuid import UUID

from moothall.catalogue import queries
from moothall.catalogue.models import Service, Version
from moothall.catalogue.rules.load import BadDefinition, load, load_all
from moothall.core.refusal import Refusal


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
            definitions = [load(path, queries.performers(path.parent))]
        else:
            definitions = load_all(path, queries.performers(path), queries.topics(path))
    except BadDefinition as bad:
        raise NotPublished(str(bad), problems=bad.problems) from None
    root = path.parent if (path / "service.yaml").exists() else path
    made = []
    for definition in definitions:
        source = (root / definition.id / "service.yaml").read_text()
        made += _publish(definition, source, at=at, by=by)
    return made


def withdraw(*, service_id, at, by):
    """Take a service out of the catalogue: no new cases; open ones go on. Publishing it again brings it back."""
    if not Service.objects.filter(pk=service_id, withdrawn_at=None).update(withdrawn_at=at):
        raise queries.UnknownService()


def _publish(definition, source, *, at, by):
    digest = definition.digest()
    service, _ = Service.objects.get_or_create(pk=definition.id, defaults={"published_at": at})
    if service.withdrawn_at:
        Service.objects.filter(pk=service.pk).update(withdrawn_at=None)
    newest = Version.objects.filter(service=service).order_by("-number").first()
    if newest and newest.digest == digest:
        return []
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(
        id=UUID(hashlib.sha256(f"{digest}:{number}".encode()).hexdigest()[:32]),
        service=service,
        number=number,
        digest=digest,
        source=source,
        compiled=json.dumps(definition.compiled(), ensure_ascii=False),
        published_at=at,
        published_by=str(by),
    )
    return [version.id]
