"""Who helps somebody, how far and until when; and the code with which a helper confirms."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.people.queries import AT_MOST
from moothall.ui.forms import DayField

MAY = {
    "ask": _("Ask for services for me, choose days and pay"),
    "follow": _("See my requests: what I told you, how they go and what you wrote to me"),
    "add": _("Write to you about my requests, and add information"),
    "settle": _("Cancel my requests, open them again, complain and appeal"),
}
MAY_DO = {
    "ask": _("Ask for services for them, choose days and pay"),
    "follow": _("See their requests: what they told us, how they go and what we wrote"),
    "add": _("Write to us about their requests, and add information"),
    "settle": _("Cancel their requests, open them again, complain and appeal"),
}
WRITTEN = {
    "alone": _("To me alone"),
    "beside": _("To me and to them"),
    "instead": _("To them, and not to me"),
}
WRITTEN_TO = {
    "alone": _("To them alone"),
    "beside": _("To them and to you"),
    "instead": _("To you, and not to them"),
}
KINDS = {
    "friend": _("A relative, friend or neighbour"),
    "carer": _("Somebody who cares for me"),
    "advocate": _("Somebody from an organisation, such as an advice centre"),
}


def _name(label, hint, missing, completes: str = "off") -> forms.CharField:
    attrs = {"class": "govuk-input--width-20", "autocomplete": completes}
    return forms.CharField(
        label=label, help_text=hint, max_length=100, error_messages={"required": missing},
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class Limits(forms.Form):
    """How far and until when somebody may act for another. `services` are those that can be chosen: (code, title)."""

    use_required_attribute = False
    may = forms.MultipleChoiceField(
        label=_("What may they do?"), choices=list(MAY.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one thing at least that they may do")},
    )  # fmt: skip
    which = forms.ChoiceField(
        label=_("For which services?"), choices=[("all", _("All of them")), ("some", _("Only those I choose below"))],
        widget=forms.RadioSelect, error_messages={"required": _("Choose whether it is for all services")},
    )  # fmt: skip
    services = forms.MultipleChoiceField(
        label=_("Services"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if you chose that. What you ask urgent help for is never shown to anybody else."),
    )  # fmt: skip
    written = forms.ChoiceField(
        label=_("To whom do we write about your requests?"),
        choices=list(WRITTEN.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom we write")},
    )
    last = DayField(
        label=_("Until which day?"),
        error_messages={"required": _("Write the last day on which they may help you")},
    )

    def __init__(self, *args, services: list[tuple[str, str]], today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["services"].choices = services

    def clean_last(self) -> dt.date | None:
        """Return the last day; refuse one that is over, or more than twelve months away."""
        last = self.cleaned_data["last"]
        if last and not self.today <= last < self.today + AT_MOST:
            raise ValidationError(_("Choose a day from today on, and not more than 12 months away"))
        return last

    def clean(self) -> dict:
        """Ask for one service at least where only some are meant."""
        given = super().clean()
        if given.get("which") == "some" and not given.get("services"):
            self.add_error("services", _("Choose one service at least, or say that it is for all of them"))
        return given

    def limits(self) -> dict:
        """Return the limits as `people` takes them; `ends` is the day after the last."""
        given = self.cleaned_data
        last = given["last"]
        return {
            "may": given["may"],
            "services": given["services"] if given["which"] == "some" else [],
            "written": given["written"],
            "ends": last + dt.timedelta(days=1) if last else None,
        }


class HelperForm(Limits):
    """Whom somebody names as their helper."""

    agent_name = _name(
        _("Who helps you?"), _("Their name, as you know them."), _("Write the name of whoever helps you")
    )
    kind = forms.ChoiceField(
        label=_("Who are they to you?"), choices=list(KINDS.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Choose who they are to you")},
    )  # fmt: skip
    person_name = _name(
        _("Your name, as they know you"), _("It is all that we tell them of you, beside what you let them see."),
        _("Write your name, as they know you"), "name",
    )  # fmt: skip

    field_order = ("agent_name", "kind", "person_name", "may", "which", "services", "written", "last")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last"].help_text = _("At most 12 months from today. We remind you both two weeks before.")


class CodeForm(forms.Form):
    """The code that somebody handed over."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Whoever you help finds it in their account. It looks like ABCDE-23456."),
        error_messages={"required": _("Write the code that you were given")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
    )


class ConfirmForm(forms.Form):
    """A helper's own name, and that they mean it."""

    use_required_attribute = False
    code = forms.CharField(widget=forms.HiddenInput, max_length=20)
    name = _name(_("Your name"), _("Whoever you help reads it, and so do our staff."), _("Write your name"), "name")
    sure = forms.BooleanField(
        label=_("I help this person, and do only what they want"),
        error_messages={"required": _("Tick that you help this person. If you do not, leave this page.")},
    )
