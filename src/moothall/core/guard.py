"""
Who may open a page: every view declares it, and a house test finds those that do not.

The guard opens the door; row security decides what is in the room. `request.roles` are the roles that the signed-in
person holds today at the body they act for; none for a resident.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url

from moothall.core.refusal import Refusal


class NotYourRole(Refusal):
    """This page is for other roles than yours. If your work needs it, ask your manager to have your role changed."""

    status = 403


@dataclass(frozen=True)
class Guard:
    """What a view declares: `kind` is anyone, signed-in or staff; `roles` are enough each, and none means any staff."""

    kind: str
    roles: frozenset[str] = frozenset()
    why: str = ""


def may(request, roles: tuple[str, ...]) -> bool:
    """Tell whether whoever asks has one of these roles in the body that they act for."""
    return bool(request.roles & set(roles))


def anyone(why: str) -> Callable:
    """Declare a view open to everyone, with the reason: "search is for all", "row security decides"."""
    return _guarded(Guard("anyone", why=why), lambda request: True)


def signed_in(view: Callable) -> Callable:
    """Let in whoever has signed in; others are asked to, and come back."""
    return _guarded(Guard("signed-in"), lambda request: request.user.is_authenticated)(view)


def staff(*roles: str) -> Callable:
    """Let in staff with at least one of these roles at the body they act for; without roles, any staff."""
    wanted = frozenset(roles)

    def allowed(request) -> bool:
        held = frozenset(getattr(request, "roles", ()))
        if request.user.is_authenticated and not (held & wanted if wanted else held):
            raise NotYourRole()
        return bool(held)

    return _guarded(Guard("staff", wanted), allowed)


def _guarded(guard: Guard, allowed: Callable) -> Callable:
    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not allowed(request):
                back = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")
            return view(request, *args, **kwargs)

        guarded.guard = guard
        return guarded

    return decorate
