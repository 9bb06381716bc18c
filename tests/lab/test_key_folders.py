from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.key_folders import import_folder, make_folder, show_folder, write_folder
from emulator.testing.scenes.gbcs_scene import gbcs_scene, write_files

SHIPMENT = (
    "manufacturer,model,firmware,device_type,eui64,install_code,mpxn\n"
    "Maker,Display 1,0100,PPMID,00-DB-12-34-56-78-90-A4,83FED3407A939723A5C639B26916D505C3B5,\n"
)


def test_devices_of_a_shipment_get_keys(tmp_path: Path) -> None:
    shipment = tmp_path / "shipment.csv"
    shipment.write_text(SHIPMENT)

    make_folder(1, shipment, ("00-DB-12-34-56-78-90-A0",), tmp_path / "keys")

    made = {each.name for each in (tmp_path / "keys").iterdir()}
    assert {"00db1234567890a4-ds.pem", "00db1234567890a0-ka.key", "device-root.pem"} <= made


def test_device_named_twice_gets_one_set_of_keys(tmp_path: Path) -> None:
    make_folder(1, None, ("00-DB-12-34-56-78-90-A0", "00DB1234567890A0"), tmp_path / "keys")

    assert (tmp_path / "keys" / "00db1234567890a0-ds.pem").exists()


def test_files_of_the_same_name_in_other_folders_are_all_gathered(tmp_path: Path) -> None:
    files = gbcs_scene().pki.files()
    write_files(tmp_path / "in" / "a", {"device.pem": files["00db1234567890a0-ds.pem"]})
    write_files(tmp_path / "in" / "b", {"device.pem": files["00db1234567890a0-ka.pem"]})

    import_folder(tmp_path / "in", tmp_path / "out")

    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "00db1234567890a0-ds.pem",
        "00db1234567890a0-ka.pem",
    ]


def test_notes_on_what_is_shown_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = gbcs_scene().pki.files()
    write_files(tmp_path, {"00db1234567890ff-ds.pem": files["00db1234567890a0-ds.pem"]})

    show_folder(tmp_path, as_json=False)

    assert capsys.readouterr().err.startswith("note: 00db1234567890ff-ds.pem: is for")


def test_private_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    write_folder(tmp_path / "keys", {"a.key": b"secret", "a.pem": b"known"})

    assert (tmp_path / "keys" / "a.key").stat().st_mode & 0o077 == 0


def test_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")

    with pytest.raises(UsageError, match="holds mine already"):
        write_folder(tmp_path, {"a.pem": b""})


def test_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EnvironmentFault, match="cannot be written"):
        write_folder(tmp_path / "file" / "keys", {"a.pem": b""})
