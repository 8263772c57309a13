from django.db import migrations

from moothall.core.rows import BodyRows, Open, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        Open("bodies_body", "public bodies, their names and colours are published"),
        Open("bodies_area", "boundaries are published"),
        Open("bodies_street", "the street gazetteer is published"),
        Open("bodies_dwelling", "addresses without the people who live there"),
        Open("bodies_dutyexception", "who runs a road or a home is published"),
        Open("bodies_edition", "one stamp"),
        PolicyRows(
            "bodies_team", using="body_id = any((select app_bodies())::smallint[])", read="true"
        ),
        BodyRows("bodies_staff", also="account_id = (select app_account())"),
    ]
