"""Row security of access points and tickets: each body keeps its own, and everybody reads them."""

from django.db import migrations

from moothall.core.rows import BODY, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_points")]

    operations = [
        PolicyRows("desk_accesspoint", using=BODY, check=BODY, read="true"),
        PolicyRows("desk_otherhours", using=BODY, check=BODY, read="true"),
        PolicyRows("desk_ticket", using=BODY, check=BODY, read="true"),
    ]
