"""The campaign that tests of evidence bundle."""

from pathlib import Path

from emulator.bench.evidence.signature import read_private_key, read_public_key
from emulator.testing.scenes.evidence_scene import (
    CAPTURE,
    bundle,
    ecdsa_key,
    ed25519_key,
    finished_folder,
    write_key,
    write_public_key,
)


def test_the_folder_has_results_and_a_capture() -> None:
    folder = finished_folder()

    assert len(folder.results) == 12
    assert folder.captures == {"han.pcapng": CAPTURE}
    assert "captures/han.pcapng" in bundle().files


def test_keys_are_read_back(tmp_path: Path) -> None:
    for key in (ed25519_key(), ecdsa_key()):
        private = write_key(tmp_path / "k.pem", key)
        public = write_public_key(tmp_path / "p.pem", key)

        assert read_private_key(private).public_key() == read_public_key(public)
