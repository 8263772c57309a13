"""The same questions as the front door asks, on one page; and how the caller came."""

from collections.abc import Callable

from django import forms

from moothall.casework.forms.contact import ContactForm, SafeContactForm
from moothall.casework.forms.questions import AnswerForm, gathered
from moothall.catalogue import queries as catalogue

CHANNELS = (("phone", "Phone"), ("visit", "Visit"), ("email", "Email"), ("post", "Letter"))


class WholeForm(AnswerForm):
    """All questions of a service at once. Those that the answers do not lead to are left out, whatever is in them."""

    def __init__(self, definition, *args, settings_at: Callable[[dict | None], dict], **kwargs):
        """`settings_at` returns what the responsible body set, for the place that was given (None: nowhere yet)."""
        self.definition, self.settings_at = definition, settings_at
        own = catalogue.settings(definition, settings_at(None))
        questions = [catalogue.worded(definition, q, own) for q in definition.questions if q.type != "file"]
        super().__init__(questions, *args, **kwargs)
        for question in questions:
            if question.type == "declaration" and question.help:  # on a page of its own it stands above the box
                self.fields[question.id].help_text = question.help.in_(self.lang)
            boxes = [name for name in self.fields if name.startswith(f"{question.id}-")]
            for name in boxes if len(boxes) > 1 else ():  # on a page of its own the question stands above its boxes
                self.fields[name].label = f"{question.label.in_(self.lang)} {self.fields[name].label}"
            if question.when is not None:
                first = next(n for n in self.fields if n == question.id or n.startswith(f"{question.id}-"))
                self.fields[first].help_text = f"{self.fields[first].help_text} Only if it applies.".strip()

    def _clean_fields(self) -> None:
        """Read every box; whether it had to be filled depends on the other answers, so that is judged afterwards."""
        needed = {name: field.required for name, field in self.fields.items()}
        for field in self.fields.values():
            field.required = False
        super()._clean_fields()
        for name, field in self.fields.items():
            field.required = needed[name]

    def clean(self) -> dict:
        """Let the catalogue judge the answers together, and put what it says beside each question's first box."""
        given = {}
        for question in self.questions:
            box = next(n for n in self.fields if n == question.id or n.startswith(f"{question.id}-"))
            value = self.value_of(question, box)
            if value is not None and value != "" and value != []:
                given[question.id] = value
        place = next((a for a in given.values() if isinstance(a, dict) and a.get("easting") is not None), None)
        own = self.settings_at(place)
        clean, problems = catalogue.check_answers(self.definition, given, self.lang, self.today, own)
        for name, problem in problems.items():
            box = next((n for n in self.fields if n == name or n.startswith(f"{name}-")), None)
            if box not in self.errors:
                self.add_error(box, problem)
        self.answers = clean
        return self.cleaned_data

    def value_of(self, question, box: str):
        """Return the value in a question's boxes, its place looked up; None where it cannot be read."""
        if box in self.errors:
            return None
        value = gathered(question, self.cleaned_data)
        return self.place_in(question, box, value) if question.type in ("place", "address") else value


class CallerForm(ContactForm):
    """How to reach the caller, and how they came."""

    channel = forms.ChoiceField(label="How they came", choices=CHANNELS, widget=forms.RadioSelect, initial="phone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["channel", "name", "phone", "email", "postcode", "none"])


class SafeCallerForm(SafeContactForm):
    """How somebody who needs urgent help came, and whether it is safe to reach them."""

    channel = forms.ChoiceField(label="How they came", choices=CHANNELS, widget=forms.RadioSelect, initial="phone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["channel", "safe", "name", "phone", "when", "email"])


class ChaseForm(forms.Form):
    """What the caller says about an open case."""

    use_required_attribute = False
    text = forms.CharField(
        label="What does the caller say?",
        max_length=4000,
        help_text="Whoever deals with the case reads this and answers the caller.",
        error_messages={"required": "Write what the caller says"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
