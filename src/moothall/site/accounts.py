"""How people sign in (django-allauth): residents by a code sent by e-mail or a passkey; staff by password and a
second factor, a passkey, or their own organisation's sign-in (OpenID Connect).
"""

import os
import time

import requests
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moothall.bodies import actions as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people

SET_UP_HERE = "second_factor_set_up_in_this_session"
SECONDS = 10
STRONG = {"mfa", "socialaccount", "persona"}


def house_name(request) -> str:
    """Return whose house a visitor stands in: the body's name, else the platform's."""
    body = getattr(request, "front_body", None)
    return body.name if body else "Moothall"


def name_of(account) -> str:
    """Return how we call somebody: by their name, else by the address they sign in with."""
    return account.get_full_name()


class AccountAdapter(DefaultAccountAdapter):
    """Residents may make accounts; staff accounts are made by their body."""

    def format_email_subject(self, subject) -> str:
        """Put the body's name before what an e-mail is about."""
        return f"{house_name(context.request)}: {subject}"

    def get_password_change_redirect_url(self, request) -> str:
        """Return to the page on how one signs in, from where the change was begun."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Ask nothing again of somebody who has just signed in, in whichever way."""
        request = context.request
        if request.user.is_authenticated:
            records = get_authentication_records(request, request.user)
            newest = max((record.get("at", 0) for record in records), default=0)
            if time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT:
                return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_client_ip(self, request) -> str:
        """Return the address the request came from; behind a proxy, what the proxy put last."""
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if os.environ.get("MOOTHALL_BEHIND_PROXY") else ""
        return forwarded.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")


class SecondFactorAdapter(DefaultMFAAdapter):
    """To staff a passkey or an app is a second lock; to residents a passkey is another door beside the code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code did not fit. Wait until the app shows the next one, and type that."),
    }

    def is_mfa_enabled(self, user, types=None) -> bool:
        """Return whether somebody has one of the kinds of second factor that count for them."""
        if not getattr(user, "is_staff_account", False) and types != [Authenticator.Type.WEBAUTHN]:
            return False
        return super().is_mfa_enabled(user, types)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what a device shows beside a passkey: our name, not the host's."""
        return super().get_public_key_credential_rp_entity() | {"name": house_name(context.request)}


class WorkSignInDown(Refusal):
    """Your organisation's sign-in does not answer. Try again in a few minutes, or sign in with your password."""

    status = 503


class Asking(requests.Session):
    """Asks an organisation's sign-in, and does not wait for ever."""

    def request(self, *args, **kwargs) -> requests.Response:
        """Return its answer; refuses WorkSignInDown when it gives none, or breaks."""
        try:
            answer = super().request(*args, **{"timeout": SECONDS} | kwargs)
        except requests.RequestException as error:
            raise WorkSignInDown() from error
        if answer.status_code >= 500:
            raise WorkSignInDown()
        return answer


class StaffAdapter(DefaultSocialAccountAdapter):
    """Work accounts open only what a body has prepared: they never make a staff account of themselves."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        """Refuse: the body adds its people first, then they sign in."""
        return False

    def get_requests_session(self) -> requests.Session:
        """Return what the organisation's sign-in is asked through."""
        return Asking()

    def pre_social_login(self, request, sociallogin) -> None:
        """Join a verified work address to the staff account of it: made by the body, or by what a group may do."""
        verified = sorted(e.email.lower() for e in sociallogin.email_addresses if e.verified)
        known = sociallogin.user if sociallogin.is_existing else None
        account = known or type(sociallogin.user).objects.filter(email__in=verified, is_staff_account=True).first()
        told = sociallogin.account.extra_data
        groups = groups_told(told)
        if groups is not None and (account or verified):
            account = bodies.welcome_groups(
                account=account, email=next(iter(verified), ""), name=name_told(told), groups=groups,
                at=now(), by=Actor.system("site.work_account"),
            )  # fmt: skip
        if account and not known:
            sociallogin.connect(request, account)


def groups_told(told: dict) -> list[str] | None:
    """Return the groups that an organisation's sign-in named, in its profile or its token, under `groups`.

    None where it says nothing of groups: then nobody gets or loses work by them.
    """
    found = [part.get("groups") for part in (told, told.get("userinfo") or {}, told.get("id_token") or {})]
    lists = [groups for groups in found if isinstance(groups, list)]
    return sorted({str(one) for groups in lists for one in groups}) if lists else None


def name_told(told: dict) -> str:
    """Return how an organisation's sign-in calls somebody."""
    return str(told.get("name") or (told.get("userinfo") or {}).get("name") or "")[:120]


@receiver(authenticator_added)
def remember_set_up(request, user, authenticator, **kwargs) -> None:
    """Note that this session has just proved a second factor by setting it up."""
    request.session[SET_UP_HERE] = user.pk


@receiver(user_logged_in)
def welcome_resident(user, **kwargs) -> None:
    """Give a resident who signs in for the first time their person; staff are known by their appointments."""
    if user.is_staff_account:
        return
    actor = Actor("resident", str(user.pk))
    with scoped(Scope(account=user.pk, purpose="front door", actor=actor)):
        people.welcome(account_id=user.pk, email=user.email, name=user.name, at=now(), by=actor)


def has_second_factor(request) -> bool:
    """Return whether this session was opened strongly enough for staff work."""
    if request.session.get(SET_UP_HERE) == request.user.pk:
        return True
    return any(record.get("method") in STRONG for record in get_authentication_records(request, request.user))
