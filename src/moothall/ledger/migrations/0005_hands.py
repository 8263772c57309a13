from django.db import migrations

KEYS = (("ledger_payment", "ledger_payment_charge"), ("ledger_refund", "ledger_refund_payment"))


def sql(deferrable):
    """Return what makes the keys wait for the end of a statement, or of a transaction that asks for it."""
    return [f"alter table {table} alter constraint {name} {deferrable}" for table, name in KEYS]


class Migration(migrations.Migration):
    """A charge and what was paid on it change hands together, so their keys may be checked at the end."""

    dependencies = [("ledger", "0004_waiter")]

    operations = [migrations.RunSQL(sql("deferrable initially immediate"), sql("not deferrable"))]
