"""A statement as a table, as data and on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core.guard import staff
from moothall.core.letters import tagged_pdf
from moothall.core.sheets import plain, sheet
from moothall.settlement import queries
from moothall.settlement.views.statements import about, sections_said
from moothall.settlement.views.who import READERS

ON_PAPER = 400
"""How many lines are printed; a longer statement's are in its table."""

STYLE = """
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: counter(page); font-size: 10pt }
  @bottom-left { content: string(heading); font-size: 10pt } }
body { font: 11pt/1.45 "Atkinson Hyperlegible Next", "DejaVu Sans", sans-serif; color: #0b0c0c }
h1 { font-size: 16pt; line-height: 1.25; string-set: heading content() }
table { width: 100%; border-collapse: collapse; margin: 0 0 6mm } thead { display: table-header-group }
caption { text-align: left; font-weight: bold; margin: 0 0 2mm } .n { text-align: right }
th, td { text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0; border-bottom: 0.3pt solid #666 }
"""

HEADS = ("line", "case", "day", "service", "units", "pence", "VAT pence", "pounds", "VAT pounds", "state")


def _name(row) -> str:
    pair = f"{bodies.body(row.provider_id).code}-{bodies.body(row.body_id).code}".lower()
    return f"recharge-{pair}-{row.first}-{row.last}"


@require_safe
@staff(*READERS)
def as_csv(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """All lines of a statement, for a spreadsheet."""
    row = queries.statement(statement_id)
    rows = (
        (one.number, one.reference, one.day, one.section.service_id, one.units, one.pence, one.vat_pence,
         plain(one.pence), plain(one.vat_pence), one.state)
        for one in queries.all_lines(row.pk)
    )  # fmt: skip
    return sheet(_name(row), HEADS, rows)


@require_safe
@staff(*READERS)
def as_json(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """A statement with all it was worked out from, so that anybody can do it again."""
    row = queries.statement(statement_id)
    data = {
        "provider": bodies.body(row.provider_id).code, "payer": bodies.body(row.body_id).code, "kind": row.kind,
        "first": row.first, "last": row.last, "state": row.state, "pence": row.pence, "vat_pence": row.vat_pence,
        "sections": [_section(one) for one in queries.sections(row.pk)],
        "lines": [_line(one) for one in queries.all_lines(row.pk)],
    }  # fmt: skip
    answer = JsonResponse(data, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{_name(row)}.json"'
    return answer


def _section(one) -> dict:
    return {
        "service": one.service_id, "rule": one.rule, "working": one.working, "pence": one.pence, "vat": one.vat,
        "vat_basis_points": one.vat_basis_points, "vat_source": one.vat_source, "vat_pence": one.vat_pence,
    }  # fmt: skip


def _line(one) -> dict:
    return {
        "number": one.number, "service": one.section.service_id, "case": one.reference, "day": one.day,
        "units": one.units, "pence": one.pence, "vat_pence": one.vat_pence, "state": one.state,
    }  # fmt: skip


@require_safe
@staff(*READERS)
def as_pdf(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """A statement on paper, tagged so that a screen reader reads it (PDF/UA)."""
    row = queries.statement(statement_id)
    found = queries.lines(row.pk, limit=ON_PAPER)
    context = about(request, row) | {
        "sections": sections_said(queries.sections(row.pk)), "lines": found.lines,
        "more": found.after is not None, "at": request.at,
    }  # fmt: skip
    answer = HttpResponse(tagged_pdf(render_to_string("settlement/paper.html", context), STYLE), "application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_name(row)}.pdf"'
    return answer
