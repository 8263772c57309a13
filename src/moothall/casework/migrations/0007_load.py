"""Count what a body has to do for others, so that nobody is promised what a full provider cannot do."""

from django.db import migrations, models
from django.db.models import F

from moothall.core.rows import Definer

LOAD = """
create function casework_load(p_service text, p_provider smallint, p_since timestamptz, out waiting int, out came int)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) filter (where state in ('open', 'paused'))::int, count(*) filter (where opened_at >= p_since)::int
    from casework_case where provider_id = p_provider and service_id = p_service and provider_id <> body_id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_opened")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["provider", "service_id", "opened_at"],
                name="casework_case_for_others",
                condition=~models.Q(provider=F("body")),
            ),
        ),
        Definer(
            LOAD,
            "casework_load(text, smallint, timestamptz)",
            "Counts what a body has to do for others; gives two numbers over all of them and shows no case.",
        ),
    ]
