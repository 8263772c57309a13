"""The staff's sign-in form."""

from allauth.account.forms import LoginForm


class StaffLoginForm(LoginForm):
    """Asks for a password, which allauth leaves out where accounts can be made without one."""

    def _setup_password_field(self) -> None:
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
