"""Reading the provider's own list, so that what it says stands beside what we hold."""

import datetime as dt

from moothall.core.actor import Actor
from moothall.ledger import provider, rules
from moothall.ledger.actions.payments import ProviderSilent
from moothall.ledger.models import ProviderRecord


def read_provider(*, body_id: int, since: dt.datetime, at: dt.datetime, by: Actor) -> int:
    """Keep what the provider says of each payment made between `since` and `at`; return how many there are."""
    window = {"from_date": _utc(since), "to_date": _utc(at + dt.timedelta(minutes=1))}
    try:
        said = list(provider.of_body(body_id).payments(**window))
    except (provider.Unanswered, provider.Rejected) as error:
        raise ProviderSilent("The payment service did not answer. Try again in a few minutes.") from error
    ProviderRecord.objects.bulk_create(
        [
            ProviderRecord(
                body_id=body_id,
                provider_id=told.provider_id,
                reference=told.reference,
                pence=told.pence,
                state=rules.state_of(told.status, told.code),
                refunded=told.refunded,
                created=told.created,
                seen_at=at,
            )
            for told in said
        ],
        update_conflicts=True,
        unique_fields=["body_id", "provider_id"],
        update_fields=["reference", "pence", "state", "refunded", "seen_at"],
    )
    return len(said)


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
