"""The `moothall` commands as one types them: Django's own checks run first, as they do for an operator."""

import json
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line, get_commands
from django.core.management.base import BaseCommand
from django.utils import timezone
from tests.world import MARCHSHIRE

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped

OURS = {name: app for name, app in get_commands().items() if app.startswith("moothall.")}
MEANT = {"handle", "add_arguments", "help", "requires_system_checks", "create_parser", "stealth_options"}


@pytest.mark.parametrize("name", OURS)
def test_no_command_hides_what_django_calls_on_it(name):
    command = import_module(f"{OURS[name]}.management.commands.{name}").Command
    ours = {attribute for attribute in vars(command) if not attribute.startswith("__")}

    assert ours & set(dir(BaseCommand)) <= MEANT, "Django calls these itself: choose another name"


def moothall(capsys, *words):
    execute_from_command_line(["moothall", "audit", *words])
    return capsys.readouterr().out


def test_the_audit_trail_is_sealed_verified_proved_and_the_proof_checked(real_db, capsys, tmp_path):
    by = Actor.system("test")
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="test", actor=by)):
        audit.record(action="test.done", object="thing:1", body_id=MARCHSHIRE, at=timezone.now(), by=by)

    assert "Sealed up to entry" in moothall(capsys, "seal", "--body", str(MARCHSHIRE))
    assert "sound" in moothall(capsys, "verify").lower()
    proof = moothall(capsys, "prove", "1", "--body", str(MARCHSHIRE))
    (tmp_path / "proof.json").write_text(proof)
    assert "The proof holds" in moothall(capsys, "check", str(tmp_path / "proof.json"))


def test_a_proof_that_was_changed_does_not_hold(real_db, capsys, tmp_path):
    moothall(capsys, "seal", "--body", str(MARCHSHIRE))
    proof = json.loads(moothall(capsys, "prove", "1", "--body", str(MARCHSHIRE)))
    proof["head"]["size"] += 1
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    with pytest.raises((CommandError, SystemExit)):
        moothall(capsys, "check", str(tmp_path / "proof.json"))


def test_up_afresh_never_empties_a_database_that_somebody_gave(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/moothall")
    monkeypatch.setenv("MOOTHALL_DEMO", "1")

    with pytest.raises(CommandError, match="empty it yourself"):
        call_command("up", "--afresh", "--once")
