from django.db import migrations

from moothall.core.rows import AppendOnly, Open

FUNCTIONS = """
create function app_bodies() returns smallint[] language sql stable parallel safe as
  $$ select coalesce(string_to_array(nullif(current_setting('app.bodies', true), ''), ',')::smallint[], '{}') $$;
create function app_person() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function app_case() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.case', true), '')::uuid $$;
create function app_account() returns bigint language sql stable parallel safe as
  $$ select nullif(current_setting('app.account', true), '')::bigint $$;
create function app_purpose() returns text language sql stable parallel safe as
  $$ select coalesce(current_setting('app.purpose', true), '') $$;
create function app_refuse_change() returns trigger language plpgsql as
  $$ begin raise exception 'history is added to, never edited: %', tg_table_name using errcode = '23514'; end $$;
"""
DROP = """
drop function app_refuse_change(); drop function app_purpose(); drop function app_account();
drop function app_case(); drop function app_person(); drop function app_bodies();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        Open("core_account", "sign-in only; who somebody is stands elsewhere"),
        Open("core_fact", "ids and codes only; read by the dispatcher of any body"),
        AppendOnly("core_fact"),
        Open("core_receipt", "keys of done work; ids only"),
    ]
