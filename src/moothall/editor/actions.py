"""Writes to drafts: begun, saved, looked at by a second person, published; and taken up again where they were left."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.catalogue import actions as publishing
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.core.refusing import refusing
from moothall.editor import queries
from moothall.editor.models import OPEN, Draft, Opinion, Saving
from moothall.editor.rules import files as files_of
from moothall.editor.rules import rewriting


class DraftThere(Refusal):
    """Your body is writing this service already. Go on with that draft, or give it up first."""


class NameTaken(Refusal):
    """There is a service of that name already. Choose another name, or change that one."""

    status = 422


class NotOpen(Refusal):
    """This draft is published or given up. Begin a new change of the service."""


class SavedMeanwhile(Refusal):
    """Somebody saved this draft after you opened it. Open it again beside this page, and bring your changes over."""


class FilesWrong(Refusal):
    """These files cannot be kept. Mend what is listed."""

    status = 422


class NotGood(Refusal):
    """It cannot be used as it stands. Mend what is listed under Check it, and ask again."""

    status = 422


class NothingChanged(Refusal):
    """It is the same as what is published. Change something first, or give the draft up."""

    status = 422


class OutOfDate(Refusal):
    """A newer version was published since this draft began. Look at what changes, and build on the newer one first."""


class OwnWork(Refusal):
    """You wrote some of this yourself. Somebody who did not has to agree to it."""

    status = 403


class NotReviewer(Refusal):
    """Your role does not decide this. Ask somebody with the roles named on this page."""

    status = 403


class NotAsked(Refusal):
    """Nobody has asked for this draft to be looked at, or it was changed since. Ask for a review first."""


class NotAgreed(Refusal):
    """A second person has to agree before it is published. Ask for a review."""


class OthersOfferIt(Refusal):
    """Other bodies offer this service. End your own offer under Draw-downs; it can be retired once nobody offers it."""


class SayWhy(Refusal):
    """Say what has to change, so that whoever wrote it knows what to do."""

    status = 422


class NotOfYourKind(Refusal):
    """None of the kinds of body that do this service is yours. Name your own under `done_by`."""

    status = 422


def begin_new(
    *, body_id: int, service_id: str, given: Mapping | None = None, like: str = "", at: dt.datetime, by: Actor
) -> Draft:
    """Begin a service of a new name: from the small whole one (`given` as `catalogue.queries.begun` takes it), or as a
    copy of another (`like`) with the title in `given`.

    Raises NameTaken, DraftThere, FilesWrong, UnknownService.
    """
    if queries.newest(service_id) or catalogue.versions(service_id):
        raise NameTaken(field="name")
    try:
        files = catalogue.begun(service_id, given)
        if like:
            files = _copied(like, service_id, given)
    except catalogue.CannotBegin as cannot:
        raise FilesWrong(str(cannot), field="name") from None
    return _begin(body_id, service_id, files, None, "Begun", at=at, by=by)


def _copied(like: str, service_id: str, given: Mapping) -> dict[str, str]:
    """Return another service's files under a new name and title."""
    files = dict(catalogue.files(catalogue.current(like).id))
    title = {"en": given["title"], "cy": given["title_cy"]}
    text = rewriting.put(files[files_of.DEFINITION], ("id",), service_id)
    files[files_of.DEFINITION] = rewriting.put(text, ("title",), title)
    return files


def begin_change(*, body_id: int, service_id: str, at: dt.datetime, by: Actor) -> Draft:
    """Begin the next version of a published service. Raises UnknownService, NotYoursToChange, DraftThere."""
    base = catalogue.current(service_id)
    if not queries.may_change(service_id, body_id, local(at).date()):
        raise queries.NotYoursToChange()
    return _begin(body_id, service_id, catalogue.files(base.id), base.id, f"From version {base.number}", at=at, by=by)


def begin_retiring(*, body_id: int, service_id: str, at: dt.datetime, by: Actor) -> Draft:
    """Begin to take a service out of the catalogue; a second person agrees to that too.

    Raises UnknownService, NotYoursToChange, DraftThere, OthersOfferIt.
    """
    base, day = catalogue.current(service_id), local(at).date()
    if not queries.may_change(service_id, body_id, day):
        raise queries.NotYoursToChange()
    if queries.others(service_id, body_id, day):
        raise OthersOfferIt()
    return _begin(body_id, service_id, catalogue.files(base.id), base.id, "To be retired", retiring=True, at=at, by=by)


def _begin(body_id, service_id, files, base_id, what, *, retiring=False, at, by) -> Draft:
    _keepable(files)
    row = Draft(
        body_id=body_id, service_id=service_id, base_id=base_id, retiring=retiring, files=files, begun_at=at,
        begun_by=str(by), changed_at=at,
    )  # fmt: skip
    with refusing({"editor_draft_one_open": DraftThere}, hidden=NotYours):
        row.save(force_insert=True)
    _kept(row, what, at, by)
    _noted("draft.begun", row, at, by)
    return row


def save(
    *, draft_id: UUID, changed: Mapping[str, str | None], number: int | None = None, at: dt.datetime, by: Actor
) -> Draft:
    """Keep changed files of a draft ({path: text, or None to take it out}); what is the same is not saved again.

    `number` is the saving that the writer saw; None means whatever is there. A draft that was to be looked at, or was
    agreed to, is being written again. Raises UnknownDraft, NotOpen, SavedMeanwhile, FilesWrong.
    """
    row = _open(draft_id)
    if number is not None and number != row.number:
        raise SavedMeanwhile()
    files = {path: text for path, text in {**row.files, **changed}.items() if text is not None}
    if files == row.files:
        return row
    return _saved(row, files, files_of.said(row.files, files), at, by)


def bring_back(*, draft_id: UUID, number: int, at: dt.datetime, by: Actor) -> Draft:
    """Make the files again what an earlier saving left. Raises UnknownDraft, NotOpen."""
    row, then = _open(draft_id), queries.saving(draft_id, number)
    return row if then.files == row.files else _saved(row, then.files, f"Brought back from saving {number}", at, by)


def build_on_newest(*, draft_id: UUID, at: dt.datetime, by: Actor) -> Draft:
    """Say that the draft takes the place of the newest version: its writer has seen what that changed.

    Raises UnknownDraft, NotOpen, UnknownService.
    """
    row = _open(draft_id)
    base = catalogue.current(row.service_id)
    row.base_id = base.id
    return _saved(row, row.files, f"To follow version {base.number}", at, by)


def _saved(row: Draft, files: dict, what: str, at: dt.datetime, by: Actor) -> Draft:
    if row.retiring and files != row.files:
        raise NotOpen("This draft retires the service. Give it up to change the service instead.")
    _keepable(files)
    row.files, row.number, row.state, row.changed_at = files, row.number + 1, "writing", at
    row.save(update_fields=["files", "number", "state", "base", "changed_at"])
    _kept(row, what, at, by)
    return row


def ask(*, draft_id: UUID, words: str = "", at: dt.datetime, by: Actor) -> Opinion:
    """Ask a second person to look at a draft, which has to be good by then.

    Raises UnknownDraft, NotOpen, and whatever stands in the way of publishing it.
    """
    row = _open(draft_id)
    _publishable(row, local(at).date())
    return _said(row, "asked", words, "asked", at, by)


def answer(*, draft_id: UUID, agree: bool, words: str = "", at: dt.datetime, by: Actor) -> Opinion:
    """Agree to a draft as it stands, or send it back with what has to change.

    Raises UnknownDraft, NotOpen, NotAsked, OwnWork, NotReviewer, SayWhy, and what stands in the way of publishing it.
    """
    row, day = _open(draft_id), local(at).date()
    if row.state != "asked":
        raise NotAsked()
    if str(by) in queries.writers(row.pk):
        raise OwnWork()
    if not set(queries.reviewers(row.service_id, row.body_id, day)) & _roles(by, row.body_id, day):
        raise NotReviewer()
    if not agree and not words.strip():
        raise SayWhy(field="words")
    if agree:
        _publishable(row, day)
    return _said(row, "agreed" if agree else "back", words, "agreed" if agree else "writing", at, by)


def publish(*, draft_id: UUID, at: dt.datetime, by: Actor):
    """Publish a draft that was agreed to as it stands, and return the Published version; retire what is to be retired.

    Cases keep the version that they began with, and bodies the one that they offer until they take the new one.
    Raises UnknownDraft, NotOpen, NotAgreed, and what stands in the way by now.
    """
    row = _open(draft_id)
    if row.state != "agreed":
        raise NotAgreed()
    _publishable(row, local(at).date())
    if row.retiring:
        made = catalogue.current(row.service_id)
        publishing.withdraw(service_id=row.service_id, at=at, by=by)
    else:
        made = publishing.publish_files(service_id=row.service_id, files=row.files, at=at, by=by)
    row.state, row.changed_at, row.version_id = "published", at, made.id
    row.save(update_fields=["state", "changed_at", "version"])
    _noted("service.retired" if row.retiring else "service.published", row, at, by)
    return made


def drop(*, draft_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Give a draft up; what was written stays to be read. Raises UnknownDraft, NotOpen."""
    row = _open(draft_id)
    row.state, row.changed_at = "dropped", at
    row.save(update_fields=["state", "changed_at"])
    _noted("draft.dropped", row, at, by)


def push(*, body_id: int, service_id: str, files: Mapping[str, str], at: dt.datetime, by: Actor) -> Draft:
    """Bring a folder's files into a body's draft of the service, begun if there is none; exactly these files.

    Raises NotYoursToChange, FilesWrong.
    """
    row = queries.open_draft(body_id, service_id)
    if row is None and not catalogue.versions(service_id):
        return _begin(body_id, service_id, dict(files), None, "Pushed", at=at, by=by)
    row = row or begin_change(body_id=body_id, service_id=service_id, at=at, by=by)
    return save(draft_id=row.pk, changed=dict.fromkeys(row.files) | dict(files), at=at, by=by)


def _open(draft_id: UUID) -> Draft:
    row = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if row is None:
        raise queries.UnknownDraft()
    if row.state not in OPEN:
        raise NotOpen()
    return row


def _keepable(files: Mapping[str, str]) -> None:
    if said := files_of.wrong(files):
        raise FilesWrong(said)


def _publishable(row: Draft, day: dt.date) -> None:
    """Refuse what could not be published now."""
    newest = queries.newest(row.service_id)
    if (newest.id if newest else None) != row.base_id:
        raise OutOfDate()
    if row.base_id and not queries.may_change(row.service_id, row.body_id, day):
        raise queries.NotYoursToChange()
    if row.retiring:
        if queries.others(row.service_id, row.body_id, day):
            raise OthersOfferIt()
        return
    found = queries.look(row.service_id, row.files)
    if not found.well:
        raise NotGood(problems=[*map(str, found.problems), *found.told])
    if newest and row.files == catalogue.files(newest.id):
        raise NothingChanged()
    if bodies.body(row.body_id).kind not in found.definition.done_by.bodies:
        raise NotOfYourKind()


def _roles(by: Actor, body_id: int, day: dt.date) -> set[str]:
    """Return the roles that somebody holds at a body on a day."""
    if by.kind != "staff":
        return set()
    return {role for post in bodies.staff_of(int(by.id), day) if post.body_id == body_id for role in post.roles}


def _said(row: Draft, verdict: str, words: str, state: str, at: dt.datetime, by: Actor) -> Opinion:
    row.state, row.changed_at = state, at
    row.save(update_fields=["state", "changed_at"])
    opinion = Opinion.objects.create(
        body_id=row.body_id,
        draft=row,
        number=row.number,
        verdict=verdict,
        words=words.strip()[:2000],
        at=at,
        by=str(by),
    )
    _noted(f"draft.{verdict}", row, at, by)
    return opinion


def _kept(row: Draft, what: str, at: dt.datetime, by: Actor) -> None:
    Saving.objects.create(
        body_id=row.body_id, draft=row, number=row.number, what=what, files=row.files, at=at, by=str(by)
    )


def _noted(action: str, row: Draft, at: dt.datetime, by: Actor) -> None:
    told = {"service": row.service_id, "number": row.number}
    audit.record(action=action, object=f"draft:{row.pk}", body_id=row.body_id, data=told, at=at, by=by)
