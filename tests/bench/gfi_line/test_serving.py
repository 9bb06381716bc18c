"""`hanlab gfi serve`, once its words are read."""

from pathlib import Path

import pytest

from emulator.bench.gfi_line.serving import Serving, lab_keys, serve_home
from emulator.gbcs.pki import make_pki
from emulator.kernel.errors import UsageError
from emulator.lab.key_folders import write_folder
from emulator.testing.scenes.gfi_scene import METER


def test_a_wrong_shipment_or_key_folder_is_refused_before_anything_is_opened(
    tmp_path: Path,
) -> None:
    (tmp_path / "bad.csv").write_text("device_type,eui64,install_code\nESME,1,2\n")

    with pytest.raises(UsageError, match=r"bad\.csv"):
        serve_home(Serving(devices=tmp_path / "bad.csv"))
    with pytest.raises(UsageError):
        serve_home(Serving(keystore=tmp_path))


def test_the_keys_of_pki_make_are_those_of_a_served_home(tmp_path: Path) -> None:
    write_folder(tmp_path / "keys", make_pki(1, [METER]).files())

    told, usual = lab_keys(tmp_path / "keys", [METER]), lab_keys(None, [METER])

    assert {each.eui64 for each in told} <= {each.eui64 for each in usual}
    mine = {(each.eui64, each.use): each.private_key for each in usual}
    for each in told:
        known = mine[each.eui64, each.use]
        assert each.private_key is not None
        assert known is not None
        assert each.private_key.private_numbers() == known.private_numbers()
