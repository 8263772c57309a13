"""No ranking without one basis: what is missing or differs is refused by option and field."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from moothall.appraisal.rules.basis import CaseRefused, NotOnOneBasis, basis_hash, leaves
from moothall.appraisal.rules.reading import check, read
from moothall.appraisal.tests.small import case, small

EXAMPLES = sorted((Path(__file__).parents[4] / "examples" / "appraisal").glob("*.yaml"))


def refused(data):
    with pytest.raises(CaseRefused) as caught:
        check(data)
    return caught.value


def places(value, path=()):
    """Yield the path of every field and list item below a mapping."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from places(below, (*path, key))


def at(data, path):
    for key in path:
        data = data[key]
    return data


def apart(value):
    """Return a copy in which no two places share an object (YAML's aliases do)."""
    if isinstance(value, dict):
        return {key: apart(inner) for key, inner in value.items()}
    return [apart(inner) for inner in value] if isinstance(value, list) else value


def example(name):
    path = Path(__file__).parents[4] / "examples" / "appraisal" / f"{name}.yaml"
    return apart(YAML(typ="safe", pure=True).load(path.read_text()))


def marchshire():
    return example("marchshire")


def changed(value):
    if isinstance(value, int | float):
        return value + 1
    return f"{value} but not quite"


def mutations(data):
    """Yield (option, field, the case with that one field left out or changed), over bases, risks and exits."""
    for option in data["options"]:
        for part in ("title", "model", "basis", "lines", "risks", "exit", "preparation"):
            mutated = apart(data)
            del mutated["options"][option][part]
            yield option, part, (), mutated
        for part in ("basis", "risks", "exit", "preparation"):
            for path in places(data["options"][option][part]):
                for leave_out in (True, False):
                    plain = isinstance(at(data["options"][option][part], path), str | int | float)
                    if not leave_out and (part != "basis" or not plain):
                        continue
                    mutated = apart(data)
                    holder = at(mutated["options"][option][part], path[:-1])
                    if leave_out:
                        del holder[path[-1]]
                    else:
                        holder[path[-1]] = changed(holder[path[-1]])
                    yield option, part, path, mutated


def test_each_of_a_thousand_single_changes_is_refused_by_option_and_field():
    tried = 0
    cases = (example(name) for name in ("outsourced", "shared", "joint"))
    for option, part, path, mutated in (mutation for case_ in cases for mutation in mutations(case_)):
        refusal = refused(mutated)
        tried += 1
        named = [key for key in path if isinstance(key, str)]
        field = ".".join([part, *named])
        told = [f.field for f in refusal.faults if f.option == option]
        hit = [name for name in told if name.startswith(field) or field.startswith(name)]
        assert hit, f"{option} {field}: {refusal.message}"
        assert isinstance(refusal, NotOnOneBasis) or part != "basis" or not path
        if tried == 1000:
            return
    pytest.fail(f"only {tried} changes were tried")


def test_a_field_that_differs_is_named_with_both_readings():
    data = small()
    data["options"]["in-house"]["basis"]["volumes"]["bills"] = 900

    refusal = refused(data)

    assert isinstance(refusal, NotOnOneBasis)
    assert "in-house: basis.volumes.bills: it says 900; the other options say 1000" in refusal.message


def test_continue_as_now_is_named_when_it_is_the_one_that_stands_apart():
    data = marchshire()
    data["options"]["now"]["basis"]["discount"] = "green-book-2022"

    assert {(f.option, f.field) for f in refused(data).faults} == {("now", "basis.discount")}


def test_a_cost_every_option_must_count_is_asked_for_by_name():
    data = small()
    del data["options"]["in-house"]["lines"]["retraining"]

    (fault,) = refused(data).faults

    assert (fault.option, fault.field) == ("in-house", "transition.retraining")


def test_a_cost_of_nothing_says_why():
    data = small()
    data["options"]["now"]["lines"]["retraining"]["why_nothing"] = None

    (fault,) = refused(data).faults

    assert fault.field == "lines.retraining"


def test_an_in_house_option_without_its_plan_is_a_straw_man_and_refused():
    data = small()
    del data["options"]["in-house"]["plan"]

    (fault,) = refused(data).faults

    assert (fault.option, fault.field) == ("in-house", "plan")


def test_a_plan_of_three_words_is_no_plan():
    data = small()
    data["options"]["in-house"]["plan"]["management"] = "to be decided"

    assert refused(data).faults[0].field == "plan.management"


def test_preparation_is_recorded_for_every_option():
    data = small()
    del data["options"]["now"]["preparation"]

    assert refused(data).faults[0].field == "preparation"


def test_the_hash_ignores_order_and_sees_every_change():
    one = case().basis
    data = small()
    for option in data["options"].values():
        option["basis"]["scope"]["includes"].reverse()
    other = check(data).basis
    assert basis_hash(one) == basis_hash(other)

    for field in leaves(one.model_dump(mode="json")):
        top, *rest = field.split(".")
        changed_basis = one.model_dump(mode="json")
        holder = changed_basis
        for key in [top, *rest][:-1]:
            holder = holder[key]
        holder[[top, *rest][-1]] = "changed"
        assert leaves(changed_basis) != leaves(one.model_dump(mode="json"))


def test_an_option_that_runs_on_nothing_is_refused():
    data = small()
    del data["options"]["in-house"]["lines"]["running"]

    (fault,) = refused(data).faults

    assert (fault.option, fault.field) == ("in-house", "lines")


def shared(**more):
    data = small()
    option = data["options"]["in-house"]
    line = {"what": "Agreeing", "kind": "transaction", "times": ["training"], "profile": [1, 0, 0]}
    option |= {"model": "shared", "provider": "Ashby"}
    option["lines"]["agreeing"] = line
    data["inputs"]["cost_then"] |= more
    return data


def test_a_lower_cost_by_sharing_needs_evidence_of_its_own():
    (fault,) = refused(shared()).faults

    assert (fault.option, fault.field) == ("in-house", "lines.running.times")
    assert "“cost_then” differs from now and files no evidence" in fault.what
    assert check(shared(evidence=["Audited accounts of such a partnership"]))


def test_a_saving_claimed_on_nothing_is_refused():
    data = small()
    line = {"what": "Saving", "kind": "saving", "times": ["cost_now", "training"]}
    data["options"]["in-house"]["lines"]["saving"] = line

    (fault,) = refused(data).faults

    assert fault.field == "lines.saving"


def test_a_name_no_input_has_is_refused_where_it_stands():
    data = small()
    data["options"]["now"]["lines"]["running"]["times"] = ["cost_tomorrow"]

    (fault,) = refused(data).faults

    assert (fault.option, fault.field) == ("now", "lines.running.times")


def test_outsourcing_bias_on_capital_is_refused():
    """The study gives outsourcing a bias of operating cost only; a known open tool applies it to capital."""
    data = small()
    data["options"]["in-house"]["lines"]["assets"] = {
        "what": "Assets",
        "kind": "investment",
        "times": ["training"],
        "profile": [1, 0, 0],
        "life": 3,
        "paid_by": {"Ashby": 1},
        "bias": {"type": "outsourcing", "measure": "capital"},
    }

    (fault,) = refused(data).faults

    assert fault.field == "lines.assets.bias.measure"
    assert "no bias of outsourcing for capital" in fault.what


def test_what_is_not_yaml_is_refused_kindly():
    with pytest.raises(CaseRefused, match="not YAML"):
        read("title: [")
    with pytest.raises(CaseRefused, match="holds no fields"):
        read("just words")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_stands_on_one_basis(path):
    assert read(path.read_text()).title
