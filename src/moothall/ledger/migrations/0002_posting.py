from django.db import migrations

from moothall.core.rows import AppendOnly, BodyRows, Definer, NoDelete, ReadOnly
from moothall.ledger.migrations import _sql

MINE = "books are written by their own functions only, which test the scope's bodies"

POST_ARGS = "smallint, text[], date[], text[], text[], bigint[], text[], text[], bigint[], timestamptz, text"

DROP_CHECKS = """
drop trigger ledger_leg_balanced on ledger_leg; drop function ledger_check_balanced();
drop trigger ledger_charge_fixed on ledger_charge; drop trigger ledger_payment_fixed on ledger_payment;
drop trigger ledger_refund_fixed on ledger_refund; drop function ledger_refuse_rewrite();
drop function ledger_may(smallint);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        migrations.RunSQL(_sql.FOREIGN_KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(_sql.BALANCED + _sql.FIXED + _sql.MAY, DROP_CHECKS),
        *[BodyRows(table) for table in _sql.BOOKS + _sql.MONEY],
        *[ReadOnly(table) for table in _sql.BOOKS],
        *[AppendOnly(table) for table in ("ledger_journal", "ledger_leg")],
        *[NoDelete(table) for table in _sql.MONEY],
        Definer(_sql.OPEN_ACCOUNT, "ledger_open_account(smallint, text, text, text)", MINE),
        Definer(_sql.OPEN_PERIOD, "ledger_open_period(smallint, date)", MINE),
        Definer(_sql.CLOSE_PERIOD, "ledger_close_period(smallint, date, timestamptz, text)", MINE),
        Definer(_sql.POST, f"ledger_post({POST_ARGS})", MINE),
        Definer(_sql.PAYER, "ledger_payer(uuid)", "who was sent a charge's random id may pay it"),
        Definer(_sql.HEARD, "ledger_heard(text)", "a message signed by the provider names the payment to ask about"),
        Definer(_sql.OF_CASE, "ledger_charges_of_case(uuid)", "who may see a case may see what it cost"),
    ]
