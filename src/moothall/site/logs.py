"""Logs as lines of JSON, with the request's and the case's reference and no personal data.

Only the fields listed here are written, so a careless `extra=` cannot leak; messages are literals of ours, and an
exception is written as its type and where it happened, never its text (a database error quotes the row).
"""

import datetime as dt
import json
import logging
import time
import traceback
from contextvars import ContextVar

from moothall.core.ids import new_id
from moothall.site import health

FIELDS = ("request", "method", "route", "status", "ms", "case", "job", "handler", "fact", "attempt", "error", "body")
request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("moothall.request")


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg),
            "request": request_id.get(),
        }
        told |= {name: getattr(record, name) for name in FIELDS if isinstance(getattr(record, name, None), str | int)}
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])[-5:]]
        return json.dumps({key: value for key, value in told.items() if value != ""})


class LogMiddleware:
    """Gives each request a reference, counts and times it, and writes one line about it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = request_id.set(str(new_id()))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            seconds = time.perf_counter() - started
            reference = request_id.get()
            request_id.reset(token)
        response["X-Request-Id"] = reference
        health.REQUESTS.labels(request.method, f"{response.status_code // 100}xx").inc()
        health.SECONDS.observe(seconds)
        match = request.resolver_match
        extra = {
            "request": reference,
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "case": getattr(request, "case_reference", ""),
        }
        log.info("answered", extra=extra)
        return response
