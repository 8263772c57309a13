"""What is asked of a body that leaves."""

import re

from django import forms
from django.core.exceptions import ValidationError

from moothall.leaving.models import WHO
from moothall.sharing.forms.partnerships import DecidedForm
from moothall.ui.forms import DayField

PHONE = re.compile(r"^\+?[0-9 ]{7,20}$")


def sentences(label: str, missing: str, **more) -> forms.CharField:
    """Return a field for a sentence or two."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=600, widget=widget, error_messages={"required": missing}, **more)


class DayForm(forms.Form):
    """A day on which to work out what leaving means."""

    leaves = DayField(label="First day on which we no longer work here")


class DecideForm(DecidedForm, DayForm):
    """A body's decision to leave."""

    reason = sentences("Why do we leave?", "Write why.", help_text="Everybody reads it.")
    website = forms.URLField(
        label="Where do residents find us afterwards?", assume_scheme="https",
        help_text="The web address of your own pages", error_messages={"required": "Give a web address."},
    )  # fmt: skip
    phone = forms.CharField(label="And by phone", required=False, max_length=20)
    decided_on = DayField(label="On which day was it decided?")

    field_order = ("leaves", "reason", "website", "phone", "decided_by", "minute", "decided_on")

    def clean_phone(self) -> str:
        """Return the number as it was typed."""
        given = self.cleaned_data["phone"].strip()
        if given and not PHONE.match(given):
            raise ValidationError("Enter a phone number, such as 01632 960 000.")
        return given


class AfterwardsForm(forms.Form):
    """Who does each service afterwards: a choice, and a name where it is somebody else."""

    def __init__(self, services, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.services = services
        for one in services:
            self.fields[f"who_{one.service_id}"] = forms.ChoiceField(
                label=one.title, choices=list(WHO.items()), initial=one.then.who if one.then else "nobody"
            )
            self.fields[f"name_{one.service_id}"] = forms.CharField(
                label=f"If somebody else does “{one.title}”, who?", max_length=200, required=False,
                initial=one.then.name if one.then else "",
            )  # fmt: skip

    def said(self) -> list[dict]:
        """Return what was said of each service."""
        given = self.cleaned_data
        return [
            {"service_id": one.service_id, "who": who, "name": given[f"name_{one.service_id}"]}
            for one in self.services
            if (who := given[f"who_{one.service_id}"])
        ]

    def clean(self) -> dict:
        """Ask for a name where somebody else is to do it."""
        given = super().clean()
        for one in self.services:
            if given.get(f"who_{one.service_id}") == "other" and not given.get(f"name_{one.service_id}", "").strip():
                self.add_error(f"name_{one.service_id}", "Write who does it afterwards.")
        return given


class StayForm(forms.Form):
    """A decision to stay after all."""

    reason = sentences("Why do we stay?", "Write why.", help_text="Everybody reads it.")


class PurposeForm(forms.Form):
    """Why somebody takes a copy of all that a body holds."""

    purpose = sentences("What do you need it for?", "Write what you need it for: it is kept in the audit trail.")
