from django.db import migrations

from moothall.ledger.migrations import _sql


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_payments")]

    operations = [migrations.RunSQL(_sql.WAITER, migrations.RunSQL.noop)]
