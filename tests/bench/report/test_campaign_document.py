"""report.json: verdict, mode, counts, coverage, and every case that is no pass."""

from jsonschema import Draft202012Validator

from emulator.bench.report.campaign_document import (
    case_document,
    report_document,
    report_schema,
    results_digest,
)
from emulator.testing.scenes.bench_results import finished_campaign


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


def test_the_document_is_valid_and_has_every_field_of_the_schema() -> None:
    document = report_document(*finished_campaign())

    errors = [each.message for each in Draft202012Validator(report_schema()).iter_errors(document)]

    assert errors == []
    assert list(document) == list(report_schema()["properties"])


def test_it_tells_verdict_mode_counts_and_clauses() -> None:
    document = report_document(*finished_campaign())

    assert (document["verdict"], document["service_mode"]) == ("fail", "gfi")
    assert document["counts"] == {"fail": 3, "not_applicable": 2, "pass": 7, "waived": 1}
    assert document["clauses"] == {"GBCS 6.2.4, MAC": 2, "GBCS 6.2.4, certificates": 1}


def test_it_holds_every_case_that_is_no_pass_and_how_often_a_waiver_was_used() -> None:
    document = report_document(*finished_campaign())

    assert [each["verdict"] for each in document["cases"]].count("fail") == 3
    assert all("messages" not in each for each in document["cases"])
    assert [each["cases"] for each in document["waivers"]] == [1]


def test_it_names_the_home_without_install_codes() -> None:
    document = report_document(*finished_campaign())

    assert document["home"][2]["eui64"] == "00-DB-12-34-56-78-90-A0"
    assert "83FED3407A939723A5C639B26916D505C3B5" not in str(document)


def test_the_digest_is_of_the_results_whatever_their_order() -> None:
    _, results = finished_campaign()

    assert results_digest(results) == results_digest(results[::-1])
    assert results_digest(results) != results_digest(results[1:])


def test_a_case_stands_without_its_messages() -> None:
    _, results = finished_campaign()

    told = case_document(results[0])

    assert told["case"] == "ESME/0027/ECS17b/success"
    assert "messages" not in told
