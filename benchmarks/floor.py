"""The floor: one file that takes a report, makes the same inserts by raw SQL with row security, and shows one.

The sender's key, a case, what was said apart from it, its published place, its history, a step, a message, an audit
entry, a fact and a job: one row of each, one statement a row. No validation, no street or home, no reference, no clock,
no letters, no seals: what this machine can do with Django and psycopg at all.
"""

import json
import os
import uuid

from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "floor",
                "USER": os.environ.get("FLOOR_USER", ""),
                "HOST": os.environ.get("FLOOR_HOST", ""),
                "PORT": "5432",
                "CONN_MAX_AGE": 600,
            }
        },
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpResponse, JsonResponse
from django.template import Context, Engine
from django.urls import path

TABLES = """
create table kase (id uuid primary key, body int not null, service text not null, state text not null,
  text text not null, email text, lon float8, lat float8, created timestamptz default now());
create table event (id bigserial primary key, kase_id uuid not null references kase, body int not null,
  at timestamptz default now(), kind text, data jsonb);
create table step (id uuid primary key, kase_id uuid not null references kase, body int not null, name text,
  state text);
create table message (id uuid primary key, kase_id uuid not null references kase, body int not null, text text);
create table payload (id uuid primary key, kase_id uuid not null references kase, body int not null, data jsonb);
create table sent (body int not null, key text not null, kase_id uuid not null, primary key (body, key));
create table place (id uuid primary key, kase_id uuid not null references kase, body int not null, lon float8,
  lat float8);
create table audit (id bigserial primary key, body int not null, at timestamptz default now(), actor text, action text);
create table job (id bigserial primary key, body int not null, task text, args jsonb, state text default 'todo');
create table outbox (id bigserial primary key, kase_id uuid not null, body int not null, topic text, payload jsonb);
create index on kase (body, created desc);
create index on event (kase_id);
"""
SECURED = ("sent", "kase", "payload", "place", "event", "step", "message", "audit", "outbox", "job")
POLICY = """alter table {t} enable row level security; create policy scope on {t}
  using (body = current_setting('app.body', true)::int); grant select, insert, update on {t} to {role};"""


#: What each kind of row is written with, after its own id where it has one.
INSERTS = {
    table: f"insert into {table} ({columns}) values ({', '.join(['%s'] * len(columns.split(', ')))})"
    for table, columns in {
        "sent": "body, key, kase_id",
        "kase": "id, body, service, state, text, email, lon, lat",
        "payload": "id, kase_id, body, data",
        "place": "id, kase_id, body, lon, lat",
        "event": "kase_id, body, kind, data",
        "step": "id, kase_id, body, name, state",
        "message": "id, kase_id, body, text",
        "audit": "body, actor, action",
        "outbox": "kase_id, body, topic, payload",
        "job": "body, task, args",
    }.items()
}


def create(request):
    """Take one report."""
    said = json.loads(request.body)
    kase, body, key = uuid.uuid4(), 1, request.headers.get("Idempotency-Key", "")
    lon, lat, told = said["place"]["lon"], said["place"]["lat"], json.dumps({"case": str(kase)})
    rows = {
        "sent": [body, key, kase],
        "kase": [kase, body, said["service"], "open", json.dumps(said["answers"]), said["contact"]["email"], lon, lat],
        "payload": [uuid.uuid4(), kase, body, request.body.decode()],
        "place": [uuid.uuid4(), kase, body, lon, lat],
        "event": [kase, body, "opened", "{}"],
        "step": [uuid.uuid4(), kase, body, "inspect", "ready"],
        "message": [uuid.uuid4(), kase, body, "Thank you. We will look at it."],
        "audit": [body, "api", "case.opened"],
        "outbox": [kase, body, "case.opened", told],
        "job": [body, "step", told],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('app.body', %s, true)", [str(body)])
        for table, values in rows.items():
            cursor.execute(INSERTS[table], values)
    return JsonResponse({"id": str(kase)}, status=201)


PAGE = Engine().from_string(
    """<!DOCTYPE html><html lang="en"><title>{{ service }}</title>
<h1>{{ service }}</h1><p>{{ state }}, since {{ created }}</p><p>{{ text }}</p></html>"""
)


def show(request, kase):
    """Show one report: one row by its key, in a bare page."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('app.body', '1', true)")
        cursor.execute("select service, state, text, created from kase where id = %s", [kase])
        words = dict(zip(("service", "state", "text", "created"), cursor.fetchone(), strict=True))
    return HttpResponse(PAGE.render(Context(words)))


urlpatterns = [path("api/v1/cases", create), path("cases/<uuid:kase>/", show)]
application = get_wsgi_application() if __name__ == settings.ROOT_URLCONF else None
