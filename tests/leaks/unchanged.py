"""Whether rows are as they were: one number for each table, of the rows that are not of a given body."""

from psycopg import sql

NO_BODY = -1
OTHERS = "body_id is distinct from %(own)s"
WHOSE = {
    "core_outgoingwords": f"outgoing_id in (select id from core_outgoing where {OTHERS})",
    "people_person": f"id in (select person_id from people_sourcerecord where {OTHERS})",
    "people_accountlink": "true",
    "procrastinate_jobs": "args ->> 'body' is distinct from %(own)s::text",
    "core_account": "not is_staff_account",
    "reorganisation_moved": "true",
    "reorganisation_stage": "true",
    "sharing_rechargeproposal": "proposer_id is distinct from %(own)s",
    "sharing_partnership": "proposer_id is distinct from %(own)s",
    "sharing_terms": "proposer_id is distinct from %(own)s",
    "sharing_withheld": "terms_id in (select id from sharing_terms where proposer_id is distinct from %(own)s)",
}
"""Which rows are others', where a table holds no body, or holds it beside another who may write too."""

NOBODYS = (
    "django_", "auth_", "account_", "mfa_", "socialaccount_", "procrastinate_events", "procrastinate_workers",
    "procrastinate_periodic_defers", "core_receipt", "bodies_edition", "appraisal_fork",
)  # fmt: skip
"""Tables of sign-in, of the queue's own book-keeping, of receipts and forks: what they hold belongs to no body."""

TABLES = (
    "select c.relname, exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'body_id') "
    "from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1"
)
PUBLIC = ("bodies_area", "bodies_body", "bodies_dwelling", "bodies_dutyexception", "bodies_street", "catalogue_")


def picture(admin, own: int | None = None) -> dict[str, tuple]:
    """Return {table: (count, sum of hashes)} over all rows that are not of the body `own`; of all if it is None."""
    counted = {}
    for table, of_body in admin.execute(TABLES).fetchall():
        if table.startswith((*NOBODYS, *PUBLIC)):
            continue
        which = WHOSE.get(table) or OTHERS
        assert of_body or table in WHOSE, f"say whose the rows of {table} are"
        question = sql.SQL("select count(*), sum(hashtextextended(t::text, 0)) from {} t where ").format(
            sql.Identifier(table)
        )
        counted[table] = admin.execute(question + sql.SQL(which), {"own": own or NO_BODY}).fetchone()
    return counted


def differences(before: dict, after: dict) -> list[str]:
    """Return the tables that are not as they were."""
    return [table for table in before if before[table] != after[table]]
