"""A service's questions on one page, for trying it out: nothing typed here is kept."""

from django import forms

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.money import NotMoney, parse_pounds
from moothall.ui.forms import DayField

A_FILE = "00000000-0000-0000-0000-000000000000"
"""Stands for a file that a resident would send."""


class TryForm(forms.Form):
    """One box for each question; a file is taken as sent."""

    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("cy", "Welsh")], initial="en")

    def __init__(self, definition, settings: dict, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded = (catalogue.worded(definition, question, settings) for question in definition.questions)
        self.questions = [question for question in worded if question.type != "file"]
        self.files = [q for q in definition.questions if q.type == "file"]
        for question in self.questions:
            self.fields[question.id] = _box(question)

    def answers(self) -> dict:
        """Return the answers in the shape in which a resident's are kept."""
        found = {question.id: _answer(question, self.cleaned_data.get(question.id)) for question in self.questions}
        found |= {question.id: [A_FILE] for question in self.files}
        return {name: value for name, value in found.items() if value not in (None, "", [])}

    def refuse(self, problems: dict[str, str]) -> None:
        """Put what the service would say beside the question."""
        for name, problem in problems.items():
            self.add_error(name if name in self.fields else None, problem)


def _box(question) -> forms.Field:
    said = {"label": question.label.en, "required": False, "help_text": question.help.en if question.help else ""}
    match question.type:
        case "choice":
            options = [("", "Not answered"), *((code, option.en) for code, option in question.options.items())]
            return forms.ChoiceField(choices=options, **said)
        case "many":
            options = [(code, option.en) for code, option in question.options.items()]
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **said)
        case "yes-no":
            return forms.ChoiceField(choices=[("", "Not answered"), ("yes", "Yes"), ("no", "No")], **said)
        case "declaration":
            return forms.BooleanField(**said | {"label": question.words.en})
        case "date":
            return DayField(**said)
        case "place" | "address":
            hint = "A postcode, or a street with its town; for a home with its number."
            return forms.CharField(max_length=200, **said | {"help_text": hint})
        case "long-text":
            return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **said)
        case _:
            return forms.CharField(max_length=500, **said)


def _answer(question, value):
    """Return what was typed as the service keeps it; what will not do stays as typed, and the service says so."""
    if value in (None, "", [], False):
        return None
    shape = SHAPES.get(question.type)
    return shape(value) if shape else value


def _pence(value: str):
    try:
        return parse_pounds(value)
    except NotMoney:
        return value


def _place(value: str) -> dict:
    found = bodies.find_places(value, 1)
    return found[0] if found else {"label": value}


SHAPES = {
    "yes-no": lambda value: value == "yes",
    "date": lambda value: value.isoformat(),
    "number": lambda value: int(value) if value.strip().lstrip("-").isdigit() else value,
    "money": _pence,
    "place": _place,
    "address": _place,
    "person": lambda value: {"name": value},
    "organisation": lambda value: {"name": value},
    "vehicle": lambda value: {"registration": value},
}
"""How each kind of answer is kept, from what was typed; the others as they are."""
