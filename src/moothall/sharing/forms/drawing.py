"""What a body sets and writes down while it draws a service down."""

import datetime as dt

from django import forms

from moothall.catalogue import queries as catalogue
from moothall.core.money import pounds
from moothall.sharing.rules.gates import Gate, gates
from moothall.sharing.rules.ways import OWN
from moothall.ui.forms import DayField, PoundsField

YES_NO = [("yes", "Yes"), ("no", "No")]


class SettingsForm(forms.Form):
    """One box for each thing that the definition leaves open; a text has one for each language."""

    def __init__(self, definition, settings: dict, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.definition = definition
        for name, parameter in definition.leaves_open.items():
            for key, field in _boxes(name, parameter, settings[name]).items():
                self.fields[key] = field

    def parameters(self) -> dict:
        """Return what was written, in the shape of an adoption's parameters."""
        given = {}
        for name, parameter in self.definition.leaves_open.items():
            if parameter.type == "text":
                given[name] = {lang: self.cleaned_data[f"{name}-{lang}"] for lang in ("en", "cy")}
            elif parameter.type == "yes-no":
                given[name] = self.cleaned_data[name] == "yes"
            else:
                given[name] = self.cleaned_data[name]
        return given

    def refuse(self, problems: dict[str, str]) -> None:
        """Put what is wrong beside the box it is about."""
        for name, problem in problems.items():
            self.add_error(
                name if name in self.fields else f"{name}-en" if f"{name}-en" in self.fields else None, problem
            )


def _boxes(name: str, parameter, value) -> dict[str, forms.Field]:
    said = {"label": _label(parameter), "help_text": _limits(parameter)}
    missing = {"required": "Write what your body sets here."}
    match parameter.type:
        case "money":
            widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "prefix": "£", "inputmode": "decimal"})
            return {name: PoundsField(initial=f"{value / 100:.2f}", widget=widget, error_messages=missing, **said)}
        case "number":
            widget = forms.NumberInput(attrs={"class": "govuk-input--width-5"})
            return {name: forms.IntegerField(initial=value, widget=widget, error_messages=missing, **said)}
        case "phone" | "hours":
            widget = forms.TextInput(attrs={"class": "govuk-input--width-20"})
            said["help_text"] = catalogue.HOURS_SAY if parameter.type == "hours" else "A number that is answered."
            return {name: forms.CharField(initial=value, max_length=200, widget=widget, error_messages=missing, **said)}
        case "yes-no":
            chosen = "yes" if value else "no"
            return {name: forms.ChoiceField(choices=YES_NO, initial=chosen, widget=forms.RadioSelect, **said)}
        case _:
            return {
                f"{name}-{lang}": forms.CharField(
                    label=f"{parameter.label}, in {language}", initial=value.get(lang, ""), required=lang == "en",
                    max_length=parameter.most or catalogue.MOST_WORDS, help_text=hint,
                    widget=forms.Textarea(attrs={"rows": 3}), error_messages=missing,
                )
                for lang, language, hint in (
                    ("en", "English", said["help_text"]),
                    ("cy", "Welsh", "Left empty, Welsh pages and letters show the English."),
                )
            }  # fmt: skip


def _label(parameter) -> str:
    return parameter.label.removesuffix(", in pence") if parameter.type == "money" else parameter.label


def _limits(parameter) -> str:
    if parameter.type == "text":
        return f"{parameter.source}." if parameter.source else ""
    in_words = pounds if parameter.type == "money" else str
    least, most = (None if limit is None else in_words(limit) for limit in (parameter.least, parameter.most))
    limits = (
        f"From {least} to {most}."
        if least and most
        else f"{least} or more."
        if least
        else f"{most} or less."
        if most
        else ""
    )
    return " ".join(filter(None, (limits, parameter.source and f"{parameter.source}.")))


class GateForm(forms.Form):
    """What is written down for one gate, as the table of gates says."""

    def __init__(self, gate: Gate, routes, *args, appraisals: tuple[dict, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.gate = gate
        for need in gate.needs:
            if need.kind == "appraisal":
                self._offer(need, appraisals)
            else:
                self.fields[need.name] = _field(need, routes)
                self.fields[need.name].required &= not appraisals

    def _offer(self, need, appraisals) -> None:
        """Offer the appraisals that the body has published here, if any: then nothing else need be written."""
        if appraisals:
            choices = [("", "None of these"), *((one["key"], one["title"]) for one in appraisals)]
            self.fields[need.name] = forms.ChoiceField(
                label=need.label, help_text=need.hint, required=False, choices=choices
            )

    def given(self) -> dict:
        """Return what was written, as plain values."""
        return _given(self.gate, self.cleaned_data)


class OwnForm(forms.Form):
    """All that is written down before a body's own staff do services, on one page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for gate in gates(OWN):
            for need in gate.needs:
                self.fields[need.name] = _field(need, ())

    def papers(self) -> dict[str, dict]:
        """Return what was written for each gate, as plain values."""
        return {gate.code: _given(gate, self.cleaned_data) for gate in gates(OWN)}

    def refuse(self, problems: dict[str, str]) -> None:
        """Put what is wrong beside the box it is about."""
        for name, problem in problems.items():
            self.add_error(name if name in self.fields else None, problem)


def _given(gate: Gate, cleaned: dict) -> dict:
    found = {}
    for need in gate.needs:
        value = cleaned.get(need.name)
        if need.kind == "yes-no":
            value = value == "yes"
        found[need.name] = value.isoformat() if isinstance(value, dt.date) else value
    return found


def _field(need, routes) -> forms.Field:
    required = not (need.optional or need.only_if)
    hint = " ".join(filter(None, (need.hint, "If the answer above is yes." if need.only_if else "")))
    said = {"label": need.label, "help_text": hint, "required": required}
    match need.kind:
        case "route":
            field = forms.ChoiceField(
                choices=[(route.code, route.name) for route in routes], widget=forms.RadioSelect,
                error_messages={"required": "Choose the power that fits."}, **said,
            )  # fmt: skip
            field.hints = {route.code: route.what for route in routes}
            return field
        case "yes-no":
            return forms.ChoiceField(
                choices=YES_NO, widget=forms.RadioSelect, error_messages={"required": "Choose yes or no."}, **said
            )
        case "day":
            return DayField(**said)
        case "number":
            return forms.IntegerField(min_value=0, max_value=100_000, **said)
        case "link":
            return forms.URLField(
                assume_scheme="https", error_messages={"invalid": "Write an address that begins with https://"}, **said
            )
        case "long":
            return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **said)
        case _:
            return forms.CharField(max_length=200, error_messages={"required": "Write it down here."}, **said)


class LiveForm(forms.Form):
    """The day from which residents are offered it."""

    starts = DayField(label="From which day?", help_text="Today, and it is there at once.")
