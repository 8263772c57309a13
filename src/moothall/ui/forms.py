"""Fields and rendering that Django's forms lack: a day in three boxes, a sum in pounds, a place, our own markup."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from moothall.core.money import NotMoney, parse_pounds
from moothall.core.refusal import Refusal
from moothall.ui import rules


class Renderer(TemplatesSetting):
    """Every `{{ form }}` and `{{ form.field.as_field_group }}` in our own components."""

    form_template_name = "ui/parts/form.html"
    field_template_name = "ui/parts/field.html"


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self, attrs: dict | None = None) -> None:
        boxes = {part: forms.NumberInput() for part in ("day", "month", "year")}
        super().__init__(boxes, attrs)
        self.widgets_names = ["-day", "-month", "-year"]

    def decompress(self, value: Any) -> list:
        """Return the three boxes' content for a date, for what was typed, or for nothing."""
        if isinstance(value, list | tuple):
            return list(value)
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]


class DayField(forms.MultiValueField):
    """A date people know by heart, typed in three boxes; cleaned to a `date`."""

    widget = DayWidget

    def __init__(self, **kwargs: Any) -> None:
        numbers = [forms.IntegerField(min_value=1), forms.IntegerField(min_value=1), forms.IntegerField(min_value=1)]
        super().__init__(fields=numbers, require_all_fields=False, **kwargs)
        self.missing = kwargs.get("error_messages", {}).get("required") or _("Enter a day, a month and a year.")

    def clean(self, value: Any) -> date | None:
        """Return the date; refuse one that is no day of the calendar."""
        parts = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(parts):
            if self.required:
                raise ValidationError(self.missing, code="required")
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(_("Enter a real date, such as 24 11 2026."), code="invalid") from None


class SeveralWidget(forms.MultiWidget):
    """Some selects below each other, each with the same choices: `<name>_0`, `<name>_1` and on."""

    def __init__(self, choices: list[tuple[str, str]], boxes: int) -> None:
        super().__init__([forms.Select(choices=choices) for _box in range(boxes)])

    def decompress(self, value: Any) -> list:
        """Return what each box holds: the values chosen so far, then nothing."""
        chosen = list(value or ())[: len(self.widgets)]
        return chosen + [""] * (len(self.widgets) - len(chosen))


class SeveralField(forms.MultiValueField):
    """A few chosen of very many, one in each box; cleaned to the list of them, each once, in the order of the boxes."""

    def __init__(self, choices: list[tuple[str, str]], boxes: int, **kwargs: Any) -> None:
        one = [forms.ChoiceField(choices=[("", ""), *choices], required=False) for _box in range(boxes)]
        self.choices = [("", _("Not chosen")), *choices]
        super().__init__(one, widget=SeveralWidget(self.choices, boxes), require_all_fields=False, **kwargs)

    def compress(self, data_list: list) -> list[str]:
        """Return what was chosen."""
        return list(dict.fromkeys(one for one in data_list if one))


def beside(form: forms.Form, refusal: Refusal) -> None:
    """Put what a refusal says beside the questions it is about, or above the form where it is about none of them.

    `refusal.details["problems"]`, where it is a dict, holds a message for each question; `refusal.details["url"]` leads
    to where something is to be done first.
    """
    form.leads_to = refusal.details.get("url", "")
    problems = refusal.details.get("problems")
    said = problems if isinstance(problems, dict) and problems else {refusal.field: refusal.message}
    for name, message in said.items():
        form.add_error(name if name in form.fields else None, message)


class PoundsField(forms.CharField):
    """An amount in pounds, cleaned to pence."""

    def clean(self, value):
        """Return pence, or None for an empty optional field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_pounds(text)
        except NotMoney as refusal:
            raise ValidationError(refusal.message) from None


class PlaceWidget(forms.MultiWidget):
    """The place picker's boxes: `<name>-search`, `-choice`, `-lat`, `-lon`, `-usrn`, `-uprn`, `-label`, `-note`."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in rules.PLACE_PARTS}, attrs)
        self.widgets_names = [f"-{part}" for part in rules.PLACE_PARTS]

    def decompress(self, value: Any) -> list:
        """Return what each box holds for a place (a dict), for what was typed, or for nothing."""
        if isinstance(value, list | tuple):
            return [part or "" for part in value]
        place = value or {}
        place = {**place, "search": place.get("search") or place.get("label")}
        return ["" if place.get(part) is None else place[part] for part in rules.PLACE_PARTS]


class PlaceField(forms.MultiValueField):
    """
    A place as the picker posts it; cleaned to a dict with the keys of `rules.PLACE_PARTS`.

    `lat` and `lon` are floats or None. Without scripts only `search` (what was typed) or `choice` (the value of a
    result) is there: the view looks the place up, and offers several results by setting `found` on this field to
    `[(value, label), ...]`.
    """

    widget = PlaceWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields=[forms.CharField() for _part in rules.PLACE_PARTS], require_all_fields=False, **kwargs)
        self.found: list[tuple[str, str]] = []
        say = _("Type a street or an address, then choose the place.")
        self.missing = kwargs.get("error_messages", {}).get("required") or say

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Return the place; refuse an empty one when it is required."""
        typed = [str(part or "").replace("\x00", "").strip()[:300] for part in value or [""] * len(rules.PLACE_PARTS)]
        place: dict[str, Any] = dict(zip(rules.PLACE_PARTS, typed, strict=True))
        place["lat"], place["lon"] = _degrees(place["lat"], 90), _degrees(place["lon"], 180)
        if None in (place["lat"], place["lon"]):
            place["lat"] = place["lon"] = None
        if place["lat"] is None and not (place["search"] or place["choice"]):
            if self.required:
                raise ValidationError(self.missing, code="required")
            return None
        return place


def _degrees(text: str, most: int) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if -most <= number <= most else None
