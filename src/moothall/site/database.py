"""Which PostgreSQL we use, by what roles, and how they are made.

- DATABASE_URL unset: a private server in MOOTHALL_DATA/pg (see `postgres`).
- DATABASE_URL and DATABASE_OWNER_URL: as given; the first owns nothing, the second runs migrations.
- DATABASE_URL alone, of a role that may create roles: the two roles are made with passwords of their own, kept in
  MOOTHALL_DATA/roles.json, and that first address is used for nothing else.
"""

import json
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from moothall.site import postgres

OWNER, APP, NAME = "moothall_owner", "moothall_app", "moothall"
OLDEST = 150000
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}
"""A statement that comes again and again is planned once a connection: under row security planning is most of it."""


class NotReady(RuntimeError):
    """The database cannot be used; the message says what to do."""


def data_folder() -> Path:
    """Return MOOTHALL_DATA: everything the product writes is below it."""
    return Path(os.environ.get("MOOTHALL_DATA") or "var").absolute()


def _from_url(url: str) -> dict:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise NotReady("DATABASE_URL must begin with postgresql://")
    query = dict(parse_qsl(parts.query))
    return {
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "OPTIONS": query,
    }


def connection_settings(role: str) -> dict:
    """Return Django's settings of one connection; role is "app" or "owner"."""
    common = {"ENGINE": "moothall.core.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    url, owner_url = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if url and owner_url:
        return common | _from_url(url if role == "app" else owner_url)
    if url:
        given, kept = _from_url(url), _kept_passwords()
        user = APP if role == "app" else OWNER
        return common | given | {"USER": user, "PASSWORD": kept.get(user, "")}
    at = postgres.place(data_folder() / "pg")
    user = APP if role == "app" else OWNER
    return common | {"HOST": str(at.sock), "PORT": "5432", "NAME": NAME, "USER": user, "PASSWORD": "", "OPTIONS": {}}


def _kept_passwords() -> dict:
    path = data_folder() / "roles.json"
    return json.loads(path.read_text()) if path.exists() else {}


def app_role() -> str:
    """Return the name of the role that web and worker log in as."""
    return connection_settings("app")["USER"]


def leave_nothing_open() -> None:
    """Let PostgreSQL end every transaction of this process, and of those it starts, that stands still for a minute.

    A process that is frozen in the middle of one would keep its locks: jobs it has begun could not be taken over, and
    those who tried would wait with it. PGOPTIONS in the environment says otherwise; empty leaves it to the server.
    """
    os.environ.setdefault("PGOPTIONS", "-c idle_in_transaction_session_timeout=60s")


def conninfo(settings: dict) -> str:
    """Return libpq's connection string for Django's settings of a connection."""
    names = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    given = {names[k]: v for k, v in settings.items() if k in names and v}
    options = {k: v for k, v in settings.get("OPTIONS", {}).items() if k not in PREPARED}
    return psycopg.conninfo.make_conninfo(**given, **options)


def ensure() -> None:
    """Start our own server if we have one, and make roles and database where they are missing."""
    url, owner_url = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if url and owner_url:
        with _connect(connection_settings("owner")) as owner:
            grant(owner, connection_settings("owner")["USER"], app_role())
        return
    if url:
        given = _from_url(url)
        with _connect(given) as admin:
            _make_roles(admin, given)
        return
    at = postgres.start(data_folder() / "pg")
    with psycopg.connect(at.conninfo(), autocommit=True) as admin:
        make(admin, NAME, lambda name: psycopg.connect(at.conninfo(name), autocommit=True))


def drop() -> None:
    """Remove the database in our own server, with everything in it; the next `ensure` makes an empty one."""
    at = postgres.start(data_folder() / "pg")
    with psycopg.connect(at.conninfo(), autocommit=True) as admin:
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(NAME)))


def _connect(settings: dict) -> psycopg.Connection:
    try:
        connection = psycopg.connect(conninfo(settings), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise NotReady(f"Cannot reach the database: {str(error).strip()}. Check DATABASE_URL.") from error
    if connection.info.server_version < OLDEST:
        raise NotReady("PostgreSQL 15 or later is needed.")
    return connection


def _make_roles(admin: psycopg.Connection, given: dict) -> None:
    able = admin.execute("select rolsuper or rolcreaterole from pg_roles where rolname = current_user").fetchone()[0]
    if not able:
        raise NotReady(
            "The role in DATABASE_URL may not create roles. Give the owner's address in DATABASE_OWNER_URL, "
            "and in DATABASE_URL the address of a role that owns nothing."
        )
    kept = _kept_passwords()
    passwords = {role: kept.get(role) or secrets.token_urlsafe(24) for role in (OWNER, APP)}
    path = data_folder() / "roles.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(passwords))
    make(admin, given["NAME"], lambda name: _connect(given | {"NAME": name}), passwords)


def make(admin: psycopg.Connection, name: str, connect, passwords: dict | None = None) -> None:
    """Make the two roles and the database if missing, and set what the app's role may do by default.

    Processes that start together take turns: grants to the same role at the same moment fail.
    """
    admin.execute("select pg_advisory_lock(hashtext('moothall.make'))")
    try:
        _make(admin, name, connect, passwords)
    finally:
        admin.execute("select pg_advisory_unlock(hashtext('moothall.make'))")


def _make(admin: psycopg.Connection, name: str, connect, passwords: dict | None) -> None:
    known = {row[0] for row in admin.execute("select rolname from pg_roles")}
    for role in (OWNER, APP):
        if role not in known:
            admin.execute(sql.SQL("create role {} login nosuperuser nobypassrls").format(sql.Identifier(role)))
        if passwords:
            admin.execute(
                sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(passwords[role]))
            )
    if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        admin.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(OWNER)))
        create = "create database {} owner {} encoding 'UTF8' template template0"
        admin.execute(sql.SQL(create).format(sql.Identifier(name), sql.Identifier(OWNER)))
    with connect(name) as inside:
        for extension in ("unaccent", "pg_trgm", "btree_gist", "btree_gin"):
            inside.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
        inside.execute(sql.SQL("grant create, usage on schema public to {}").format(sql.Identifier(OWNER)))
        grant(inside, OWNER, APP)


def grant(inside: psycopg.Connection, owner: str, app: str) -> None:
    """Let the app's role read and write rows of tables to come, and nothing else."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    for statement in (
        "revoke create on schema public from public",
        "grant usage on schema public to {app}",
        "alter default privileges for role {owner} in schema public"
        " grant select, insert, update, delete on tables to {app}",
        "alter default privileges for role {owner} in schema public grant usage, select on sequences to {app}",
    ):
        inside.execute(sql.SQL(statement).format(**names))
