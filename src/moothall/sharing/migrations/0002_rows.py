"""What bodies offer and agree is published; only the body itself writes it."""

from django.db import migrations

from moothall.core.rows import PolicyRows

OWN = "body_id = any((select app_bodies())::smallint[])"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("sharing_adoption", OWN, read="true"),
        PolicyRows("sharing_agreement", OWN, read="true"),
    ]
