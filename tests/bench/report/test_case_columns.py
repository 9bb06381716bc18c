"""The cases as columns of numbers."""

from dataclasses import replace

from emulator.bench.report.campaign_document import report_document
from emulator.bench.report.case_columns import case_columns, rest_of
from emulator.testing.scenes.bench_results import finished_campaign


def test_every_case_is_a_number_in_every_column() -> None:
    campaign, results = finished_campaign()

    columns = case_columns(report_document(campaign, results), results)

    told = [name for name, value in columns.items() if str(value) and isinstance(value, list)]
    lengths = {name: len(columns[name]) for name in ("device", "useCase", "check", "verdict")}
    assert set(lengths.values()) == {len(results)}
    assert "reason" in told


def test_columns_give_back_what_a_result_says() -> None:
    campaign, results = finished_campaign()
    columns = case_columns(report_document(campaign, results), results)
    row = next(row for row, each in enumerate(results) if each.verdict == "fail")

    assert columns["devices"][columns["device"][row]]["name"] == results[row].device
    assert columns["useCases"][columns["useCase"][row]]["code"] == results[row].code
    assert columns["checks"][columns["check"][row]] == results[row].check
    assert columns["texts"][columns["reason"][row]] == results[row].reason
    assert columns["rules"][columns["rule"][row]] == "GBCS 6.2.4, MAC"


def test_findings_are_shown_first_where_there_are_any() -> None:
    campaign, results = finished_campaign()
    document = report_document(campaign, results)
    passed = [replace(each, verdict="pass", waiver="") for each in results]

    assert case_columns(document, results)["firstStates"] == [
        "fail",
        "error",
        "inconclusive",
        "agreed",
    ]
    assert case_columns(document, passed)["firstStates"] == []


def test_what_follows_the_check_is_role_or_item() -> None:
    assert rest_of("ESME/0027/ECS17b/role/RECOVERY") == "RECOVERY"
    assert rest_of("ESME/0027/ECS17b/success") == ""
