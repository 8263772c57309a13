"""The one form of returns: why no more are owed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EndForm(forms.Form):
    """Why an address owes no more returns."""

    why = forms.CharField(
        label=_("Why are no more owed?"), max_length=300,
        help_text=_("Such as: the licence was given back. Write no name of a person"),
        error_messages={"required": _("Write why no more are owed")},
    )  # fmt: skip
