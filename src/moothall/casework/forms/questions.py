"""One question as a form: its boxes come from the service's definition, and so do its checks.

Boxes only gather what was typed; whether it will do is the catalogue's to say, in the resident's language.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.casework.forms.places import looked_up
from moothall.catalogue import queries as catalogue
from moothall.ui.forms import DayField, PlaceField

#: The boxes of a question with several: name of the part -> (label, browser's own completion).
PARTS = {
    "name": (_("Full name"), "name"),
    "email": (_("Email address"), "email"),
    "phone": (_("Phone number"), "tel"),
    "born": (_("Date of birth"), "bday"),
    "number": (_("Company or charity number"), "off"),
    "registration": (_("Registration number"), "off"),
    "make": (_("Make"), "off"),
    "colour": (_("Colour"), "off"),
}
ACCEPT = {"image": "image/jpeg,image/png,image/heic,image/webp", "document": ".pdf,.odt,.docx,.txt", "any": ""}


class ManyFiles(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, cleaned to a list of uploads."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list:
        """Return the uploads; an empty list when there are none. What they are is looked at when they are kept."""
        found = data if isinstance(data, list | tuple) else [data]
        return [upload for upload in found if upload]


def _words(question, lang: str) -> dict[str, Any]:
    """Return the label, the hint and whether it must be answered."""
    hint = " ".join(text.in_(lang) for text in (question.help, question.why) if text)
    missing = catalogue.check_answer(question, None, lang)[1]
    return {
        "label": question.label.in_(lang),
        "help_text": hint,
        "required": not question.optional,
        "error_messages": {"required": missing or ""},
    }


def _choice(question, lang: str) -> dict[str, forms.Field]:
    options = [(code, option.in_(lang)) for code, option in question.options.items()]
    many = question.type == "many"
    kind = forms.MultipleChoiceField if many else forms.ChoiceField
    widget = forms.CheckboxSelectMultiple if many else forms.RadioSelect
    words = _words(question, lang)
    words["required"] = words["required"] and not (many and question.least == 0)
    field = kind(choices=options, widget=widget, **words)
    field.error_messages["invalid_choice"] = catalogue.check_answer(question, "\x00", lang)[1] or ""
    field.hints = {c: o.hint.in_(lang) for c, o in question.options.items() if o.hint}
    return {"": field}


def _yes_no(question, lang: str) -> dict[str, forms.Field]:
    options = [("yes", _("Yes")), ("no", _("No"))]
    return {"": forms.ChoiceField(choices=options, widget=forms.RadioSelect, **_words(question, lang))}


def _text(question, lang: str) -> dict[str, forms.Field]:
    return {"": forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off"}), **_words(question, lang))}


def _long_text(question, lang: str) -> dict[str, forms.Field]:
    field = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **_words(question, lang))
    field.max_length = question.most  # for the counter; the catalogue checks it, in the page's language
    return {"": field}


def _number(question, lang: str) -> dict[str, forms.Field]:
    attrs = {"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}
    if question.type == "money":
        attrs |= {"prefix": "£", "inputmode": "decimal"}
    elif question.unit:
        attrs["suffix"] = question.unit.in_(lang)
    return {"": forms.CharField(widget=forms.TextInput(attrs=attrs), **_words(question, lang))}


def _date(question, lang: str) -> dict[str, forms.Field]:
    return {"": DayField(**_words(question, lang))}


def _place(question, lang: str) -> dict[str, forms.Field]:
    return {"": PlaceField(**_words(question, lang))}


def _file(question, lang: str) -> dict[str, forms.Field]:
    words = _words(question, lang) | {"required": False}
    attrs = {"accept": ACCEPT[question.accept]} if ACCEPT[question.accept] else {}
    if question.most > 1:
        attrs["multiple"] = True
    return {"": FilesField(widget=ManyFiles(attrs=attrs), **words)}


def _declaration(question, lang: str) -> dict[str, forms.Field]:
    words = _words(question, lang)
    words["help_text"], words["label"] = "", question.words.in_(lang)
    return {"": forms.BooleanField(**words)}


def _parts(question, lang: str) -> dict[str, forms.Field]:
    """Return a box per part; the first one is the one that must be filled."""
    names = {"person": ("name", *getattr(question, "parts", ())), "organisation": ("name", "number")}.get(
        question.type, ("registration", "make", "colour")
    )
    boxes = {}
    for name in names:
        label, completes = PARTS[name]
        needed = name == "name" and not question.optional
        missing = {"required": catalogue.check_answer(question, None, lang)[1] or ""}
        if name == "born":
            boxes[name] = DayField(label=label, required=False)
            continue
        widget = forms.EmailInput if name == "email" else forms.TextInput
        boxes[name] = forms.CharField(
            label=label,
            required=needed,
            error_messages=missing,
            widget=widget(attrs={"autocomplete": completes if question.type == "person" else "off"}),
        )
    return boxes


BOXES = {
    "place": _place,
    "address": _place,
    "choice": _choice,
    "many": _choice,
    "text": _text,
    "long-text": _long_text,
    "number": _number,
    "money": _number,
    "date": _date,
    "yes-no": _yes_no,
    "file": _file,
    "person": _parts,
    "organisation": _parts,
    "vehicle": _parts,
    "declaration": _declaration,
}


def boxes(question, lang: str) -> dict[str, forms.Field]:
    """Return the form fields of a question by name: its own, or one for each of its parts."""
    made = BOXES[question.type](question, lang)
    return {f"{question.id}-{part}" if part else question.id: field for part, field in made.items()}


def typed(question, answer: Any) -> dict[str, Any]:
    """Return what to put into the boxes for an answer kept before."""
    if answer is None:
        return {}
    if question.type in ("person", "organisation", "vehicle"):
        return {f"{question.id}-{part}": _day(value) if part == "born" else value for part, value in answer.items()}
    shown = {
        "yes-no": lambda: "yes" if answer else "no",
        "money": lambda: f"{answer // 100}.{answer % 100:02d}",
        "date": lambda: _day(answer),
        "file": lambda: None,
    }.get(question.type)
    return {question.id: shown() if shown else answer}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def gathered(question, cleaned: dict[str, Any]) -> Any:
    """Return what was typed into a question's boxes as one value, in the shape that the catalogue checks."""
    if question.type in ("person", "organisation", "vehicle"):
        parts = {name.split("-", 1)[1]: value for name, value in cleaned.items() if name.startswith(f"{question.id}-")}
        parts = {part: value.isoformat() if isinstance(value, dt.date) else value for part, value in parts.items()}
        return parts if any(parts.values()) else None
    value = cleaned.get(question.id)
    if question.type == "date":
        return value.isoformat() if value else None
    if question.type == "declaration":
        return True if value else None
    return value


class AnswerForm(forms.Form):
    """The questions given, one or several, as one form; afterwards `answers` holds each in its kept form.

    Places are looked up. Files are gathered only: who shows the form keeps them and says what their answer is.
    """

    use_required_attribute = False

    def __init__(self, questions, *args, lang: str, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.lang, self.today = list(questions), lang, today
        self.answers: dict[str, Any] = {}
        for question in self.questions:
            self.fields.update(boxes(question, lang))

    def clean(self) -> dict[str, Any]:
        """Let the catalogue judge each answer; its words go beside the first box of the question."""
        for question in self.questions:
            names = [n for n in self.fields if n == question.id or n.startswith(f"{question.id}-")]
            if question.type == "file" or any(name in self.errors for name in names):
                continue
            self._judge(question, names[0])
        return self.cleaned_data

    def _judge(self, question, box: str) -> None:
        value = gathered(question, self.cleaned_data)
        if question.type in ("place", "address"):
            value = self.place_in(question, box, value)
            if box in self.errors:
                return
        answer, problem = catalogue.check_answer(question, value, self.lang, self.today)
        if problem:
            self.add_error(box, problem)
        self.answers[question.id] = answer

    def place_in(self, question, box: str, picked: dict | None) -> dict | None:
        """Return the place that was picked or typed; what is wrong with it goes beside its box."""
        try:
            return looked_up(question, picked, self.fields[box], before=self.initial.get(box))
        except ValidationError as problem:
            self.add_error(box, problem)
            return None
