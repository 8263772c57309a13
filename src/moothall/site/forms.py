"""Forms for signing in, where allauth's do not fit us."""

from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class StaffLoginForm(LoginForm):
    """Asks for a password, which allauth leaves out where accounts can be made without one."""

    def _setup_password_field(self) -> None:
        self.fields["password"].help_text = ""


class StaffPasswordForm(ReauthenticateForm):
    """Asks for the password again, before something that matters."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class StaffResetForm(ResetPasswordForm):
    """Sends a link only to accounts that may have a password; a resident is told how to come in without one."""

    def clean_email(self) -> str:
        """Return the address, having looked only among staff accounts."""
        email = super().clean_email()
        self.users = [user for user in self.users if user.is_staff_account]
        return email


class AddPasskeyForm(AddWebAuthnForm):
    """Always makes a passkey, which opens the account on its own; never a mere security key."""

    name = forms.CharField(required=False, label=_("Name of this passkey"))
    passwordless = forms.BooleanField(initial=True, widget=forms.CheckboxInput(attrs={"hidden": True}))


class NamePasskeyForm(EditWebAuthnForm):
    """Gives a passkey another name."""

    name = forms.CharField(label=_("Name of this passkey"))
