"""Forms of what is done to a whole case: begin, seal, close, freeze, publish, let others in, file evidence."""

from django import forms

from moothall.appraisal.rules.kinds import MODELS
from moothall.ui.forms import DayField

WHY = {"label": "Why?", "max_length": 500, "error_messages": {"required": "Write why."}}


class WhyForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(**WHY)


class BeginForm(forms.Form):
    """How a case begins."""

    title = forms.CharField(
        label="What is the case about?", max_length=200,
        help_text="Such as: Council tax and benefits for Ashby and Borley",
        error_messages={"required": "Say what it is about."},
    )  # fmt: skip
    template = forms.ChoiceField(label="What does it begin from?", widget=forms.RadioSelect)
    figures = forms.ChoiceField(
        label="Are its figures taken over too?", widget=forms.RadioSelect, initial="no", required=False,
        choices=[("no", "No, only its shape: options, lines, what has to be found out"), ("yes", "Yes, as examples")],
    )  # fmt: skip
    models = forms.MultipleChoiceField(
        label="If it begins from nothing: which ways are weighed beside continuing as now?", required=False,
        choices=[(key, one.name) for key, one in MODELS.items() if key != "now"], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    author = forms.CharField(
        label="Who answers for it?", max_length=120, help_text="A post, such as Head of finance",
        error_messages={"required": "Say which post answers for it."},
    )  # fmt: skip

    def __init__(self, templates: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [*templates, ("blank", "Nothing: I choose the ways myself")]

    def clean(self):
        """Refuse a case that begins from nothing and weighs nothing."""
        given = super().clean()
        if given.get("template") == "blank" and not given.get("models"):
            self.add_error("models", "Choose at least one way beside continuing as now.")
        return given


class SealForm(forms.Form):
    """Who seals scales and weights."""

    who = forms.CharField(
        label="Who agreed scales and weights?", max_length=120, help_text="Such as: Joint scrutiny committee",
        error_messages={"required": "Say who agreed them."},
    )  # fmt: skip
    why = forms.CharField(**WHY)


class LetInForm(forms.Form):
    """Which other body writes the case too."""

    body = forms.TypedChoiceField(label="Which body may write this case too?", coerce=int)

    def __init__(self, bodies, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies


class EvidenceForm(forms.Form):
    """What backs a figure: a file or an address."""

    title = forms.CharField(
        label="What is it?", max_length=200, help_text="Such as: Quotation of July 2026",
        error_messages={"required": "Say what it is."},
    )  # fmt: skip
    file = forms.FileField(label="File", required=False, help_text="Not where an address is given")
    address = forms.URLField(label="Or its address", required=False, max_length=500, assume_scheme="https")

    def clean(self):
        """Ask for one of the two."""
        given = super().clean()
        if bool(given.get("file")) == bool(given.get("address")):
            self.add_error("file", "Choose a file, or give an address: one of the two.")
        return given


class PublishForm(forms.Form):
    """What an edition withholds, if anything; without a figure chosen everything is published."""

    withhold = forms.MultipleChoiceField(
        label="Which figures are withheld?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="None, as a rule. An option that rests on a withheld figure shows no amounts until the day.",
    )  # fmt: skip
    reason = forms.CharField(label="Why are they withheld?", required=False, max_length=600)
    owner = forms.CharField(label="Who decided that?", required=False, max_length=120, help_text="A post")
    test = forms.CharField(
        label="What does the public-interest test say?", required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    expires = DayField(label="From which day are they public?", required=False)
    why = forms.CharField(**WHY)

    def __init__(self, figures: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["withhold"].choices = figures
