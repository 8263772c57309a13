"""allauth's pages for signing in, less those that make no sense here or are not for this visitor."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.generic import RedirectView

# Work accounts are joined by us and never by hand; what allauth calls these is old.
NOT_HERE = (
    "3rdparty/",
    "3rdparty/signup/",
    "social/connections/",
    "social/login/cancelled/",
    "social/login/error/",
    "social/signup/",
)
FOR_STAFF = {
    "password/change/": account.password_change,
    "password/set/": account.password_set,
    "2fa/totp/activate/": totp.activate_totp,
    "2fa/totp/deactivate/": totp.deactivate_totp,
    "2fa/recovery-codes/": recovery.view_recovery_codes,
    "2fa/recovery-codes/generate/": recovery.generate_recovery_codes,
    "2fa/recovery-codes/download/": recovery.download_recovery_codes,
}
FOR_RESIDENTS = {"email/": account.email}  # a body gives its people their work address


def only(view: Callable, staff: bool) -> Callable:
    """Return a page that sends those for whom it is not meant to the page on how they sign in."""

    @wraps(view)
    def guarded(request, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_staff_account != staff:
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return guarded


urlpatterns = [
    *(path(address, RedirectView.as_view(pattern_name="account_login")) for address in NOT_HERE),
    *(path(address, only(view, staff=True)) for address, view in FOR_STAFF.items()),
    *(path(address, only(view, staff=False)) for address, view in FOR_RESIDENTS.items()),
    path("", include("allauth.urls")),
]
