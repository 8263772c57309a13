"""The same questions as the front door asks, on one page; and how the caller came."""

from collections.abc import Callable

from django import forms

from moothall.casework.forms.contact import ContactForm, SafeContactForm
from moothall.casework.forms.questions import AnswerForm, gathered
from moothall.catalogue import queries as catalogue
from moothall.core import channels
from moothall.core.writing import NotAnEmailAddress, NotAPhoneNumber, recipient
from moothall.desk.models.call_backs import RUNG, WAYS
from moothall.desk.rules.contact import IDENTITY
from moothall.desk.rules.wrapping import WRAP_UPS
from moothall.people import queries as people
from moothall.people.forms import ADDRESS, TheirNeeds, clean_address
from moothall.ui.forms import DayField, PoundsField

CALLERS = tuple(channels.some("phone", "visit", "email", "post").items())
"""The ways of those whom an adviser helps."""


def _channel() -> forms.Field:
    return forms.ChoiceField(label="How they came", choices=CALLERS, widget=forms.RadioSelect, initial="phone")


def _language() -> forms.Field:
    """Return which language we write to the caller in; English where the adviser left it."""
    return forms.ChoiceField(
        choices=(("en", "English"), *TheirNeeds.base_fields["language"].choices[1:]), required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip


WHO = {"required": "Choose who it was", "invalid_choice": "Choose the person, or one of those who may act for them"}
SELF = "self"
"""Who was in touch, where it was the person and nobody for them."""


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


class CallerForm(TheirNeeds, ContactForm):
    """How to reach the caller, how they came, and what makes it easier for them."""

    channel, language = _channel(), _language()
    post = forms.CharField(**ADDRESS | {"help_text": "Only if they want letters: three to six lines, with postcode."})
    helper = forms.ChoiceField(label="Who asks?", error_messages=WHO, widget=forms.RadioSelect)

    def __init__(self, *args, helpers: list[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        ask_who(self.fields, helpers)
        self.order_fields(["helper", "channel", "name", "phone", "email", "postcode", "post", "none", "language"])
        self.initial["language"] = self.initial.get("language") or "en"

    @property
    def need_fields(self):
        """Return the boxes about needs, but for the language, which is asked of everybody."""
        return [self[name] for name in ("interpreter", "format", "calls", "access")]

    @property
    def reach_fields(self):
        """Return the boxes about how to reach the caller, in order."""
        about = {field.name for field in self.need_fields}
        return [field for field in self if field.name not in about]

    def clean_post(self) -> str:
        """Return the address; refuse one that no letter could be sent to."""
        return clean_address(self.cleaned_data["post"])

    def clean(self) -> dict:
        """Ask for one way at least; an address to write to is one."""
        return self.cleaned_data if self.cleaned_data.get("post") else super().clean()

    def contact(self) -> dict[str, str]:
        """Return the contact as cases keep it, with what the caller needs."""
        more = {"address": self.cleaned_data.get("post", ""), "needs": people.needs_as_text(self.needs())}
        return super().contact() | {key: value for key, value in more.items() if value}


class SafeCallerForm(TheirNeeds, SafeContactForm):
    """How somebody who needs urgent help came, whether it is safe to reach them, and what makes it easier for them."""

    channel, language = _channel(), _language()
    need_fields, reach_fields = CallerForm.need_fields, CallerForm.reach_fields

    def __init__(self, *args, helpers: list[tuple[str, str]] = (), **kwargs):
        """`helpers` are left out: who needs urgent help asks for it themself."""
        super().__init__(*args, **kwargs)
        self.order_fields(["channel", "safe", "name", "phone", "when", "email", "language"])
        self.initial["language"] = self.initial.get("language") or "en"

    def contact(self) -> dict[str, str]:
        """Return the contact as cases keep it, with what the caller needs."""
        needs = people.needs_as_text(self.needs())
        return super().contact() | ({"needs": needs} if needs else {})


class ChaseForm(forms.Form):
    """What the caller says about an open case, and why they are in touch."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="Why are they in touch?",
        choices=[
            ("chase", "To ask how it is going"),
            ("more", "To tell us more"),
            ("complaint", "They are not content"),
        ],
        initial="chase",
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label="How they came", choices=CALLERS)
    helper = forms.ChoiceField(label="Who is in touch?", error_messages=WHO, widget=forms.RadioSelect)
    text = forms.CharField(
        label="What does the caller say?",
        max_length=4000,
        help_text="Whoever deals with the case reads this and answers the caller.",
        error_messages={"required": "Write what the caller says"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, helpers: list[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        ask_who(self.fields, helpers)


def _hidden(field: type[forms.Field] = forms.UUIDField) -> forms.Field:
    return field(required=False, widget=forms.HiddenInput)


class AboutForm(forms.Form):
    """How somebody came, and whom or what it was about as far as the page knows."""

    use_required_attribute = False
    channel = forms.ChoiceField(label="How they came", choices=CALLERS, initial="phone")
    case, person = _hidden(), _hidden()
    helper = forms.ChoiceField(label="Who was in touch?", error_messages=WHO, widget=forms.RadioSelect)

    def __init__(self, *args, helpers: list[tuple[str, str]] = (), **kwargs):
        """`helpers` are those who may act for the person it is about: (code, name)."""
        super().__init__(*args, **kwargs)
        ask_who(self.fields, helpers)


def ask_who(fields: dict, helpers: list[tuple[str, str]]) -> None:
    """Ask who was in touch where somebody may act for the person; else leave the question out."""
    if helpers:
        fields["helper"].choices = [(SELF, "The person themself"), *helpers]
        fields["helper"].initial = SELF
    else:
        del fields["helper"]


class WrapForm(AboutForm):
    """The end of a contact: the number of its kind, and no more unless there is more to say."""

    ended_as = forms.CharField(
        label="What was it? Write the number",
        max_length=1,
        error_messages={"required": "Write the number of what it was, 0 to 9"},
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-2", "inputmode": "numeric", "accesskey": "w", "autocomplete": "off"}
        ),
    )
    service = forms.ChoiceField(label="About which service (if it was about one)", required=False)
    note = forms.CharField(
        label="Anything that whoever is called next should know",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, services: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", ""), *((one.id, one.title.en) for one in services)]
        self.order_fields(["helper", "ended_as", "channel", "service", "note", "case", "person"])

    def clean_ended_as(self) -> str:
        """Return the number; refuse one that is none of the ten."""
        if self.cleaned_data["ended_as"] not in WRAP_UPS:
            raise forms.ValidationError("Write a number from 0 to 9")
        return self.cleaned_data["ended_as"]


class CallBackForm(AboutForm):
    """How, where and by when we answer somebody."""

    way = forms.ChoiceField(
        label="How we answer",
        required=False,
        choices=list(WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "They cannot use the phone: choose email or text message"},
    )
    phone = forms.CharField(
        label="Number, or email address",
        max_length=200,
        error_messages={"required": "Write the number that we ring, or the address that we write to"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    due = forms.ChoiceField(
        label="By when we promise to answer",
        error_messages={"required": "Choose by when we ring", "invalid_choice": "That is too late now: choose again"},
        widget=forms.RadioSelect,
    )
    about = forms.CharField(
        label="What about",
        max_length=1000,
        error_messages={"required": "Write what it is about, so that whoever rings can answer"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    service = _hidden(forms.CharField)

    def __init__(self, *args, times: dict, calls: str = "", **kwargs):
        """`times` are those of `rules.wrapping.times`; `calls` says whether they can be rung, as a need does."""
        super().__init__(*args, **kwargs)
        self.times, self.calls = times, calls
        if calls == "none":
            self.fields["way"].choices = [(way, words) for way, words in WAYS.items() if way not in RUNG]
            self.fields["way"].required = True
            self.fields["way"].error_messages["required"] = "They cannot use the phone: choose email or text message"
            self.fields["way"].help_text = "They told us that they cannot use the phone."
        elif calls == "relay":
            self.fields["way"].help_text = "They use the phone by Relay UK: dial 18002 before the number."
        self.fields["due"].choices = [(key, words) for key, (words, _) in times.items()]
        self.order_fields(["way", "phone", "due", "about", "channel", "case", "person", "service"])

    def clean(self) -> dict:
        """Ask for a number where we ring or send a text message, for an address where we write an email."""
        given = self.cleaned_data
        given["way"] = given.get("way") or ("relay" if self.calls == "relay" else "phone")
        if given.get("phone"):
            try:
                given["phone"] = given["phone"].strip()
                recipient("email" if given["way"] == "email" else "sms", given["phone"])
            except NotAnEmailAddress:
                self.add_error("phone", "Write an email address like name@example.com")
            except NotAPhoneNumber:
                self.add_error("phone", "Write a phone number, such as 01632 960 001")
        return given

    @property
    def due_at(self):
        """Return the moment that was promised."""
        return self.times[self.cleaned_data["due"]][1]


class WriteBackForm(forms.Form):
    """What we answer in writing, where we promised that instead of a call."""

    use_required_attribute = False
    text = forms.CharField(
        label="Your answer",
        max_length=4000,
        error_messages={"required": "Write what we answer them"},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class IdentityForm(forms.Form):
    """How an adviser made sure of who it is."""

    use_required_attribute = False
    identity = forms.ChoiceField(
        label="How sure are you of who it is?",
        choices=[(key, words) for key, words in IDENTITY.items() if key != "none"],
        error_messages={"required": "Choose how you made sure"},
        widget=forms.RadioSelect,
    )


class CounterForm(forms.Form):
    """At which counter an adviser sits."""

    use_required_attribute = False
    counter = forms.CharField(
        label="Your counter",
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "autocomplete": "off"}),
    )


class CostForm(forms.Form):
    """What one contact costs by a channel, from a day on."""

    use_required_attribute = False
    channel = forms.ChoiceField(label="By", choices=tuple(channels.CHANNELS.items()))
    pence = PoundsField(
        label="What one costs",
        help_text="In pounds, such as 3.10",
        error_messages={"required": "Write what one contact costs"},
    )
    starts = DayField(label="From", error_messages={"required": "Write from which day on"})
    source = forms.CharField(
        label="Where the figure is from",
        max_length=300,
        help_text="A study, a year's accounts, or your own estimate and how you made it.",
        error_messages={"required": "Say where the figure is from, so that others can check it"},
    )
