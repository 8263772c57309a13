from django.db import migrations, models
from django.db.models.functions import Upper

from moothall.core.rows import Definer

TRACK = """
create function casework_track_former(p_number text, p_digest bytea) returns table (id uuid, reference text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.reference from casework_case c
  where upper(c.former_number) = upper(p_number) and c.former_number <> '' and p_digest = any(c.contact_digests)
  order by c.opened_at desc, c.id limit 1
$$
"""


class Migration(migrations.Migration):
    """A case that came from another system is found by its number there too."""

    dependencies = [("casework", "0011_work_for_others")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(Upper("former_number"), name="casework_case_former_number",
                         condition=~models.Q(former_number="")),
        ),
        Definer(
            TRACK,
            "casework_track_former(text, bytea)",
            "Finds one case for who knows its number in another system and the e-mail address or phone number it came "
            "with; callers limit the rate.",
        ),
    ]  # fmt: skip
