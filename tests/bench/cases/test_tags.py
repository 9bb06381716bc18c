"""Tags say what a record and a check say."""

from emulator.bench.cases.checks import Check
from emulator.bench.cases.tags import tags_of
from emulator.gbcs.use_cases.catalogue import use_case


def test_the_record_gives_category_payload_access_and_service() -> None:
    assert tags_of(use_case(0x0027), Check.SUCCESS) == (
        "SME.C.NC",
        "DLMS",
        "sensitive",
        "read",
        "SRV 4.1.1",
        "works",
    )


def test_the_check_says_whether_it_is_about_refusal_counters_or_dates() -> None:
    critical = use_case(0x001A)

    assert "critical" in tags_of(critical, Check.REPLAYED)
    assert tags_of(critical, Check.REPLAYED)[-2:] == ("counter", "refusal")
    assert tags_of(critical, Check.PAST)[-2:] == ("dated", "works")
