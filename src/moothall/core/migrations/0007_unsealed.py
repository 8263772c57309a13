"""The sealer asks where something waits, instead of looking in at every body every twenty seconds."""

from django.db import migrations

from moothall.core.rows import Definer

UNSEALED = """
create function audit_unsealed() returns setof smallint
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct body_id from core_auditunsealed
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0006_reads_say_what")]

    operations = [
        Definer(UNSEALED, "audit_unsealed()", "Names the bodies with entries that wait for a seal, and nothing of them."),
    ]
