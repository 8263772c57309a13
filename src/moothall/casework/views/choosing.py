"""What the resident still has to do: choose a day, pay."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions, queries
from moothall.casework.rules.money_back import change_by
from moothall.casework.views.queue import OFFICE
from moothall.casework.views.to_do import still_to_pay
from moothall.casework.views.tracking import of_case
from moothall.casework.views.visit import language
from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import anyone, staff
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.ledger import queries as money
from moothall.ui.rules import day_words

PATIENCE = 15


ALL = 1000
"""More slots than any diary has open for six weeks."""


class DayForm(forms.Form):
    """Which of the days that are left? Where a day has several times: which time on the day that is looked at?"""

    slot = forms.TypedChoiceField(
        label=gettext_lazy("Which day suits you?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a day"),
            "invalid_choice": gettext_lazy("Choose a day that is left"),
        },
    )

    def __init__(self, data, free: list, lang: str, day: dt.date | None = None):
        super().__init__(data)
        slot = self.fields["slot"]
        if day:
            slot.label = _("What time on %(day)s?") % {"day": day_words(day, lang)}
            slot.error_messages |= {"required": _("Choose a time"), "invalid_choice": _("Choose a time that is left")}
        slot.choices = [(one.id, queries.slot_words(one.starts, one.ends, lang, with_day=not day)) for one in free]


class WhichDayForm(forms.Form):
    """Whose times are to be shown? Only asked where a day has several."""

    day = forms.ChoiceField(label=gettext_lazy("Day"))

    def __init__(self, days: list[dt.date], lang: str, shown: dt.date):
        super().__init__({"day": shown.isoformat()})
        self.fields["day"].choices = [(day.isoformat(), day_words(day, lang)) for day in days]


class MoveForm(DayForm):
    """Which other day, when staff change it; and who wanted it, since that decides what was promised."""

    wanted = forms.TypedChoiceField(
        label="Who asked for another day?",
        choices=[("yes", "The resident"), ("no", "We did: we cannot keep the day")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who asked for another day"},
    )


@anyone("the session says which cases this browser has shown that it may see")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_case
def day_page(request: HttpRequest, page) -> HttpResponse:
    """Offer the days that are left; keep the chosen one while the resident pays, or change the one they have."""
    asked, case = queries.day_to_choose(page, request.at), page.case
    if asked is None:
        return redirect("casework:case", reference=case.reference)
    words = _offer(request, page, asked)
    if words["too_late"] and request.method == "POST":
        raise actions.TooLateToChange()
    if _keep(request, case, asked, words["form"]):
        if asked.again:
            notices.success(request, _("Your day is changed."))
        next_page = "casework:pay" if words["to_pay"] else "casework:case"
        return redirect(next_page, reference=case.reference)
    words |= {"back_url": reverse("casework:case", args=[case.reference]), "case": case}
    return render(request, "casework/day.html", words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff(*OFFICE)
def day_for_caller(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose a day, or another one, for somebody on the phone or at the counter, or because we cannot keep it."""
    page = queries.case(case_id, at=request.at)
    audit.read(object=f"case:{case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="day")
    with scoped(request.scope.narrowed(case=case_id)):  # the place may be in the diary of whoever does the work
        asked = queries.day_to_choose(page, request.at)
        if asked is None:
            return redirect("casework:work", case_id=case_id)
        words = _offer(request, page, asked, MoveForm if asked.again else DayForm)
        if words["days"] is None:
            words["form"].fields["slot"].label = "Which day suits the caller?"
        if _keep(request, page.case, asked, words["form"]):
            return redirect("casework:work", case_id=case_id)
        return render(request, "casework/day_for_caller.html", words | {"case": page.case})


def _offer(request: HttpRequest, page, asked: queries.DayToChoose, kind: type[DayForm] = DayForm) -> dict:
    """Return what is left: the form to choose by, what one has now, and whether there is anything to pay afterwards.

    Where some day has several times, `days` asks which day's times to show (`?day=`, at first the soonest).
    """
    lang, mine = language(request), asked.mine
    free = places.free(asked.body_id, asked.kind, at=request.at, ahead=asked.ahead, limit=ALL)
    words = {"to_pay": still_to_pay(page), "now": "", "too_late": False, "days": None, "asked": asked}
    if asked.offer:
        words["offered"] = queries.slot_words(asked.offer.starts, asked.offer.ends, lang)
    if mine:
        starts, ends = places.times(mine.id)
        free = [slot for slot in free if slot.id != mine.slot_id]
        words["now"] = queries.slot_words(starts, ends, lang)
        words["too_late"] = request.at > change_by(local(starts).date(), page.file.calendar)
    if asked.offer:
        free = sorted([asked.offer, *(slot for slot in free if slot.id != asked.offer.id)], key=lambda s: s.starts)
    data = request.POST if request.method == "POST" else None
    days = list(dict.fromkeys(slot.day for slot in free))
    if len(days) == len(free):
        return words | {"free": free, "form": kind(data, free, lang)}
    shown = next((day for day in days if day.isoformat() == request.GET.get("day")), days[0])
    form = kind(data, [slot for slot in free if slot.day == shown], lang, shown)
    return words | {"free": free, "form": form, "days": WhichDayForm(days, lang, shown)}


def _keep(request: HttpRequest, case, asked: queries.DayToChoose, form: DayForm) -> bool:
    """Hold the day that was chosen, or change to it, if one was; a day that has just gone is said to be gone."""
    if not form.is_bound or not form.is_valid():
        return False
    told = {"slot_id": form.cleaned_data["slot"], "case_id": case.pk, "at": request.at, "by": request.actor}
    try:
        if asked.again:
            actions.move_day(**told, wanted=form.cleaned_data.get("wanted", True))
        else:
            booking.hold(**told)
    except (booking.SlotTaken, booking.SlotClosed) as refusal:
        form.add_error("slot", _(refusal.message))
        gone = told["slot_id"]
        form.fields["slot"].choices = [choice for choice in form.fields["slot"].choices if choice[0] != gone]
        return False
    return True


@anyone("the session says which cases this browser has shown that it may see")
@require_POST
@of_case
def waiting(request: HttpRequest, page) -> HttpResponse:
    """Join the waiting list for a day, leave it, or decline the day that is offered."""
    asked = queries.day_to_choose(page, request.at)
    if asked is not None:
        notices.success(request, _wait(request, page.case.pk, asked))
    return redirect("casework:case", reference=page.case.reference)


OF_THEM = {
    "join": "They are on the waiting list. We write to them as soon as a day comes free.",
    "decline": "The next in line has it. They are still on the waiting list.",
    "leave": "They are not on the waiting list any more.",
}
"""What is said to staff who did something of the waiting list for somebody."""


@require_POST
@staff(*OFFICE)
def waiting_for_caller(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Do the same for somebody on the phone or at the counter."""
    page = queries.case(case_id, at=request.at)
    audit.read(object=f"case:{case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="day")
    with scoped(request.scope.narrowed(case=case_id)):
        asked = queries.day_to_choose(page, request.at)
        if asked is not None:
            _wait(request, case_id, asked)
            notices.success(request, OF_THEM[request.POST["do"]])
    return redirect("casework:work", case_id=case_id)


def _wait(request: HttpRequest, case_id: UUID, asked: queries.DayToChoose) -> str:
    """Do what was asked of the waiting list, and return what is said of it."""
    told = {"case_id": case_id, "kind": asked.kind, "at": request.at, "by": request.actor}
    match request.POST.get("do"):
        case "join":
            actions.wait_for_day(**told, diary_of=asked.body_id, ahead=asked.ahead)
            return _("You are on the waiting list. We write to you as soon as a day comes free.")
        case "decline":
            actions.wait_no_more(**told, decline=True)
            return _("The next in line has it. You are still on the waiting list.")
        case "leave":
            actions.wait_no_more(**told)
            return _("You are not on the waiting list any more.")
    raise Http404


@anyone("the session says which cases this browser has shown that it may see")
@never_cache
@require_safe
@of_case
def day_file(request: HttpRequest, page) -> HttpResponse:
    """Give the day that was chosen as a calendar file; once it was given up, one that takes it out again."""
    mine = places.last_of_case(page.case.pk)
    if mine is None:
        raise NotYours()
    summary = f"{page.file.definition.title.in_(language(request))} {page.case.reference}"
    address = queries.tracking_address(page.case.reference)
    content = places.calendar_file(mine, summary=summary, address=address, at=request.at)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{page.case.reference}-day.ics"'
    return answer


@anyone("the session says which cases this browser has shown that it may see")
@never_cache
@require_safe
@of_case
def pay(request: HttpRequest, page) -> HttpResponse:
    """Go on to what there is to pay; wait a moment for it if it is being got ready."""
    charges = money.charges_for(page.case.pk)
    owed = next((c for c in charges if c.state == "due"), None)
    if owed:
        return redirect("ledger:pay", charge_id=owed.id)
    asked = request.GET.get("n", "0")
    tries = int(asked) if asked.isdigit() else 0
    if charges or not still_to_pay(page) or tries >= PATIENCE:
        return redirect("casework:case", reference=page.case.reference)
    return render(request, "casework/moment.html", {"next": f"?n={tries + 1}"})
