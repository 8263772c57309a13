"""
What may be wrong with an installation, and how to mend each: `moothall doctor`.

A check looks at one thing and says what it found; where that is not well, it says what to do. Checks read only.
"""

import datetime as dt
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from moothall.core import lint

OLDEST_SERVER = 150000
MOST_DRIFT = 2.0  # seconds between the database's clock and ours
LEAST_ROOM = 2_000_000_000
LATE_JOB = dt.timedelta(minutes=10)
LATE_SEAL = dt.timedelta(minutes=10)
OLD_BACKUP = dt.timedelta(days=2)
LATE = """select count(*), min(coalesce(j.scheduled_at, e.at)) from procrastinate_jobs j
left join lateral (select min(at) as at from procrastinate_events where job_id = j.id) e on true
where j.status = 'todo' and coalesce(j.scheduled_at, e.at) < %s"""


@dataclass(frozen=True)
class Found:
    """What one check found: well or not, in words, and how to mend it."""

    name: str
    well: bool
    says: str
    mend: str = ""


Check = Callable[[dt.datetime], Found]
_checks: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register the decorated function, `(at) -> Found`, under a name; in the order they stand."""

    def register(look: Check) -> Check:
        _checks[name] = look
        return look

    return register


def examine(at: dt.datetime) -> list[Found]:
    """Run every check and return what was found; a check that itself breaks is a finding, too."""
    found = []
    for name, look in _checks.items():
        try:
            found.append(look(at))
        except (DatabaseError, psycopg.Error) as error:
            says = f"cannot tell: the database said {type(error).__name__}"
            found.append(Found(name, False, says, "See what stands under database, mend that first."))
        except OSError as error:
            found.append(Found(name, False, f"cannot tell: {error.strerror}", "Check who owns the files and the disk."))
    return found


def _rows(query: str, params=(), *, alias: str = "default") -> list[tuple]:
    with connections[alias].cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


@check("database")
def database(at: dt.datetime) -> Found:
    """Look whether a new connection is answered, by a server new enough, down to PL/pgSQL."""
    start = "Start it with `moothall up`, or give its address in DATABASE_URL."
    try:
        connections["default"].close()
        version = connections["default"].cursor().connection.info.server_version
    except OperationalError as error:
        return Found("database", False, f"no answer: {str(error).strip().splitlines()[0]}", start)
    if version < OLDEST_SERVER:
        return Found("database", False, f"PostgreSQL {version // 10000} is too old", "Use PostgreSQL 15 or later.")
    try:
        connections["default"].cursor().execute("do $$ begin perform 1; end $$")
    except DatabaseError:
        return Found("database", False, "PL/pgSQL does not run", "Was the server upgraded while it ran? Restart it.")
    return Found("database", True, f"PostgreSQL {version // 10000} answers")


@check("tables")
def tables(at: dt.datetime) -> Found:
    """Look whether every migration was applied."""
    alias = "owner" if "owner" in connections.databases else "default"
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        first = f"{plan[0][0].app_label}.{plan[0][0].name}"
        return Found("tables", False, f"{len(plan)} migrations wait, the first {first}", "Run `moothall migrate`.")
    return Found("tables", True, "all migrations are applied")


@check("roles")
def roles(at: dt.datetime) -> Found:
    """Look whether the web's role can be held by row security: it owns nothing and may bypass nothing."""
    mend = "Give DATABASE_URL a role of its own that owns nothing; see the README on deploying."
    powers = _rows(
        "select rolname from pg_roles where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole) "
        "union all select 'owner of ' || relname from pg_class where relowner = (select oid from pg_roles where "
        "rolname = current_user) union all select 'member of ' || r.rolname from pg_auth_members m "
        "join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = current_user limit 3"
    )
    if powers:
        return Found("roles", False, f"the web's role can do too much: {', '.join(row[0] for row in powers)}", mend)
    loose = lint.broken(lint.first_column("default"))
    if loose:
        return Found("roles", False, "; ".join(loose), "Run `moothall migrate`; if it stays, tell us.")
    return Found("roles", True, "the web's role owns nothing, and row security is on")


@check("queue")
def queue(at: dt.datetime) -> Found:
    """Look whether a worker is at work and no job is stuck or given up."""
    alive = _rows("select count(*) from procrastinate_workers where last_heartbeat > now() - interval '1 minute'")[0][0]
    waiting = _rows(LATE, [at - LATE_JOB])[0]
    failed = _rows("select count(*) from procrastinate_jobs where status = 'failed'")[0][0]
    if not alive:
        return Found("queue", False, "no worker is at work", "Start `moothall worker` (or `moothall up`).")
    if waiting[0]:
        since = f"{waiting[1]:%d %B %H:%M}"
        says = f"{waiting[0]:,} jobs are late, the oldest since {since}"
        return Found("queue", False, says, "Is the worker overloaded? Start a second one, and look at its log.")
    if failed:
        return Found(
            "queue", False, f"{failed:,} jobs were given up", "Open /links/ as an operator: see why, retry them."
        )
    return Found("queue", True, f"{alive} at work, nothing late or given up")


@check("settings")
def settings_are_safe(at: dt.datetime) -> Found:
    """Look for settings that are unsafe or do not fit each other."""
    name, wrong = "settings", []
    if settings.DEBUG:
        wrong.append("DEBUG is on: unset it")
    if len(settings.SECRET_KEY) < 50:
        wrong.append("MOOTHALL_SECRET_KEY is short: unset it, and a good one is made")
    if "*" in settings.ALLOWED_HOSTS:
        wrong.append("MOOTHALL_HOSTS lets any name in: list your own")
    public = not settings.MOOTHALL_ADDRESS.startswith(("https://", "http://localhost", "http://127.0.0.1"))
    if public:
        wrong.append("MOOTHALL_ADDRESS is not https: put TLS in front and set it")
    via = settings.MESSAGES["via"]
    if via not in ("outbox", "smtp", "notify"):
        wrong.append(f"MOOTHALL_MESSAGES is {via!r}: use outbox, smtp or notify")
    if via == "notify" and not (
        settings.MESSAGES["notify"]["key"] and all(settings.MESSAGES["notify"]["templates"].values())
    ):
        wrong.append("MOOTHALL_MESSAGES is notify: set NOTIFY_API_KEY, NOTIFY_EMAIL_TEMPLATE and NOTIFY_SMS_TEMPLATE")
    readable = [str(path) for path in _secret_files() if path.stat().st_mode & 0o077]
    if readable:
        wrong.append(f"others can read {', '.join(readable)}: chmod 600")
    if wrong:
        return Found(name, False, f"{len(wrong)} to mend", "; ".join(wrong) + ".")
    return Found(name, True, "safe and complete")


def _secret_files() -> list[Path]:
    data = Path(settings.MOOTHALL_DATA)
    return [path for path in (*data.glob("secrets/*"), *data.glob("keys/*.pem"), data / "roles.json") if path.is_file()]


@check("clock")
def clock(at: dt.datetime) -> Found:
    """Look whether the database's clock and ours agree, and ours knows London."""
    begun = time.time()
    theirs = _rows("select extract(epoch from clock_timestamp())::float8")[0][0]
    drift = theirs - (begun + time.time()) / 2
    if abs(drift) > MOST_DRIFT:
        says = f"the database's clock is {abs(drift):.1f} s {'ahead of' if drift > 0 else 'behind'} ours"
        return Found("clock", False, says, "Keep both machines' time by NTP (systemd-timesyncd or chrony).")
    return Found("clock", True, f"the database's and ours agree within {max(abs(drift), 0.01):.2f} s")


@check("assets")
def assets(at: dt.datetime) -> Found:
    """Look whether styles and scripts were built."""
    folder = Path(settings.MOOTHALL_DATA) / "assets"
    missing = [name for name in ("moothall.css", "moothall.js") if not any(folder.rglob(name))]
    if missing:
        return Found("assets", False, f"{' and '.join(missing)} not built", "Run `make assets`.")
    return Found("assets", True, "built")


@check("letters")
def letters(at: dt.datetime) -> Found:
    """Look whether letters can be drawn as PDF."""
    try:
        from weasyprint import VERSION
    except OSError as missing:
        mend = "Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 (Debian's names)."
        return Found("letters", False, f"no PDF: {str(missing).splitlines()[0]}", mend)
    return Found("letters", True, f"drawn as PDF by WeasyPrint {VERSION}")


@check("disk")
def disk(at: dt.datetime) -> Found:
    """Look whether there is room, and whether we may write where we must."""
    data = Path(settings.MOOTHALL_DATA)
    usage = shutil.disk_usage(data)
    room = f"{usage.free / 1e9:,.1f} GB free of {usage.total / 1e9:,.0f}"
    if not os.access(data, os.W_OK):
        return Found("disk", False, f"we may not write to {data}", "Make it belong to the user that runs Moothall.")
    if usage.free < LEAST_ROOM:
        return Found("disk", False, room, "Make room, or set MOOTHALL_DATA to a folder on a larger disk.")
    return Found("disk", True, room)


@check("audit")
def audit(at: dt.datetime) -> Found:
    """Look whether the sealer keeps up."""
    if "owner" not in connections.databases:
        return Found("audit", True, "looked at as the owner only: run `moothall doctor`")
    waiting, oldest = _rows(
        "select count(*), min(e.recorded_at) from core_auditunsealed u join core_auditentry e on e.id = u.entry_id",
        alias="owner",
    )[0]
    if waiting and oldest < at - LATE_SEAL:
        says = f"{waiting:,} entries wait for the sealer, the oldest since {oldest:%d %B %H:%M}"
        return Found("audit", False, says, "Start `moothall worker`: it seals every 20 seconds.")
    return Found("audit", True, f"{waiting:,} entries wait for the sealer, none for long")


@check("backup")
def backup(at: dt.datetime) -> Found:
    """Look how old the newest backup is; a demo needs none."""
    made = [path.stat().st_mtime for path in Path(settings.MOOTHALL_DATA).glob("backups/*/manifest.json")]
    if not made:
        if settings.DEMO or not settings.MOOTHALL_ADDRESS.startswith("https://"):
            return Found("backup", True, "none yet; a demo needs none")
        return Found("backup", False, "none yet", "Run `moothall backup` every night, and copy it to another machine.")
    age = at - dt.datetime.fromtimestamp(max(made), dt.UTC)
    if age > OLD_BACKUP:
        return Found("backup", False, f"the newest is {age.days} days old", "Run `moothall backup` every night.")
    return Found("backup", True, f"the newest is {age.total_seconds() / 3600:.0f} hours old")
