from dataclasses import replace
from io import StringIO

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.units import minutes
from emulator.lab.interactive.prompt_commands import COMMANDS
from emulator.lab.interactive.session import Session


def do(session: Session, name: str, *words: str) -> None:
    COMMANDS[name].run(session, words)


def test_devices_are_shown_with_power_and_key(session: Session, printed: StringIO) -> None:
    do(session, "devices")

    meter = next(line for line in printed.getvalue().splitlines() if line.startswith("ESME"))
    assert meter.split()[1:4] == ["00-DB-12-34-56-78-90-A0", "on", "cbke"]


def test_inventory_shows_status_and_supply_point(session: Session, printed: StringIO) -> None:
    do(session, "inventory")

    meter = next(line for line in printed.getvalue().splitlines() if line.startswith("ESME"))
    assert meter.split()[2:4] == ["Commissioned", "1200012345688"]


def test_use_case_is_sent_and_its_reply_shown(session: Session, printed: StringIO) -> None:
    do(session, "send", "ECS17b", "to", "ESME")

    assert "active_import_value" in printed.getvalue()
    assert session.status == 0


def test_use_case_that_is_refused_is_remembered_in_the_status(session: Session) -> None:
    do(session, "send", "ECS28b", "to", "ESME", "as", "other-user")

    assert session.status == 1


def test_request_goes_through_the_dcc(session: Session, printed: StringIO) -> None:
    do(session, "request", "4.1.1", "to", "ESME")

    assert "PASS  4.1.1" in printed.getvalue()


def test_hub_without_power_is_not_reached_and_comes_back(
    session: Session, printed: StringIO
) -> None:
    do(session, "power", "CHF", "off")
    do(session, "send", "ECS17b", "to", "ESME")
    do(session, "power", "CHF", "on")
    do(session, "wait", "5", "min")
    do(session, "send", "ECS17b", "to", "ESME")

    told = [line for line in printed.getvalue().splitlines() if line[:4] in ("PASS", "FAIL")]
    assert "E20" in told[0]
    assert "I0, carried out" in told[1]


def test_device_is_switched_off_and_on(session: Session, printed: StringIO) -> None:
    do(session, "power", "ESME", "off")
    do(session, "devices")
    do(session, "power", "ESME", "on")
    do(session, "wait", "5", "min")

    assert "off" in next(line for line in printed.getvalue().splitlines() if "-A0" in line)
    assert session.work.home.device("ESME").joined


def test_time_passes_only_when_told(session: Session) -> None:
    before = session.work.lab.scheduler.now

    do(session, "devices")
    at_rest = session.work.lab.scheduler.now
    do(session, "wait", "2 min")

    assert at_rest == before
    assert session.work.lab.scheduler.now == before + minutes(2)


def test_messages_are_shown_once_and_all_when_asked(session: Session, printed: StringIO) -> None:
    do(session, "messages")
    first = printed.getvalue()
    do(session, "messages")
    do(session, "messages", "all")

    assert "DCC > ESME  Command of ECS70 Set Clock on ESME" in first
    assert "no message since" in printed.getvalue()
    assert printed.getvalue().count("ECS70 Set Clock on ESME") == 2 * first.count(
        "ECS70 Set Clock on ESME"
    )


def test_report_says_where_it_is(session: Session, printed: StringIO) -> None:
    do(session, "report", "out")

    assert printed.getvalue() == "report: out/report.html\n"


def test_help_tells_every_command(session: Session, printed: StringIO) -> None:
    do(session, "help")

    assert all(each.usage in printed.getvalue() for each in COMMANDS.values())


def test_quit_ends_the_session(session: Session) -> None:
    do(session, "quit")

    assert session.over


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("devices", ("now",)),
        ("send", ("ECS17b",)),
        ("send", ()),
        ("request", ("99.9",)),
        ("power", ("ESME",)),
        ("power", ("ESME", "up")),
        ("power", ("LAMP", "on")),
        ("wait", ()),
        ("wait", ("soon",)),
        ("messages", ("some",)),
        ("report", ()),
    ],
)
def test_wrong_words_are_refused(session: Session, name: str, words: tuple[str, ...]) -> None:
    steps = len(session.work.lab.steps)

    with pytest.raises(UsageError):
        do(session, name, *words)

    assert len(session.work.lab.steps) == steps


def test_what_somebody_does_not_agree_to_is_not_sent(session: Session, printed: StringIO) -> None:
    careful = replace(session, agreed=lambda use_case: use_case.code == 0x0027)

    with pytest.raises(UsageError, match=r"ECS43 .* was not sent"):
        do(careful, "send", "ECS43", "to", "ESME")
    do(careful, "send", "ECS17b", "to", "ESME")
    assert "PASS" in printed.getvalue()


def test_meter_is_loaded_through_an_element_that_it_has(
    session: Session, printed: StringIO
) -> None:
    do(session, "load", "ESME", "2", "kW", "element", "1")

    assert "ESME, element 1 takes 2 kW" in printed.getvalue()
    for wrong in ("2", "two"):
        with pytest.raises(UsageError, match="element"):
            do(session, "load", "ESME", "2", "kW", "element", wrong)
