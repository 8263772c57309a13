from django.db import migrations

from moothall.core.rows import Definer

READS = """
create function audit_reads_of_me()
returns table (body_id smallint, at timestamptz, actor text, purpose text, what text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.body_id, e.at, e.actor, e.purpose, p.data::json ->> 'what'
  from core_auditentry e join core_auditpayload p on p.entry_id = e.id
  where e.action = 'read' and app_person() is not null and e.object = 'person:' || app_person()
  order by e.id desc limit 200
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_privacy")]

    operations = [
        migrations.RunSQL("drop function audit_reads_of_me()", migrations.RunSQL.noop),
        Definer(READS, "audit_reads_of_me()", "tells the scope's person, and nobody else, who read their data"),
    ]
