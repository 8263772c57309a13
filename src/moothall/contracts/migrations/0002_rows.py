"""Row security of contracts: a body's own, except deductions, which are published to everybody and never changed."""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, BodyRows, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        BodyRows("contracts_contract"),
        BodyRows("contracts_clause"),
        BodyRows("contracts_cover"),
        BodyRows("contracts_claim"),
        PolicyRows("contracts_deduction", BODY, read="true"),
        AppendOnly("contracts_deduction"),
    ]
