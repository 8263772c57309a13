"""Information governance: packs for people who ask what we hold, erasure with a reason, and the register."""

from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moothall.core import audit, guard, personal, ports, privacy

OFFICE = ("information-governance",)


class WhoseData(forms.Form):
    """One person, by all the ids they are known by."""

    person_ids = forms.CharField(widget=forms.HiddenInput, max_length=2000)

    def clean_person_ids(self) -> list[UUID]:
        """Return the ids; refuse what is none."""
        try:
            return [UUID(text) for text in self.cleaned_data["person_ids"].split(",")]
        except ValueError:
            raise forms.ValidationError("Choose the person from the list.") from None


class Erasing(WhoseData):
    """Whom to erase, and why."""

    because = forms.CharField(
        label="Why are these data erased?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: asked for on 3 March, and no law says that we keep them.",
        error_messages={"required": "Say why these data are erased."},
    )
    sure = forms.BooleanField(
        label="I understand that this cannot be undone", error_messages={"required": "Tick the box if you are sure."}
    )


@require_safe
@guard.staff(*OFFICE)
def privacy_office(request: HttpRequest) -> HttpResponse:
    """Search for a person, and show what was asked and erased."""
    text = request.GET.get("q", "").strip()[:100]
    found = (
        [person for answer in ports.find_person for person in answer.give(text, request.actor.body_id)] if text else []
    )
    for person in found:
        person["key"] = ",".join(str(one) for one in person["person_ids"])
    rows = privacy.requests(body_id=request.actor.body_id)
    for row in rows:
        row.shown = [(what.replace("_", " "), count) for what, count in sorted(row.counts.items()) if count]
    context = {"heading": "Privacy", "q": text, "found": found, "rows": rows}
    return render(request, "core/privacy.html", context)


@require_safe
@guard.staff(*OFFICE)
def person(request: HttpRequest) -> HttpResponse:
    """Show how much is held about one person, where, and what can be done; the look is written down."""
    form = WhoseData(request.GET)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("core:privacy"))
    return _person(request, form.cleaned_data["person_ids"], Erasing())


def _person(request: HttpRequest, person_ids: list[UUID], form: Erasing) -> HttpResponse:
    for person_id in person_ids:
        about = audit.person_object(person_id)
        audit.read(
            object=about, body_id=request.actor.body_id, at=request.at, by=request.actor, what="how much is held"
        )
    held = privacy.gather(person_ids=person_ids, at=request.at)
    sections = [(heading, len(rows)) for chapter in held.values() for heading, rows in chapter.items()]
    key = ",".join(str(one) for one in person_ids)
    context = {"heading": "What we hold about this person", "sections": sections, "key": key, "form": form}
    return render(request, "core/privacy_person.html", context)


@require_POST
@guard.staff(*OFFICE)
def make(request: HttpRequest) -> HttpResponse:
    """Queue a subject-access pack."""
    form = WhoseData(request.POST)
    person_ids = form.cleaned_data["person_ids"] if form.is_valid() else []
    body_id = request.actor.body_id
    privacy.ask_for_pack(person_ids=person_ids, body_id=body_id, at=request.at, by=request.actor)
    notices.success(request, "The pack is being made. It appears below when it is ready.")
    return HttpResponseRedirect(reverse("core:privacy"))


@require_POST
@guard.staff(*OFFICE)
def erase(request: HttpRequest) -> HttpResponse:
    """Queue an erasure, once its reason is given and confirmed."""
    form = Erasing(request.POST)
    if not form.is_valid():
        whose = WhoseData(request.POST)
        if not whose.is_valid():
            return HttpResponseRedirect(reverse("core:privacy"))
        return _person(request, whose.cleaned_data["person_ids"], form)
    given = form.cleaned_data
    privacy.ask_for_erasure(
        person_ids=given["person_ids"],
        body_id=request.actor.body_id,
        because=given["because"],
        at=request.at,
        by=request.actor,
    )
    notices.success(request, "These data are being erased. What was erased is listed below when it is done.")
    return HttpResponseRedirect(reverse("core:privacy"))


@require_safe
@guard.anyone("what personal data we hold and why is for everyone to read; it names nobody")
def register(request: HttpRequest) -> HttpResponse:
    """Show the register of personal data: what, why, on what basis, how long."""
    rows = [
        {"what": held.table.replace("_", " "), "held": held, "law": personal.BASES[held.basis]}
        for held in personal.register()
    ]
    return render(request, "core/register.html", {"rows": rows})
