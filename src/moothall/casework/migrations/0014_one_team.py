"""An urgent referral is seen by one team alone: its case, its work, and what functions tell of it."""

from django.db import migrations, models
from django.db.models import Q

from moothall.core.rows import TEAM, Definer, PolicyRows

MINE = "body_id = any((select app_bodies())::smallint[])"
ME = "person_id = any((select people_identity())::uuid[])"
CASE = (
    f"id = (select app_case()) or ({ME} and only_team = '') "
    f"or (seen_by && (select app_bodies())::smallint[] and {TEAM})"
)
TASK = f"{MINE} and {TEAM}"

CALLERS = """
create or replace function casework_callers(p_digests bytea[], p_limit int) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select id from casework_case where contact_digests && p_digests and seen_by && app_bodies()::smallint[]
    and (only_team = '' or only_team = any(app_teams()) or '*' = any(app_teams()))
  order by opened_at desc limit p_limit
$$
"""

SEARCH = """
create or replace function casework_search(p_words text, p_reference text, p_limit int) returns table (id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_body smallint;
  v_first uuid[];
  v_teams text[] := app_teams();
  v_query tsquery := case when p_reference <> '' then phraseto_tsquery('simple', p_reference)
                          else websearch_to_tsquery('simple', p_words) end;
begin
  foreach v_body in array app_bodies()::smallint[] loop
    -- words that most work has: what is due first holds enough of them
    v_first := array(
      select f.id from (select t.id, t.search from casework_task t where t.body_id = v_body and t.state = 'open'
                        and (t.only_team = '' or t.only_team = any(v_teams) or '*' = any(v_teams))
                        order by t.due_at, t.id limit 2000) f
      where f.search @@ v_query limit p_limit);
    if cardinality(v_first) = p_limit then
      return query select unnest(v_first);
    else
      -- rarer words: the index finds all work that has them
      return query
        with found as materialized (
          select t.id, t.due_at from casework_task t
          where t.body_id = v_body and t.state = 'open' and t.search @@ v_query
            and (t.only_team = '' or t.only_team = any(v_teams) or '*' = any(v_teams)))
        select f.id from found f order by f.due_at, f.id limit p_limit;
    end if;
  end loop;
end $$
"""

REFERRED = """
create function casework_referred(p_reference text) returns table (service text, body smallint, version uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select service_id::text, provider_id, version_id from casework_case
   where reference = p_reference and only_team <> '' and seen_by && app_bodies()::smallint[]
$$
"""


def replaced(table: str, policy: PolicyRows) -> list:
    """Drop a table's policies and declare them anew."""
    drop = "; ".join(
        f"drop policy if exists {name} on {table}"
        for name in ("scope", "scope_insert", "scope_update", "scope_delete", "everyone")
    )
    return [migrations.RunSQL(drop, migrations.RunSQL.noop), policy]


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_public_updates"), ("core", "0011_teams")]

    operations = [
        *(
            migrations.AddField(model, "only_team", models.CharField(blank=True, default="", max_length=40))
            for model in ("case", "task")
        ),
        migrations.AddIndex("case", models.Index(
            fields=["body", "reference"], name="casework_case_of_one_team", condition=~Q(only_team=""),
        )),
        migrations.AddIndex("task", models.Index(
            fields=["body", "due_at", "id"], name="casework_task_urgent", condition=Q(state="open") & ~Q(only_team=""),
        )),
        *replaced("casework_case", PolicyRows("casework_case", CASE)),
        *replaced(
            "casework_task", PolicyRows("casework_task", TASK, f"{MINE} or case_id = (select app_case())", read=TASK)
        ),
        migrations.RunSQL(CALLERS, migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
        Definer(
            REFERRED,
            "casework_referred(text)",
            "Tells a desk of the scope's own bodies that a reference is an urgent referral, of which service and with "
            "whom; whether it may be said is the service's own rule. Shows no case.",
        ),
    ]  # fmt: skip
