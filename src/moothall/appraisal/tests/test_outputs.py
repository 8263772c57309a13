"""What comes out: page, data, table and PDF that agree, say their sources and never change by chance."""

import csv
import io
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from moothall.appraisal import queries
from moothall.appraisal.rules import data, explain, page, report, words
from moothall.appraisal.rules.completeness import named_values
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.pictures import pictures
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.shown import shown
from moothall.appraisal.tests.small import case, given, small
from moothall.appraisal.tests.test_basis import EXAMPLES, marchshire
from moothall.appraisal.tests.test_borrowing import borrowed
from moothall.appraisal.tests.test_criteria import written
from moothall.appraisal.views.showing import table


@pytest.fixture(scope="module")
def full():
    data = marchshire() | {"points": 256}
    return report.appraise(check(data))


@pytest.fixture(scope="module")
def html(full):
    return page.as_html(full).decode()


def small_report():
    data = borrowed().model_dump(mode="json", exclude_none=True) | {"criteria": written()}
    data["inputs"]["cost_then"] |= {"spread": {"shape": "uniform", "low": 800, "high": 1000, "source": "Three years"}}
    return report.appraise(check(data))


class Page(HTMLParser):
    """Ids, links, tables and headings of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.headings, self.tables, self.captions, self.stack = [], [], [], 0, 0, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.tables += tag == "table"
        self.captions += tag == "caption"


def test_every_figure_leads_to_how_it_is_made(html):
    found = Page(html)

    assert len(found.links) > 300
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_every_figure_ends_at_inputs_with_source_and_author(full):
    known, facts = set(named_values(full.case)), set(fact("discount")) | {"optimism", "distribution", "provision"}

    for figure in explain.figures(full).values():
        assert figure.formula
        assert set(figure.inputs) <= known
        assert set(figure.facts) <= facts
        assert figure.inputs or figure.id.startswith("now."), figure.id


def test_the_basis_is_printed_at_the_top_the_foot_and_on_every_printed_page(full, html):
    assert html.count(full.basis) >= 3
    assert "@bottom-left { content: string(basis)" in html
    assert '<p class="quiet basis-name">' in html


def test_the_page_stands_alone_and_is_well_built(html):
    found = Page(html)

    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert found.tables == found.captions
    assert all(link.startswith("#") for link in found.links)
    assert not re.search(r"<script|<link|<img|@import|url\(|\sstyle=|\son\w+=", html)


def test_every_chart_stands_with_a_title_a_sentence_and_a_table(html):
    for svg in re.findall(r"<svg.*?</svg>", html, re.S):
        assert 'role="img"' in svg
        assert "<title" in svg
        assert "<desc" in svg
    after = re.split(r"</svg>", html)[1:]
    assert all(re.match(r"\s*<div class=\"scroll\"", rest) for rest in after)


def test_page_data_and_table_say_the_same(full, html):
    found = data.result(full)
    rows = list(csv.DictReader(io.StringIO(data.as_csv(full).decode())))
    gains = {row["option"]: float(row["value"]) for row in rows if row["section"] == "figure" and row["item"] == "gain"}

    for option, money in full.money.items():
        assert found["figures"][f"{option}.gain"]["value"] == pytest.approx(money.gain, abs=0.01)
        assert gains[option] == pytest.approx(money.gain, abs=0.01)
        assert f'href="#{option}.gain">{words.pounds(money.gain)}</a>' in html
    assert json.loads(data.as_json(full))["basis"] == full.basis


def test_words_in_a_case_cannot_break_the_page():
    data = small(title='<script>alert("x")</script>')
    data["options"]["in-house"]["title"] = "Better & <b>cheaper</b>"

    text = page.as_html(report.appraise(check(data))).decode()

    assert "<script" not in text
    assert "<b>cheaper" not in text
    assert "Better &amp; &lt;b&gt;cheaper" in text


@pytest.fixture(scope="module")
def written_twice():
    return [queries.outputs(small_report()) for _ in range(2)]


def test_the_same_case_gives_the_same_bytes(written_twice):
    one, two = written_twice

    assert set(one) == {"report.html", "report.pdf", "result.json", "figures.csv"}
    assert one == two


def test_the_pdf_is_tagged(written_twice):
    written_pdf = written_twice[0]["report.pdf"]
    streams = re.findall(rb"stream\n(.*?)\nendstream", written_pdf, re.S)
    whole = written_pdf + b"".join(zlib.decompress(part) for part in streams if part[:1] == b"x")

    assert b"/StructTreeRoot" in whole
    assert re.search(rb"pdfuaid:part(>|=.)1", whole)
    assert b"/TH" in whole


def test_the_headline_says_what_was_found_and_how_sure_it_is(full):
    text = words.headline(full)

    assert text.startswith("“Improve in house” costs society least: £1.48 million less")
    assert "in 100 futures" in text
    assert "fails the five-year test" in text


def test_when_nothing_is_cheaper_than_now_the_headline_says_so():
    data = small()
    data["inputs"]["training"] = given(1500, "Retraining")

    assert words.headline(report.appraise(check(data))).startswith("Continuing as now costs society least")


def test_what_claims_without_evidence_would_change_is_said():
    data = small()
    data["inputs"]["share"] = given(0.5, "Saving claimed", "share", reference_class="sharing-back-offices")
    data["inputs"]["training"] = given(1500, "Retraining")
    line = {"what": "Saving claimed", "kind": "saving", "times": ["cost_then", "share"], "profile": [1, 2, 2]}
    data["options"]["in-house"]["lines"]["saving"] = line

    told = words.claims_words(report.appraise(check(data)))

    assert "“in-house” would be cheapest instead of “now”" in told


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_appraised_and_names_no_real_council(path):
    text = path.read_text()
    quick = report.appraise(check(_quick(text)))

    assert quick.order
    assert "invented" in text


def _quick(text):
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(text) | {"points": 64}


def test_the_four_models_each_have_an_example():
    models = {option.model for path in EXAMPLES for option in check(_quick(path.read_text())).options.values()}

    assert {path.stem for path in EXAMPLES} == {"in-house", "shared", "joint", "outsourced", "marchshire"}
    assert models == {"now", "in-house", "shared", "joint", "outsourced"}


def test_the_document_tells_of_every_field_and_every_kind():
    from moothall.appraisal.rules.kinds import KINDS, MODELS

    text = (Path(__file__).parents[4] / "docs" / "appraisal.md").read_text()
    schema = queries.schema()
    fields = set(schema["properties"]) | {f for part in schema["$defs"].values() for f in part.get("properties", {})}

    assert {name for name in (*fields, *KINDS, *MODELS) if f"`{name}`" not in text} == set()


def test_no_line_breaks_between_a_minus_and_its_amount_and_a_spreadsheet_still_reads_it():
    dear = small()["inputs"] | {"cost_then": given(2_000_000, "Cost after redesign")}
    told = shown(report.appraise(case(inputs=dear)))
    drawn = pictures(told)

    assert f"{words.MINUS}£" in drawn["cash-in-house"].finding
    assert f"{words.MINUS}£" in drawn["gains"].svg
    assert "-£" not in str(drawn) + told["headline"] + str(told["figures"])
    assert words.amount(-5, "£ a head") == f"{words.MINUS}£5 a head"
    sheet = table(told, "gains").content.decode()
    assert "-£" in sheet
    assert words.MINUS not in sheet
