"""The API's document as a page: works offline, without scripts, under the strict policy."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from moothall.casework.api.tracking import api
from moothall.core.guard import anyone


@anyone("the API's document is public")
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with what it takes and gives."""
    document = api.get_openapi_schema()
    words = {
        "document": document,
        "operations": [
            _operation(path, method, said) for path, ways in document["paths"].items() for method, said in ways.items()
        ],
        "schemas": [_schema(name, said) for name, said in document["components"]["schemas"].items()],
        "document_url": reverse("api-1:openapi-json"),
    }
    return render(request, "casework/api_docs.html", words)


def _operation(path: str, method: str, said: dict) -> dict:
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "name": said["operationId"],
        "method": method.upper(),
        "path": path,
        "does": said.get("description", ""),
        "parameters": [
            {
                "name": p["name"],
                "where": p["in"],
                "needed": p.get("required", False),
                "says": p["schema"].get("description", ""),
            }
            for p in said.get("parameters", [])
        ],
        "takes": _name(body),
        "gives": [(int(status), _name(_content(answer))) for status, answer in said["responses"].items()],
    }


def _content(answer: dict) -> dict:
    return next(iter(answer.get("content", {}).values()), {}).get("schema", {})


def _name(schema: dict) -> str:
    if schema.get("type") == "array":
        return f"list of {_name(schema['items'])}"
    return schema.get("$ref", "").rpartition("/")[2]


def _schema(name: str, said: dict) -> dict:
    fields = [
        {"name": key, "kind": _kind(value), "says": value.get("description", ""), "example": _example(value)}
        for key, value in said.get("properties", {}).items()
    ]
    return {"name": name, "says": said.get("description", ""), "fields": fields}


def _kind(value: dict) -> str:
    if "anyOf" in value:
        return " or ".join(_kind(one) for one in value["anyOf"])
    return _name(value) or value.get("format") or value.get("type", "")


def _example(value: dict) -> str:
    found = value.get("examples") or next(
        (one["examples"] for one in value.get("anyOf", []) if one.get("examples")), []
    )
    return json.dumps(found[0], ensure_ascii=False) if found else ""
