"""Count what bodies do for each other, for everybody to see: numbers, and none that could point to a person."""

from django.db import migrations

from moothall.core.rows import Definer

WORK_DONE = """
create function casework_work_done(p_bodies smallint[], p_first timestamptz, p_last timestamptz)
returns table (body smallint, provider smallint, service text, requests int)
language sql stable security definer set search_path = public, pg_temp as $$
  select body_id, provider_id, service_id::text, count(*)::int from casework_case
   where body_id = any(p_bodies) and opened_at >= p_first and opened_at < p_last
   group by body_id, provider_id, service_id having count(*) >= 5 order by 1, 2, 3
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_load")]

    operations = [
        Definer(
            WORK_DONE,
            "casework_work_done(smallint[], timestamptz, timestamptz)",
            "Counts requests by body, provider and service, never fewer than five; shows no case.",
        ),
    ]
