"""What of the specification was touched."""

from dataclasses import replace

from emulator.bench.report.coverage import NOT_RUN, coverage, library, reachable, rule_of, worst
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.scenes.bench_results import finished_campaign


def row(part: str, place: str, kind: str = "ESME") -> dict[str, object]:
    found = coverage(*finished_campaign())[part]
    return next(each for each in found if (each["kind"], each["place"]) == (kind, place))


def test_a_use_case_shows_the_worst_of_its_cases() -> None:
    assert row("use_cases", "0027")["state"] == "fail"
    assert row("use_cases", "0027")["counts"] == {"fail": 2, "pass": 4}


def test_a_use_case_that_no_case_tried_is_not_run() -> None:
    assert row("use_cases", "001F")["state"] == NOT_RUN


def test_every_use_case_of_the_kind_is_there() -> None:
    found = coverage(*finished_campaign())["use_cases"]

    assert len(found) == len(library(DeviceKind.ESME))


def test_an_object_is_served_when_a_command_that_asks_for_it_succeeded() -> None:
    served = row("cosem", "1/0-0:94.44.34.10/attribute 2")

    assert served["state"] == "pass"
    assert "ECS17b" in str(served["use_cases"])


def test_an_object_whose_command_failed_everywhere_is_not_served() -> None:
    campaign, results = finished_campaign()
    failed = [replace(each, verdict="fail", touched=()) for each in results]

    found = coverage(campaign, failed)["cosem"]

    states = {each["place"]: each["state"] for each in found}
    assert states["1/0-0:94.44.34.10/attribute 2"] == "fail"


def test_an_object_of_use_cases_that_were_not_selected_is_not_run() -> None:
    states = {each["state"] for each in coverage(*finished_campaign())["cosem"]}

    assert NOT_RUN in states


def test_a_gas_meter_has_attributes_of_zcl() -> None:
    places = {place for each in reachable(DeviceKind.GSME).values() for place in each}

    assert "0x0702/attribute 0x0000" in places


def test_clauses_count_their_cases() -> None:
    found = {each["clause"]: each["counts"] for each in coverage(*finished_campaign())["clauses"]}

    assert found["GBCS 6.2.4, MAC"] == {"fail": 2, "pass": 2}


def test_the_worst_verdict_stands_for_several() -> None:
    assert worst(("pass", "fail", "inconclusive")) == "fail"
    assert worst(("not_applicable", "pass")) == "pass"
    assert worst(()) == NOT_RUN


def test_the_rule_of_a_clause_is_what_stands_before_its_use_case() -> None:
    assert rule_of("GBCS 6.2.4, MAC; GBCS use case ECS17b") == "GBCS 6.2.4, MAC"
