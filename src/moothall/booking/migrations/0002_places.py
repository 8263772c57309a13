from django.db import migrations

from moothall.booking.migrations import _sql
from moothall.core.rows import BodyRows, Definer, NoDelete, PolicyRows, UpdateOnly


class Migration(migrations.Migration):
    dependencies = [("booking", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        migrations.RunSQL(_sql.KEYS, migrations.RunSQL.noop),
        BodyRows("booking_diary"),
        BodyRows("booking_slot"),
        PolicyRows("booking_booking", _sql.SEEN),
        UpdateOnly("booking_slot", ("capacity", "closed")),
        NoDelete("booking_slot"),
        NoDelete("booking_booking"),
        Definer(_sql.COUNT, "booking_count()", "keeps the count of places, whoever books"),
        migrations.RunSQL(_sql.TRIGGER, "drop trigger booking_counted on booking_booking"),
        Definer(
            _sql.TAKE,
            "booking_take(bigint, uuid, int, text, timestamptz, timestamptz, text)",
            "takes a place for the scope's case or body; the slot itself stays the body's",
        ),
        Definer(
            _sql.FREE,
            "booking_free(smallint, text, timestamptz, timestamptz, timestamptz)",
            "tells anyone how many places are left, and nothing of who has the others",
        ),
        Definer(_sql.DIARY, "booking_diary_of(smallint, text)", "tells anyone what a diary is called"),
        Definer(_sql.TIMES, "booking_times(uuid)", "tells whoever may see a booking when it is"),
        Definer(_sql.HOLD, "booking_hold_of(bigint)", "tells how long a place in a slot is held"),
    ]
