import json
from typing import Any

import pytest

from emulator.gbcs.service_requests.catalogue import service_request, service_requests
from emulator.gbcs.service_requests.record import FutureDating, ServiceRequestType
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import shared_folder


def test_all_129_variants_are_there() -> None:
    found = service_requests()

    assert len(found) == 129
    assert sum(each.non_device for each in found) == 16
    assert sum(each.critical for each in found) == 37
    assert sum(FutureDating.DEVICE in each.future_dated for each in found) == 12


def test_a_variant_is_found_by_its_number() -> None:
    commission = service_request("8.1.1")

    assert str(commission) == "8.1.1 Commission Device"
    assert commission.command_variants == (4, 5)
    assert [each.code for each in commission.use_cases] == [0x0062, 0x007F]


def test_a_variant_that_is_not_known_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'8\.99' is not known"):
        service_request("8.99")


def test_where_sources_differ_the_record_says_so() -> None:
    assert service_request("7.12").critical
    assert "not critical" in service_request("7.12").differs["critical"]
    assert not service_request("8.11").differs


def test_every_use_case_of_a_service_is_known_and_names_the_service() -> None:
    for service in service_requests():
        for each in service.use_cases:
            assert service.srv in use_case(each.code).services or service.differs, service
            assert set(use_case(each.code).devices) & set(each.devices), each


def test_only_requests_that_the_dcc_answers_itself_have_no_use_case() -> None:
    for service in service_requests():
        assert service.non_device is (not service.use_cases)


def test_the_records_are_those_of_the_facts() -> None:
    file = shared_folder() / "data" / "service_requests.json"
    require("service_requests.json", file.is_file(), "set HANLAB_SHARED to the shared data")
    facts = {each["srv"]: each for each in json.loads(file.read_text())["srvs"]}

    for service in service_requests():
        assert _facts(service) == _told(facts[service.srv], service), service.srv


def _facts(service: ServiceRequestType) -> dict[str, object]:
    return {
        "critical": service.critical,
        "on_demand": service.on_demand,
        "dcc_scheduled": service.dcc_scheduled,
        "future_dated": " & ".join(each.value.title() for each in service.future_dated) or "No",
        "user_roles": list(service.user_roles),
        "use_cases": {each.name for each in service.use_cases},
    }


def _told(facts: dict[str, Any], service: ServiceRequestType) -> dict[str, object]:
    kept = {name: facts[name] for name in _facts(service) if name in facts}
    dating = str(facts["future_dated"]).replace("DSP", "Dsp")
    return kept | {
        "future_dated": dating,
        "use_cases": {each["use_case"] for each in facts["gbcs_use_cases"]},
    }
