"""How we can reach somebody: asked once, at the end, and only as much as is needed."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from moothall.ui.templatetags.gds import gds, gds_field

WAYS = (
    ("email", _("By email")),
    ("phone", _("By text message")),
    ("none", _("I do not want to hear back")),
)
PHONE = forms.RegexField(regex=r"^\+?[\d\s()-]{7,20}$").validators[-1]


def _box(label, *, completes: str, hint="", kind=forms.TextInput, width="20") -> forms.CharField:
    attrs = {"autocomplete": completes, "class": f"govuk-input--width-{width}"}
    return forms.CharField(label=label, required=False, max_length=200, help_text=hint, widget=kind(attrs=attrs))


class ContactForm(forms.Form):
    """Which way somebody wants to hear, and where; a postcode lets them look up their case later.

    `needed` leaves out "I do not want to hear back".
    """

    use_required_attribute = False
    way = forms.ChoiceField(
        label=_("How should we tell you what happens?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we should tell you what happens")},
    )
    email = _box(_("Email address"), completes="email", kind=forms.EmailInput, width="30")
    phone = _box(_("Mobile phone number"), completes="tel")
    name = _box(_("Your name (optional)"), completes="name", width="30")
    postcode = _box(
        _("Your postcode (optional)"),
        completes="postal-code",
        width="10",
        hint=_("With it and your reference you can look this up later without an account."),
    )

    def __init__(self, *args, needed: bool = False, why: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].help_text = why
        if needed:
            self.fields["way"].choices = WAYS[:2]

    def clean_email(self) -> str:
        """Return the address, if that is the way chosen; refuse one that cannot be."""
        return self._reached("email", EmailValidator(), _("Write an email address like name@example.com"))

    def clean_phone(self) -> str:
        """Return the number, if that is the way chosen; refuse one that cannot be."""
        return self._reached("phone", PHONE, _("Write a phone number, such as 01632 960 001"))

    def _reached(self, name: str, check, say) -> str:
        if self.cleaned_data.get("way") != name:
            return ""
        value = self.cleaned_data[name].strip()
        try:
            check(value)
        except ValidationError:
            raise ValidationError(say) from None
        return value

    def clean_postcode(self) -> str:
        """Return the postcode in capitals; refuse what has no digit or is too long to be one."""
        text = self.cleaned_data["postcode"].strip().upper()
        if text and not (5 <= len(text.replace(" ", "")) <= 7 and any(c.isdigit() for c in text)):
            raise ValidationError(_("Write a postcode such as ZM1 2AB, or leave it empty"))
        return text

    def ways(self) -> str:
        """Return the choice of way with each way's box below it; without scripts every box is there."""
        bound = self["way"]
        items = [
            {"value": value, "text": str(text), "checked": bound.value() == value}
            | ({"conditional": {"html": gds_field(self[value])}} if value in self.fields else {})
            for value, text in self.fields["way"].choices
        ]
        legend = {"text": str(bound.label), "isPageHeading": True, "classes": "govuk-fieldset__legend--l"}
        wrong = {"errorMessage": {"text": " ".join(bound.errors)}} if bound.errors else {}
        hint = {"hint": {"text": str(bound.help_text)}} if bound.help_text else {}
        return gds("radios", name="way", idPrefix="id_way", fieldset={"legend": legend}, items=items, **wrong, **hint)

    def contact(self) -> dict[str, str]:
        """Return the contact as cases keep it, without what is empty."""
        found = {key: self.cleaned_data.get(key, "") for key in ("name", "email", "phone", "postcode")}
        return {key: value for key, value in found.items() if value}


def typed_contact(contact: dict, asked: bool) -> dict[str, str]:
    """Return what to put into the boxes for a contact kept before; `asked` when the question was answered."""
    way = next((way for way in ("email", "phone") if contact.get(way)), "none" if asked else "")
    return {**contact, "way": way}
