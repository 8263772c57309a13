"""`moothall service links` asks every address outside that people are sent to, and tells which no longer answer."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from moothall.editor.management.commands import service


class Answering(BaseHTTPRequestHandler):
    """Answers /gone with 404 and all else with a page."""

    def do_GET(self):
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def test_addresses_that_no_longer_answer_are_told_with_where_they_stand(monkeypatch, capsys):
    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    asked = {f"{there}/gone": "pages.yaml, passport", f"{there}/here": "pages.yaml, tax-return"}
    monkeypatch.setattr(service.Command, "_addresses", lambda self, law: sorted(asked.items()))
    with pytest.raises(CommandError):
        call_command("service", "links")
    assert capsys.readouterr().out.strip() == f"pages.yaml, passport: {there}/gone answers 404"
    server.shutdown()
    server.server_close()
    with pytest.raises(CommandError):
        call_command("service", "links")
    assert "does not answer" in capsys.readouterr().out


def test_every_address_that_people_are_sent_to_is_asked():
    found = dict(service.Command()._addresses(law=True))
    assert found["https://www.gov.uk/vehicle-tax"] == "pages.yaml, vehicle-tax"
    assert any(where.endswith("the law") for where in found.values())
    assert all(address.startswith("https://") for address in found)
