from django.db import migrations

from moothall.core.rows import Definer

ACTS = """
create function audit_acts_about_me(_prefix text)
returns table (body_id smallint, at timestamptz, actor text, action text, data text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.body_id, e.at, e.actor, e.action, p.data
  from core_auditentry e join core_auditpayload p on p.entry_id = e.id
  where app_person() is not null and e.object = 'person:' || app_person()
    and starts_with(e.action, _prefix) and _prefix = 'help.'
  order by e.id desc limit 200
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0012_formats")]

    operations = [
        Definer(
            ACTS,
            "audit_acts_about_me(text)",
            "tells the scope's person, and nobody else, what those who help them did for them",
        ),
    ]
