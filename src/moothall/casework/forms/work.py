"""Short forms for staff: the outputs of a step, and what is written, given away or stopped on a case."""

import datetime as dt
import typing
from typing import Any

from django import forms
from pydantic import BaseModel

from moothall.casework.forms.questions import FilesField, ManyFiles
from moothall.casework.rules import deciding
from moothall.ui.forms import DayField, PoundsField

LONG = 200


def _words(kind, title: str, longest: int, required: bool) -> forms.Field:
    if longest > LONG:
        field = forms.CharField(label=title, required=required, widget=forms.Textarea(attrs={"rows": 4}))
        field.max_length = longest
        return field
    return forms.CharField(label=title, required=required, max_length=longest)


def _choice(title: str, options: list[tuple[str, str]], required: bool) -> forms.Field:
    missing = {"required": f"Choose: {title.lower()}"}
    return forms.ChoiceField(
        label=title, choices=options, required=required, widget=forms.RadioSelect, error_messages=missing
    )


def field_for(name: str, said, options: dict | None = None) -> forms.Field:
    """Return the form field of one field of a step's model; `options` are those its definition gives a decision."""
    title = said.title or name.replace("_", " ").capitalize()
    kinds = [k for k in (typing.get_args(said.annotation) or (said.annotation,)) if k is not type(None)]
    required = said.is_required() or said.annotation is bool
    longest = next((m.max_length for m in said.metadata if hasattr(m, "max_length")), LONG)
    if options:
        return _choice(title, [(code, _english(text)) for code, text in options.items()], True)
    if typing.get_origin(said.annotation) is typing.Literal:
        return _choice(title, [(str(k), str(k).replace("-", " ").capitalize()) for k in kinds], required)
    if kinds[0] is bool:
        return _choice(title, [("True", "Yes"), ("False", "No")], required)
    if kinds[0] is dt.date:
        return DayField(label=title, required=required)
    if kinds[0] in (int, float):
        return forms.DecimalField(
            label=title, required=required, widget=forms.TextInput(attrs={"inputmode": "decimal"})
        )
    return _words(kinds[0], title, longest, required)


def _english(text) -> str:
    return getattr(text, "en", None) or str(text)


class StepForm(forms.Form):
    """What somebody fills in to end a step: a box for each field of the model its performer declares.

    `told` is what the service's definition tells the performer.
    """

    use_required_attribute = False

    def __init__(self, model: type[BaseModel], told: dict, *args, **kwargs):
        super().__init__(*args, prefix="step", **kwargs)
        self.fields.update(self.boxes(model, told))

    def boxes(self, model: type[BaseModel], told: dict) -> dict[str, forms.Field]:
        """Return the boxes by name."""
        return {name: field_for(name, said) for name, said in model.model_fields.items()}

    def outputs(self) -> dict[str, Any]:
        """Return what was filled in, without what was left empty."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class DecisionForm(StepForm):
    """A decision: what was seen, what is decided among the options, for how much and until when, and why."""

    def boxes(self, model: type[BaseModel], told: dict) -> dict[str, forms.Field]:
        """Return the boxes that the definition asks for."""
        said = model.model_fields
        found = {
            f"checked-{code}": _choice(_english(text), list(deciding.CHECKED.items()), False)
            for code, text in (told.get("check") or {}).items()
        }
        found["decision"] = field_for("decision", said["decision"], told.get("options"))
        if told.get("amount"):
            found["amount"] = PoundsField(label=_english(told["amount"]), required=False, max_length=12)
            found["amount"].help_text = "In pounds, such as 12.50. Leave it empty where nothing is given."
        if told.get("until"):
            found["until"] = DayField(label=_english(told["until"]), required=False)
            if months := told.get("until_months"):
                found["until"].help_text = f"Within {months} months. Leave it empty where nothing is given."
        return found | {"reason": field_for("reason", said["reason"])}

    def outputs(self) -> dict[str, Any]:
        """Return the decision as its performer declares it."""
        given = super().outputs()
        checked = {
            name.removeprefix("checked-"): given.pop(name) for name in list(given) if name.startswith("checked-")
        }
        return given | {"checked": checked}


class TextForm(forms.Form):
    """Some words: a note, a message, a reason."""

    use_required_attribute = False
    text = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, label: str, missing: str, hint: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.help_text, field.error_messages["required"] = label, hint, missing


class HandOverForm(TextForm):
    """To whom the work goes, and why."""

    to = forms.ChoiceField(label="To", widget=forms.RadioSelect, error_messages={"required": "Choose who takes it"})

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, label="Why", missing="Say why; whoever takes it reads this", **kwargs)
        self.fields["to"].choices = choices
        self.order_fields(["to", "text"])


class CloseForm(TextForm):
    """How a case ended, and why it is closed by hand."""

    outcome = forms.ChoiceField(
        label="How did it end?", widget=forms.RadioSelect, error_messages={"required": "Choose how it ended"}
    )

    def __init__(self, *args, outcomes: list[tuple[str, str]], **kwargs):
        super().__init__(*args, label="Why, for the record", missing="Say why it is closed by hand", **kwargs)
        self.fields["outcome"].choices = outcomes
        self.order_fields(["outcome", "text"])


class FilesForm(forms.Form):
    """Documents to put on a case."""

    use_required_attribute = False
    files = FilesField(
        label="Documents or photos",
        widget=ManyFiles(attrs={"multiple": True}),
        error_messages={"required": "Choose a file"},
    )

    def clean_files(self) -> list:
        """Refuse an empty choice."""
        if not self.cleaned_data["files"]:
            raise forms.ValidationError("Choose a file")
        return self.cleaned_data["files"]
