"""The JSON Schema of the definition language, for editors and for anyone who writes a service elsewhere."""

from functools import cache

from moothall.catalogue.rules.definition import Definition


@cache
def json_schema():
    """Return the JSON Schema (2020-12) of service.yaml as a dict."""
    schema = Definition.model_json_schema(by_alias=True)
    schema.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "/services/schema.json",
        "title": "A Moothall service definition",
    } | _plain(schema)


def answers_schema(definition):
    """Return the JSON Schema of the answers a service takes, for the API: which questions, of which form.

    Conditional questions are optional here; the service itself says when they are needed.
    """
    properties = {q.id: question_schema(q) for q in definition.questions}
    needed = [q.id for q in definition.questions if not q.optional and q.when is None]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def question_schema(question):
    """Return the JSON Schema of one question's answer."""
    forms = {
        "choice": lambda: {"type": "string", "enum": list(question.options)},
        "many": lambda: {
            "type": "array",
            "items": {"type": "string", "enum": list(question.options)},
            "uniqueItems": True,
        },
        "yes-no": lambda: {"type": "boolean"},
        "declaration": lambda: {"type": "boolean", "const": True},
        "number": lambda: _limited("number" if question.decimals else "integer", question),
        "money": lambda: _limited("integer", question) | {"description": "pence"},
        "date": lambda: {"type": "string", "format": "date"},
        "file": lambda: {"type": "array", "items": {"type": "string"}, "maxItems": question.most},
        "text": lambda: {"type": "string", "maxLength": question.most},
        "long-text": lambda: {"type": "string", "maxLength": question.most},
    }
    form = forms.get(question.type, lambda: {"type": "object"})()
    return {"title": question.label.en} | form


def _limited(name, question):
    limits = {"minimum": question.least, "maximum": question.most}
    return {"type": name} | {k: v for k, v in limits.items() if v is not None}


def _plain(schema):
    """Return the schema with `Text` explained once, where editors show it."""
    schema["$defs"]["Text"]["description"] = "Words in English (en) and in Welsh (cy)"
    return schema


def structured(definition, address, doers):
    """Return a service as schema.org GovernmentService (https://schema.org/GovernmentService), a dict for JSON-LD.

    `address` is its page, `doers` the bodies that do it (with `.name`).
    """
    return {
        "@context": "https://schema.org",
        "@type": definition.schema_org.type,
        "name": definition.title.en,
        "alternateName": [{"@value": definition.title.cy, "@language": "cy"}],
        "description": definition.summary.en,
        "serviceType": definition.schema_org.service_type,
        "audience": {"@type": "Audience", "audienceType": definition.schema_org.audience},
        "provider": [{"@type": "GovernmentOrganization", "name": body.name} for body in doers],
        "availableLanguage": ["en", "cy"],
        "availableChannel": [
            {"@type": "ServiceChannel", "serviceUrl": address, "name": "Web"},
            *(
                {"@type": "ServiceChannel", "name": way.capitalize()}
                for way in ("phone", "visit", "post", "email")
                if getattr(definition.other_ways, way)
            ),
        ],
        "isRelatedTo": [{"@type": "Service", "identifier": other} for other in definition.related],
        "identifier": [definition.id, *([f"lgsl:{definition.lgsl}"] if definition.lgsl else [])],
    }
