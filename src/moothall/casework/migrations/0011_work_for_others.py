"""How much bodies do for bodies that are none of them: numbers by body, provider and service, none under five."""

from django.db import migrations

from moothall.core.rows import Definer

WORK_FOR_OTHERS = """
create function casework_work_for_others(p_providers smallint[], p_first timestamptz, p_last timestamptz)
returns table (body smallint, provider smallint, service text, requests int)
language sql stable security definer set search_path = public, pg_temp as $$
  select body_id, provider_id, service_id::text, count(*)::int from casework_case
   where provider_id = any(p_providers) and provider_id <> body_id and not body_id = any(p_providers)
     and opened_at >= p_first and opened_at < p_last
   group by body_id, provider_id, service_id having count(*) >= 5 order by 1, 2, 3
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_taken_over")]

    operations = [
        Definer(
            WORK_FOR_OTHERS,
            "casework_work_for_others(smallint[], timestamptz, timestamptz)",
            "Counts requests done for others by body, provider and service, never fewer than five; shows no case.",
        ),
    ]
