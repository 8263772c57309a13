"""Who joins is known to the body and to whoever invited it; the rest is the body's own."""

from django.db import migrations

from moothall.core.rows import BODY, BodyRows, NoDelete, PolicyRows

HOST = "host_id = any((select app_bodies())::smallint[])"


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("onboarding_joining", BODY, read=f"{BODY} or {HOST}"),
        BodyRows("onboarding_trial"),
        BodyRows("onboarding_import"),
        *[NoDelete(f"onboarding_{name}") for name in ("joining", "trial", "import")],
    ]
