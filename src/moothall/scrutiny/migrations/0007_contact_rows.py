"""Row security of the counts of contacts: each body writes its own, and everybody reads them."""

from django.db import migrations

from moothall.core.rows import BODY, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0006_contacts"), ("core", "0002_row_security")]

    operations = [PolicyRows("scrutiny_contactfigure", using=BODY, check=BODY, read="true")]
