"""A resident who was decided to be the same person as another sees the cases of both, for as long as that stands."""

from django.db import migrations

STAFF = "seen_by && (select app_bodies())::smallint[]"
OF_STAFF = f"exists (select 1 from casework_case c where c.id = case_id and c.{STAFF})"
ONE, ALL = "(select app_person())", "any((select people_identity())::uuid[])"


def policies(person):
    held = {
        "case": f"id = (select app_case()) or person_id = {person} or {STAFF}",
        "follower": f"{OF_STAFF} or person_id = {person}",
        "draft": f"id = (select app_case()) or person_id = {person}",
    }
    return ";".join(f"alter policy scope on casework_{t} using ({rows}) with check ({rows})" for t, rows in held.items())


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_rows"), ("people", "0002_row_security")]

    operations = [migrations.RunSQL(policies(ALL), policies(ONE))]
