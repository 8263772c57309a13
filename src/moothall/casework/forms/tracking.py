"""Finding one's own case or draft again, and what one can still do with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.casework.forms.questions import FilesField, ManyFiles


class TrackForm(forms.Form):
    """A reference, and the e-mail address, phone number or postcode it was sent with."""

    use_required_attribute = False
    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        help_text=_(
            "It looks like MAR-0012-345K. It is in every message we sent you about it. If you asked before your "
            "council came here, the number it gave you then will do, with your email address or phone number."
        ),
        error_messages={"required": _("Write your reference, such as MAR-0012-345K")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}),
    )
    contact = forms.CharField(
        label=_("Email address, phone number or postcode"),
        max_length=200,
        help_text=_("Whichever you gave us when you sent it."),
        error_messages={"required": _("Write the email address, phone number or postcode you gave us")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-30"}),
    )


class EmailForm(forms.Form):
    """Where to send the code that brings somebody back."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("We will send a code to it. With the code you can go on later, on any device."),
        error_messages={
            "required": _("Write your email address"),
            "invalid": _("Write an email address like name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "govuk-input--width-30"}),
    )


class CodeForm(forms.Form):
    """The e-mail address and the code that was sent to it."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={
            "required": _("Write the email address we sent the code to"),
            "invalid": _("Write an email address like name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "govuk-input--width-30"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("It has 6 digits."),
        error_messages={"required": _("Write the code from our email")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
    )


def _words(rows: int = 5) -> forms.CharField:
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": rows}))


class WordsForm(forms.Form):
    """Some words about a case; `missing` says what to do when there are none."""

    use_required_attribute = False
    text = _words()

    def __init__(self, *args, label, missing="", required=True, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.required, field.error_messages["required"] = label, required, missing


class AddForm(forms.Form):
    """More to say about a case, and files that show it: one of the two at least."""

    use_required_attribute = False
    text = _words()
    files = FilesField(
        label=_("Photos or documents"),
        required=False,
        help_text=_("Up to 5. We remove the place and time stored inside photos."),
        widget=ManyFiles(attrs={"multiple": True}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].required = _("What do you want to add?"), False

    def clean(self):
        """Refuse an empty form."""
        if not self.cleaned_data.get("text") and not self.cleaned_data.get("files"):
            self.add_error("text", _("Write something, or choose a file"))
        return self.cleaned_data
