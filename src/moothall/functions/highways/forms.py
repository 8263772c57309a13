"""What inspectors and crews fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.ids import new_id
from moothall.functions.highways.models import CAUSES, NOT_POSSIBLE

IMPACTS = {
    4: _("4: somebody could be badly hurt"),
    3: _("3: damage or injury"),
    2: _("2: a nuisance"),
    1: _("1: hardly noticed"),
    0: _("There is nothing there"),
}
LIKELIHOODS = {
    4: _("4: almost everyone who passes will meet it"),
    3: _("3: many will"),
    2: _("2: some will"),
    1: _("1: hardly anyone will"),
}


class Once(forms.Form):
    """A form with a number of its own, made when it is shown: sending it twice does its work once."""

    number = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["number"] = new_id()


class InspectForm(Once):
    """An inspection: impact, likelihood, cause."""

    impact = forms.TypedChoiceField(
        label=_("How bad would it be?"), choices=IMPACTS.items(), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose how bad it would be.")},
    )  # fmt: skip
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it to happen?"), choices=LIKELIHOODS.items(), coerce=int, empty_value=0,
        widget=forms.RadioSelect, error_messages={"required": _("Choose how likely it is.")},
    )  # fmt: skip
    cause = forms.ChoiceField(
        label=_("What caused it?"), choices=CAUSES.items(), widget=forms.RadioSelect,
        help_text=_("A contractor's guarantee may depend on this."), initial="unknown",
        error_messages={"required": _("Choose a cause. If you cannot tell, say so.")},
    )  # fmt: skip
    depth_mm = forms.IntegerField(
        label=_("Depth in millimetres"), required=False, min_value=1, max_value=999,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Anything the crew should know"), required=False, max_length=500, widget=forms.Textarea
    )
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))

    def clean(self):
        """Ask how likely it is, unless there is nothing there."""
        said = super().clean()
        if said.get("impact") == 0:
            self.errors.pop("likelihood", None)
            said["likelihood"] = 0
        return said


class MendedForm(Once):
    """A job done: how it was mended, with photos."""

    def __init__(self, *args, methods: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"] = forms.ChoiceField(
            label=_("How did you mend it?"), widget=forms.RadioSelect,
            choices=[(code, one["title"]) for code, one in methods.items()],
            error_messages={"required": _("Choose how you mended it.")},
        )  # fmt: skip
        photo = forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
        self.fields["before"] = forms.FileField(label=_("Photo before"), required=False, widget=photo)
        self.fields["after"] = forms.FileField(label=_("Photo after"), required=False, widget=photo)


class NotPossibleForm(Once):
    """A job that could not be done, and why."""

    reason = forms.ChoiceField(
        label=_("Why could you not mend it?"), choices=NOT_POSSIBLE.items(), widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it could not be mended.")},
    )  # fmt: skip
    note = forms.CharField(label=_("Anything the next crew should know"), required=False, max_length=500)


class CheckForm(Once):
    """A second look at a repair."""

    passed = forms.TypedChoiceField(
        label=_("Is it a good repair?"), choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )  # fmt: skip
    note = forms.CharField(label=_("What is wrong with it"), required=False, max_length=500)
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))

    def clean(self):
        """Ask what is wrong when a repair is not good, so that the crew knows what to do."""
        said = super().clean()
        if said.get("passed") is False and not said.get("note"):
            self.add_error("note", _("Say what is wrong with it, so that the crew knows what to do."))
        return said
