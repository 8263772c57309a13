"""How we can reach somebody: asked once, at the end, and only as much as is needed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def _box(label, *, completes: str, hint="", kind=forms.TextInput, width="20") -> forms.CharField:
    attrs = {"autocomplete": completes, "class": f"govuk-input--width-{width}"}
    return forms.CharField(label=label, required=False, max_length=200, help_text=hint, widget=kind(attrs=attrs))


class ContactForm(forms.Form):
    """Where somebody wants to hear; a postcode lets them look up their case later.

    `needed` leaves out "I do not want to hear back".
    """

    use_required_attribute = False
    email = _box(_("Email address"), completes="email", kind=forms.EmailInput, width="30")
    phone = forms.RegexField(
        label=_("Mobile phone number"),
        required=False,
        regex=r"^\s*\+?[\d\s()-]{7,20}$",
        help_text=_("We send a text message."),
        error_messages={"invalid": _("Write a phone number, such as 01632 960 001")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "class": "govuk-input--width-20"}),
    )
    none = forms.BooleanField(label=_("I do not want to hear back"), required=False)
    name = _box(_("Your name"), completes="name", width="30")
    postcode = _box(
        _("Your postcode"),
        completes="postal-code",
        width="10",
        hint=_("With it and your reference you can look this up later without an account."),
    )

    def __init__(self, *args, needed: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if needed:
            del self.fields["none"]

    def clean_email(self) -> str:
        """Return the address; refuse one that cannot be."""
        value = self.cleaned_data["email"].strip()
        try:
            return forms.EmailField(required=False).clean(value)
        except ValidationError:
            raise ValidationError(_("Write an email address like name@example.com")) from None

    def clean_postcode(self) -> str:
        """Return the postcode in capitals; refuse what has no digit or is too long to be one."""
        text = self.cleaned_data["postcode"].strip().upper()
        if text and not (5 <= len(text.replace(" ", "")) <= 7 and any(c.isdigit() for c in text)):
            raise ValidationError(_("Write a postcode such as ZM1 2AB, or leave it empty"))
        return text

    def clean(self) -> dict:
        """Ask for one way at least, unless the person wants none."""
        given = self.cleaned_data
        if self.errors or given.get("email") or given.get("phone") or given.get("none"):
            return given
        if "none" in self.fields:
            say = _("Write an email address or a phone number, or tick that you do not want to hear back")
        else:
            say = _("Write an email address or a phone number")
        self.add_error("email", say)
        return given

    def contact(self) -> dict[str, str]:
        """Return the contact as cases keep it, without what is empty; who wants none leaves no address."""
        keys = ("name", "postcode") if self.cleaned_data.get("none") else ("name", "email", "phone", "postcode")
        found = {key: self.cleaned_data.get(key, "") for key in keys}
        return {key: value for key, value in found.items() if value}


class SafeContactForm(ContactForm):
    """How somebody who asks for urgent help may be reached, if at all: nothing is sent unless they say it is safe."""

    SAFE = (
        ("write", _("Yes, you may write to me and ring me")),
        ("ring", _("You may ring me, but do not write")),
        ("no", _("No, do not contact me: I will ring you")),
    )
    safe = forms.ChoiceField(
        label=_("Is it safe for us to contact you?"),
        help_text=_("Think of who sees your messages, your phone and its list of calls."),
        choices=SAFE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is safe for us to contact you")},
    )
    when = _box(_("When is it safe to ring?"), completes="off", width="30")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("none", "postcode"):
            self.fields.pop(name, None)
        self.fields["phone"].label, self.fields["phone"].help_text = _("Phone number"), ""
        self.order_fields(["safe", "name", "phone", "when", "email"])

    def clean_postcode(self) -> str:
        """Return nothing: a postcode is not asked, as nobody looks this up with one."""
        return ""

    def clean(self) -> dict:
        """Ask for what the chosen way needs; who wants no contact need give nothing."""
        given = forms.Form.clean(self)
        safe = given.get("safe")
        if safe == "ring" and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write a phone number, or say that we should not contact you"))
        if safe == "write" and not (given.get("email") or given.get("phone")) and not self.errors:
            self.add_error("email", _("Write an email address or a phone number"))
        return given

    def contact(self) -> dict[str, str]:
        """Return the contact as cases keep it, with whether it is safe to use."""
        keys = ("name", "email", "phone", "safe", "when")
        return {key: value for key in keys if (value := self.cleaned_data.get(key))}


def safely(contact: dict) -> str:
    """Return how somebody who asked for urgent help may be contacted, in words."""
    return str(dict(SafeContactForm.SAFE).get(contact.get("safe"), SafeContactForm.SAFE[2][1]))


def typed_contact(contact: dict) -> dict:
    """Return what to put into the boxes for a contact kept before."""
    asked = contact.get("asked") and not (contact.get("email") or contact.get("phone"))
    return {**contact, "none": bool(asked)}
