"""Is it alive, is it ready, how is it doing: for load balancers and monitoring."""

import psycopg
from django.db import connection
from django.http import HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from moothall.core import guard
from moothall.site import database

REQUESTS = Counter("moothall_requests", "Requests answered", ["method", "status"])
SECONDS = Histogram("moothall_request_seconds", "Time to answer", buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10))
JOBS = Gauge("moothall_jobs", "Jobs in the queue", ["status"])


@guard.anyone("a load balancer asks; it tells nothing")
def live(request) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@guard.anyone("a load balancer asks; it tells yes or no")
def ready(request) -> JsonResponse:
    """Say whether the database can be used: on a new connection, by a PL/pgSQL function.

    A server that was upgraded under our feet still answers old connections and fails just there.
    """
    try:
        with psycopg.connect(database.conninfo(connection.settings_dict), connect_timeout=5) as fresh:
            fresh.execute("do $$ begin perform 1; end $$")
            waiting = fresh.execute("select count(*) from procrastinate_jobs where status = 'failed'").fetchone()[0]
    except psycopg.Error as error:
        return JsonResponse({"ready": False, "why": type(error).__name__}, status=503)
    return JsonResponse({"ready": True, "failed_jobs": waiting})


@guard.anyone("figures of the machine; nothing about any person or body")
def metrics(request) -> HttpResponse:
    """Answer in Prometheus's format: requests, times and jobs; nothing about any person or body."""
    with connection.cursor() as cursor:
        cursor.execute("select status::text, count(*) from procrastinate_jobs group by 1")
        counts = dict(cursor.fetchall())
    for status in ("todo", "doing", "failed"):
        JOBS.labels(status).set(counts.get(status, 0))
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
