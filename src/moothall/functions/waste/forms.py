"""What supervisors and crews fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.core.ids import new_id
from moothall.functions.waste.models import NOT_DONE
from moothall.ui.forms import DayField

SEEN = {
    "not_out": _("The bin was not out"),
    "contaminated": _("The wrong things were in it"),
    "too_heavy": _("It was too heavy to lift"),
    "blocked": _("We could not get to it"),
}


class Once(forms.Form):
    """A form with a number of its own, made when it is shown: sending it twice does its work once."""

    number = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["number"] = new_id()


class IncompleteForm(forms.Form):
    """Which streets were not reached, why, and when the crew comes back."""

    reason = forms.CharField(
        label=_("Why was the round not finished?"), max_length=200, help_text=_("The street reads this."),
        error_messages={"required": _("Say why, in words the street will read.")},
    )  # fmt: skip
    return_on = DayField(label=_("When does the crew come back?"))

    def __init__(self, *args, stops: list, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["usrns"] = forms.MultipleChoiceField(
            label=_("Which streets were not reached?"), widget=forms.CheckboxSelectMultiple,
            choices=[(stop.usrn, stop.street) for stop in stops],
            error_messages={"required": _("Choose the streets that were not reached.")},
        )  # fmt: skip

    def clean_return_on(self):
        """Refuse a day before the round's own."""
        found = self.cleaned_data["return_on"]
        if found < self.day:
            raise forms.ValidationError(_("Choose a day that is not before the round's own."))
        return found


class NoteForm(Once):
    """What a crew saw at an address it did not empty."""

    address = forms.CharField(
        label=_("Address"), max_length=120, help_text=_("Its number and street, or its postcode."),
        error_messages={"required": _("Write the address.")},
    )  # fmt: skip
    code = forms.ChoiceField(
        label=_("What did you see?"), choices=SEEN.items(), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you saw.")},
    )  # fmt: skip


class DoneForm(Once):
    """A visit that was made."""

    evidence = forms.BooleanField(label=_("There was something that says whose it was"), required=False)
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind != "clear":
            del self.fields["evidence"]


class NotDoneForm(Once):
    """A visit that could not be made, and why."""

    reason = forms.ChoiceField(
        label=_("Why not?"), choices=NOT_DONE.items(), widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it could not be done.")},
    )  # fmt: skip
