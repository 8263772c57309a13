from django.db import migrations

PARTS = ("contactpoint", "householdmember", "name", "need", "residence")


def sql(deferrable):
    """Return what makes the keys wait for the end of a statement, or of a transaction that asks for it."""
    return [f"alter table people_{one} alter constraint people_{one}_body_of_record {deferrable}" for one in PARTS]


class Migration(migrations.Migration):
    """A record of a person and its parts change hands together, so their keys may be checked at the end."""

    dependencies = [("people", "0003_one_record_of_a_system")]

    operations = [migrations.RunSQL(sql("deferrable initially immediate"), sql("not deferrable"))]
