from emulator.gbcs.service_requests.catalogue import service_request


def test_a_service_prints_its_variant_and_name() -> None:
    assert str(service_request("8.3")) == "8.3 Decommission Device"
