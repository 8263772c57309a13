"""What the resident still has to do: choose a day, pay."""

import datetime as dt
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import queries
from moothall.casework.views.queue import OFFICE
from moothall.casework.views.to_do import CHOOSE, active, still_to_pay
from moothall.casework.views.tracking import of_case
from moothall.casework.views.visit import language
from moothall.core import audit
from moothall.core.guard import anyone, staff
from moothall.core.refusal import NotYours
from moothall.ledger import queries as money
from moothall.ui.rules import day_words, time_words

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
        slot.choices = [(one.id, _said(one, lang, with_day=not day)) for one in free]


class WhichDayForm(forms.Form):
    """Whose times are to be shown? Only asked where a day has several."""

    day = forms.ChoiceField(label=gettext_lazy("Day"))

    def __init__(self, days: list[dt.date], lang: str, shown: dt.date):
        super().__init__({"day": shown.isoformat()})
        self.fields["day"].choices = [(day.isoformat(), day_words(day, lang)) for day in days]


def _said(slot, lang: str, with_day: bool = True) -> str:
    times = {
        "day": day_words(slot.starts, lang),
        "from": time_words(slot.starts, lang),
        "to": time_words(slot.ends, lang),
    }
    return (_("%(day)s, %(from)s to %(to)s") if with_day else _("%(from)s to %(to)s")) % times


@anyone("the session says which cases this browser has shown that it may see")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_case
def day_page(request: HttpRequest, page) -> HttpResponse:
    """Offer the days that are left; keep the chosen one while the resident pays."""
    step, case = active(page, CHOOSE), page.case
    if step is None:
        return redirect("casework:case", reference=case.reference)
    words = _offer(request, page, step)
    if _keep(request, case, words["form"]):
        next_page = "casework:pay" if words["to_pay"] else "casework:case"
        return redirect(next_page, reference=case.reference)
    words |= {"back_url": reverse("casework:case", args=[case.reference]), "case": case}
    return render(request, "casework/day.html", words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff(*OFFICE)
def day_for_caller(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose a day for somebody on the phone or at the counter."""
    page = queries.case(case_id, at=request.at)
    audit.read(object=f"case:{case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="day")
    step = active(page, CHOOSE)
    if step is None:
        return redirect("casework:work", case_id=case_id)
    words = _offer(request, page, step)
    if _keep(request, page.case, words["form"]):
        return redirect("casework:work", case_id=case_id)
    return render(request, "casework/day_for_caller.html", words | {"case": page.case})


def _offer(request: HttpRequest, page, step) -> dict:
    """Return what is left for this step: the form to choose by, and whether there is anything to pay afterwards.

    Where some day has several times, `days` asks which day's times to show (`?day=`, at first the soonest).
    """
    told = page.file.definition.steps[step.name].using
    kind = told.get("slots") or page.case.service_id
    free = places.free(step.body_id, kind, at=request.at, ahead=told.get("ahead"), limit=ALL)
    data, lang = request.POST if request.method == "POST" else None, language(request)
    days = list(dict.fromkeys(slot.day for slot in free))
    words = {"free": free, "days": None, "to_pay": still_to_pay(page)}
    if len(days) == len(free):
        return words | {"form": DayForm(data, free, lang)}
    shown = next((day for day in days if day.isoformat() == request.GET.get("day")), days[0])
    form = DayForm(data, [slot for slot in free if slot.day == shown], lang, shown)
    return words | {"form": form, "days": WhichDayForm(days, lang, shown)}


def _keep(request: HttpRequest, case, form: DayForm) -> bool:
    """Hold the day that was chosen, if one was; a day that has just gone is said to be gone."""
    if not form.is_bound or not form.is_valid():
        return False
    slot_id = form.cleaned_data["slot"]
    try:
        booking.hold(slot_id=slot_id, case_id=case.pk, at=request.at, by=request.actor)
    except (booking.SlotTaken, booking.SlotClosed) as refusal:
        form.add_error("slot", _(refusal.message))
        form.fields["slot"].choices = [choice for choice in form.fields["slot"].choices if choice[0] != slot_id]
        return False
    return True


@anyone("the session says which cases this browser has shown that it may see")
@never_cache
@require_safe
@of_case
def day_file(request: HttpRequest, page) -> HttpResponse:
    """Give the day that was chosen as a calendar file."""
    mine = places.of_case(page.case.pk)
    if mine is None:
        raise NotYours()
    starts, ends = places.times(mine.id)
    summary = f"{page.file.definition.title.in_(language(request))} {page.case.reference}"
    content = places.calendar_file(mine.id, starts, ends, summary=summary, at=request.at)
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
