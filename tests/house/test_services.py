"""The services as shipped hold with the code as it is: every performer, kind of work and topic they name exists."""

import pytest
from django.conf import settings

from moothall.bodies.queries import kinds_of_work
from moothall.catalogue import queries
from moothall.catalogue.rules.kinds import known
from moothall.catalogue.rules.load import load_all
from moothall.core.steps import declared_outputs, registry

WRITTEN = queries.written_performers()


def test_every_service_loads_with_what_the_functions_declare_and_nothing_else():
    topics = queries.topics()
    loaded = load_all(settings.SERVICES, declared_outputs(), topics, kinds_of_work())
    used = {topic for one in [*loaded, *queries.pages()] for topic in one.topics}
    assert used == set(topics), "a topic with nothing in it, or without a name"


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_performer_puts_out_what_is_written_of_it(name):
    assert name in registry, "services/performers.yaml names a performer that no function declares"
    declared = declared_outputs()[name]
    for output, kind in (WRITTEN[name] or {}).items():
        assert output in declared, f"{name} does not declare {output}"
        assert (known(declared[output]).type, set(known(declared[output]).options)) == (
            known(kind).type,
            set(known(kind).options),
        ), f"{name}.{output} is declared otherwise"


def test_every_declared_step_is_written_down_for_those_who_write_services():
    waits = {"casework.wait"}  # what `wait:` in a definition means
    assert set(registry) - waits - set(WRITTEN) == set(), "write it in services/performers.yaml"
