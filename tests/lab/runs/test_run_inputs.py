from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.loads import LoadReading
from emulator.lab.runs.run_inputs import RunRequest, check_inputs
from emulator.metering.demand.profile_times import TimeZone
from emulator.testing.scenes.laboratories import bare_laboratory
from emulator.testing.scenes.scenarios import write_scenario

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"


def request(tmp_path: Path, **options: Any) -> RunRequest:
    usual: dict[str, Any] = {
        "scenario": str(write_scenario(tmp_path, "pass")),
        "out": tmp_path / "out",
    }
    return RunRequest(**(usual | options))


def mistakes(wanted: RunRequest) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        check_inputs(wanted, bare_laboratory())
    return refusal.value.problems


def test_checked_run_knows_its_files_settings_and_options(tmp_path: Path) -> None:
    shipment = SHIPMENTS / "dual-fuel.csv"
    wanted = request(
        tmp_path,
        devices=shipment,
        seed=7,
        assignments=("bare.attempts=5",),
        state=tmp_path / "state",
    )

    inputs = check_inputs(wanted, bare_laboratory())

    assert [file.path for file in inputs.files] == [wanted.scenario, str(shipment)]
    assert inputs.settings == {"bare.attempts": "5", "state": str(tmp_path / "state")}
    assert (inputs.options.seed, inputs.options.name) == (7, "scenario")
    assert inputs.shipment.hub.type == "CHF"
    assert inputs.out.path == tmp_path / "out"


def test_loads_and_the_start_are_checked_told_and_hashed(tmp_path: Path) -> None:
    profile = tmp_path / "week.csv"
    profile.write_text("start,import_kwh\n2026-03-28T00:00,1\n")
    wanted = request(
        tmp_path,
        devices=SHIPMENTS / "dual-fuel.csv",
        loads=(str(profile), "ESME=household"),
        load_reading=LoadReading(zone=TimeZone.LONDON),
        start="2026-03-28T00:00Z",
    )

    inputs = check_inputs(wanted, bare_laboratory())

    assert inputs.settings == {
        "load.1": str(profile),
        "load.2": "ESME=household",
        "start": "2026-03-28T00:00:00+00:00",
    }
    assert inputs.files[-1].path == str(profile)
    assert len(inputs.options.loads) == 2


@pytest.mark.parametrize("start", ["soon", "2026-03-28", "2026-03-28T00:00", "1999-01-01T00:00Z"])
def test_start_that_is_no_moment_of_the_han_is_refused(start: str, tmp_path: Path) -> None:
    assert mistakes(request(tmp_path, start=start)) == (
        f"--start {start}: expected a moment as 2026-03-28T00:00Z",
    )


def test_checking_writes_nothing(tmp_path: Path) -> None:
    check_inputs(request(tmp_path, state=tmp_path / "state"), bare_laboratory())

    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "state").exists()


def test_run_without_a_shipment_has_the_benchs_hub(tmp_path: Path) -> None:
    inputs = check_inputs(request(tmp_path), bare_laboratory())

    assert [device.type for device in inputs.shipment.devices] == ["CHF", "GPF"]
    assert len(inputs.files) == 1


def test_scenario_may_name_its_own_shipment(tmp_path: Path) -> None:
    wanted = request(tmp_path)
    with Path(wanted.scenario).open("a") as file:
        file.write('SHIPMENT = "mine.csv"\n')
    (tmp_path / "mine.csv").write_bytes((SHIPMENTS / "one-meter.csv").read_bytes())

    inputs = check_inputs(wanted, bare_laboratory())

    assert [device.type for device in inputs.shipment.joining] == ["ESME"]


def test_files_go_beside_those_of_other_scenarios_unless_told(tmp_path: Path) -> None:
    inputs = check_inputs(request(tmp_path, out=None), bare_laboratory())

    assert inputs.out.path == Path("hanlab-out/scenario")


def test_mistakes_of_every_input_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    problems = mistakes(
        RunRequest(
            scenario=str(tmp_path / "absent.py"),
            devices=SHIPMENTS / "two-hubs.csv",
            assignments=("x.y=1", "z"),
            out=tmp_path / "file",
            speed="fast",
            radios=("hub",),
            state=tmp_path / "file",
        )
    )

    begins = [
        f"{tmp_path}/absent.py: No such file",
        f"{SHIPMENTS}/two-hubs.csv:10: ",
        f"{SHIPMENTS}/two-hubs.csv:11: ",
        "--set x.y=1: no device",
        "--set z: expected",
        "--radio hub: expected",
        "--speed fast: ",
        f"--state {tmp_path}/file: not a folder",
        f"--out {tmp_path}/file: not a folder",
    ]
    assert len(problems) == len(begins)
    assert all(p.startswith(begin) for p, begin in zip(problems, begins, strict=True))


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan", "1e9"])
def test_speed_that_is_none_is_a_mistake(tmp_path: Path, speed: str) -> None:
    assert mistakes(request(tmp_path, speed=speed)) == (
        f"--speed {speed}: expected max, real, or a factor like 2 or 0.5",
    )


@pytest.mark.parametrize(("speed", "taken"), [(None, "max"), ("real", "real"), ("2", "2")])
def test_speed_is_full_unless_told(tmp_path: Path, speed: str | None, taken: str) -> None:
    inputs = check_inputs(request(tmp_path, speed=speed), bare_laboratory())

    assert inputs.options.speed == taken


def test_real_radio_makes_time_real(tmp_path: Path) -> None:
    inputs = check_inputs(request(tmp_path, radios=("hub=spinel:/dev/x",)), bare_laboratory())

    assert inputs.options.speed == "real"
    assert inputs.settings == {"radio.hub": "spinel:/dev/x", "speed": "real"}


def test_virtual_dongle_needs_no_real_time(tmp_path: Path) -> None:
    inputs = check_inputs(request(tmp_path, radios=("hub=spinel:virtual",)), bare_laboratory())

    assert inputs.options.speed == "max"


def test_real_radio_cannot_be_hurried(tmp_path: Path) -> None:
    wanted = request(tmp_path, radios=("hub=spinel:/dev/x",), speed="max")

    assert mistakes(wanted) == ("--speed max: hub has a real radio: expected real",)


@pytest.mark.parametrize(
    ("radio", "begins"),
    [
        ("nobody=simulated:air", "--radio nobody: no such device: expected hub"),
        ("GPF=simulated:air", "--radio GPF: no such device"),
        ("hub=spinel:foo://x", "--radio hub=spinel:foo://x: port 'foo://x': expected"),
    ],
)
def test_radio_must_be_of_a_device_and_at_a_place(tmp_path: Path, radio: str, begins: str) -> None:
    (problem,) = mistakes(request(tmp_path, radios=(radio,)))

    assert problem.startswith(begins)


def test_device_has_one_radio(tmp_path: Path) -> None:
    wanted = request(tmp_path, radios=("hub=simulated:a", "CHF=simulated:b"))

    assert mistakes(wanted) == ("--radio CHF: CHF has a radio already",)


def test_recording_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "inputs.jsonl").write_text("{}\n")

    (problem,) = mistakes(request(tmp_path, replay=tmp_path / "inputs.jsonl"))

    assert problem.startswith(f"--replay {tmp_path}/inputs.jsonl line 1: no line of a recording")


def test_recording_is_a_setting_of_the_run(tmp_path: Path) -> None:
    path = tmp_path / "inputs.jsonl"
    path.write_text('{"format": "hanlab-inputs 1"}\n')

    inputs = check_inputs(request(tmp_path, replay=path), bare_laboratory())

    assert inputs.settings == {"replay": str(path)}


@pytest.mark.parametrize("radio", ["hub", "hub=", "=spinel:x", "hub=/dev/tty", "hub=:x"])
def test_radio_needs_a_name_a_kind_and_a_place(tmp_path: Path, radio: str) -> None:
    assert mistakes(request(tmp_path, radios=(radio,))) == (
        f"--radio {radio}: expected NAME=KIND:PLACE",
    )


def test_radio_of_an_unknown_kind_is_refused_with_the_known(tmp_path: Path) -> None:
    (problem,) = mistakes(request(tmp_path, radios=("hub=telepathy:x",)))

    assert problem.startswith("--radio hub=telepathy:x: no radio kind 'telepathy': expected ")


def test_scenario_that_does_not_load_is_a_mistake(tmp_path: Path) -> None:
    wanted = request(tmp_path)
    with Path(wanted.scenario).open("a") as file:
        file.write("1 / 0\n")

    assert mistakes(wanted) == (
        f"{wanted.scenario}:4: ZeroDivisionError: division by zero: expected a file that loads",
    )


def test_unknown_scenario_is_the_only_mistake_of_its_request() -> None:
    (problem,) = mistakes(RunRequest(scenario="no_such_scenario"))

    assert problem.startswith("no scenario named 'no_such_scenario'")


def test_radio_of_an_installed_kind_is_a_setting_of_the_run(tmp_path: Path) -> None:
    inputs = check_inputs(request(tmp_path, radios=("hub=simulated:air",)), bare_laboratory())

    assert inputs.options.radios == {"hub": "simulated:air"}
    assert inputs.settings == {"radio.hub": "simulated:air"}


def test_radio_named_twice_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(request(tmp_path, radios=("hub=simulated:a", "hub=simulated:b"))) == (
        "--radio hub=simulated:b: expected each name once",
    )


def test_scenario_that_somebody_typed_is_no_file(tmp_path: Path) -> None:
    shipment = SHIPMENTS / "dual-fuel.csv"
    inputs = check_inputs(request(tmp_path, devices=shipment), bare_laboratory())

    typed = replace(inputs, scenario=replace(inputs.scenario, sha256=""))

    assert [each.path for each in typed.files] == [str(shipment)]
