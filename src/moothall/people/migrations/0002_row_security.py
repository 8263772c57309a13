from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, Definer, PolicyRows

IDENTITY = """
create function people_identity() returns uuid[] language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if app_person() is null then
    return '{}';
  end if;
  return array(
    with recursive me(id) as (
      select app_person()
      union
      select case when l.one_id = me.id then l.other_id else l.one_id end
      from me join people_link l on me.id in (l.one_id, l.other_id)
      where l.kind = 'link' and not exists (
        select 1 from people_link later where later.body_id = l.body_id and later.one_id = l.one_id
          and later.other_id = l.other_id and later.id > l.id)
    ) select id from me);
end $$
"""
ME = "any((select people_identity())::uuid[])"
MINE = f"body_id is null and person_id = {ME}"
READ = f"{BODY} or person_id = {ME}"
WRITE = f"{BODY} or {MINE}"
VALUES = ("name", "contactpoint", "residence", "householdmember", "need")


def tied(table):
    """A value's body and person are those of its record."""
    return f"""
alter table people_{table} add constraint people_{table}_person_of_record
  foreign key (record_id, person_id) references people_sourcerecord (id, person_id);
alter table people_{table} add constraint people_{table}_body_of_record
  foreign key (record_id, body_id) references people_sourcerecord (id, body_id);
"""


TIES = """
alter table people_sourcerecord add constraint people_sourcerecord_person unique (id, person_id);
alter table people_sourcerecord add constraint people_sourcerecord_body unique (id, body_id);
""" + "".join(tied(table) for table in VALUES)
UNTIES = "".join(
    f"alter table people_{t} drop constraint people_{t}_person_of_record, drop constraint people_{t}_body_of_record;"
    for t in VALUES
) + "alter table people_sourcerecord drop constraint people_sourcerecord_person, drop constraint people_sourcerecord_body;"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        Definer(IDENTITY, "people_identity()", "everyone who was decided to be the scope's person, whoever decided"),
        PolicyRows(
            "people_person",
            using="false",
            check="true",
            read=f"id = {ME} or exists (select 1 from people_sourcerecord r where r.person_id = people_person.id)",
        ),
        PolicyRows("people_sourcerecord", using=WRITE, check=WRITE, read=READ),
        *(PolicyRows(f"people_{table}", using=WRITE, check=WRITE, read=READ) for table in VALUES),
        PolicyRows(
            "people_accountlink",
            using="account_id = (select app_account())",
            read=f"account_id = (select app_account()) or person_id = {ME}",
        ),
        PolicyRows("people_actsfor", using=BODY, read=f"{BODY} or person_id = {ME} or agent_id = {ME}"),
        PolicyRows("people_link", using=BODY, read=f"{BODY} or one_id = {ME} or other_id = {ME}"),
        AppendOnly("people_link"),
        migrations.RunSQL(TIES, UNTIES),
    ]
