"""Lists and search keep to their indexes.

A policy with OR lets no index give rows in order, so work is seen by its body alone; whoever has the case may add to
it. Search looks words up first and orders what it found, whatever the planner believes of them.
"""

from django.db import migrations

from moothall.core.rows import PolicyRows

MINE = "body_id = any((select app_bodies())::smallint[])"
DROP = "drop policy scope on casework_task; drop policy everyone on casework_task;"

SEARCH = """
create or replace function casework_search(p_words text, p_reference text, p_limit int) returns table (id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_body smallint;
  v_first uuid[];
  v_query tsquery := case when p_reference <> '' then phraseto_tsquery('simple', p_reference)
                          else websearch_to_tsquery('simple', p_words) end;
begin
  foreach v_body in array app_bodies()::smallint[] loop
    -- words that most work has: what is due first holds enough of them
    v_first := array(
      select f.id from (select t.id, t.search from casework_task t where t.body_id = v_body and t.state = 'open'
                        order by t.due_at, t.id limit 2000) f
      where f.search @@ v_query limit p_limit);
    if cardinality(v_first) = p_limit then
      return query select unnest(v_first);
    else
      -- rarer words: the index finds all work that has them
      return query
        with found as materialized (
          select t.id, t.due_at from casework_task t
          where t.body_id = v_body and t.state = 'open' and t.search @@ v_query)
        select f.id from found f order by f.due_at, f.id limit p_limit;
    end if;
  end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_identity")]

    operations = [
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        PolicyRows("casework_task", MINE, f"{MINE} or case_id = (select app_case())", read=MINE),
    ]
