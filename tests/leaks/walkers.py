"""Who walks: every role of four bodies, three residents, and nobody; and what each of them may meet."""

from dataclasses import dataclass
from functools import cached_property

from django.test import Client
from tests.house.test_guards import everything
from tests.leaks.words import ANN, BOB, CARL, CODES, OF_RESIDENTS, OF_STAFF, ROLES, canary, staff_account
from tests.world import EASTWOLD, sign_in


@dataclass(frozen=True)
class Walker:
    """Staff with one role in a body, a resident, or nobody at all (no role and no body)."""

    role: str | None
    body_id: int | None = None

    @property
    def name(self) -> str:
        return f"{CODES[self.body_id]} {self.role}" if self.body_id else self.role or "nobody"

    @cached_property
    def may_meet(self) -> set[str]:
        """Return the codes whose words this walker may meet."""
        return OF_STAFF[self.body_id] if self.body_id else OF_RESIDENTS.get(self.role, set())

    def browser(self) -> Client:
        """Return the browser in which this walker has signed in, one for all tests of a database."""
        if self not in BROWSERS:
            BROWSERS[self] = self._signed_in()
        return BROWSERS[self]

    def _signed_in(self) -> Client:
        from moothall.core.models import Account

        client = Client(raise_request_exception=False)
        if self.role is None:
            return client
        if self.body_id:
            return sign_in(client, staff_account(self.body_id, self.role))
        return sign_in(client, Account.objects.get(email=f"{canary(self.role).lower()}@example.org"))

    @property
    def reads_public(self) -> bool:
        """Tell whether this walker also reads the pages for everybody that name no row.

        Such a page knows of a walker only their scope, and the scopes of two bodies' staff differ in the body alone
        (`test_the_role_opens_pages_and_the_body_fills_them`): the outsider, a resident and nobody stand for all.
        """
        return self in (Walker("every", EASTWOLD), Walker(CARL), NOBODY)

    def is_let_in(self, route: str) -> bool:
        """Tell whether the guard of a route opens it to this walker's role."""
        guard = GUARDS.get(route)
        if guard is None or guard.kind in ("anyone", "api"):
            return True
        if guard.kind == "signed-in":
            return self.role is not None
        return bool(self.body_id) and (not guard.roles or self.role == "every" or self.role in guard.roles)


def one_for_each_guard(routes, turn: int) -> list[str]:
    """Return one of the routes for each guard among them, another at each turn.

    Routes with equal guards are opened by the same code and the same roles, and one after the other has its turn.
    """
    groups = {}
    for route in sorted(routes):
        groups.setdefault(GUARDS[route], []).append(route)
    return [group[turn % len(group)] for group in groups.values()]


def least_tried(routes, tried: dict[str, int]) -> list[str]:
    """Return one of the routes for each guard among them: the one whose turn came least often so far."""
    groups = {}
    for route in sorted(routes):
        groups.setdefault(GUARDS[route], []).append(route)
    return [min(group, key=lambda route: tried.get(route, 0)) for group in groups.values()]


BROWSERS: dict[Walker, Client] = {}
GUARDS = {address: getattr(view, "guard", None) for address, view in everything()}
EVERY = [Walker("every", body_id) for body_id in CODES]
"""One of each body's staff who has all roles: what they can reach, is what others of the body may be led to."""

RESIDENTS = [Walker(code) for code in (ANN, BOB, CARL)]
NOBODY = Walker(None)
STAFF = [Walker(role, body_id) for body_id in CODES for role in ROLES]
