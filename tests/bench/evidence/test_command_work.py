"""What `hanlab evidence` says, and its exit status."""

import json
from pathlib import Path

import pytest

from emulator.bench.evidence.bundle import Bundle, zipped
from emulator.bench.evidence.command_work import make_and_tell, verify_and_tell
from emulator.bench.evidence.making import BundleRequest
from emulator.bench.evidence.signature import fingerprint
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_results import campaign_run
from emulator.testing.scenes.evidence_scene import bundle, ed25519_key, write_key, write_public_key


def test_a_bundle_is_made_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    campaign_run(tmp_path)
    key = write_key(tmp_path / "key.pem", ed25519_key())
    public = write_public_key(tmp_path / "public.pem", ed25519_key())
    out = tmp_path / "e.zip"

    made = make_and_tell(BundleRequest(folder=tmp_path / "results", out=out, key=key))
    status = verify_and_tell(out, public, as_json=False)

    told = capsys.readouterr().out
    assert (made, status) == (0, 0)
    assert "2 non-compliant aspects, 1 of them agreed; not anonymised; signed by SHA256:" in told
    assert "whole: 7 files as bundled" in told
    assert f"signed by {fingerprint(ed25519_key().public_key())}\n" in told


def test_a_changed_bundle_is_told_and_is_the_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bundle()
    changed = Bundle(made.manifest, {**made.files, "junit.xml": b""})
    (tmp_path / "e.zip").write_bytes(zipped(changed))

    assert verify_and_tell(tmp_path / "e.zip", None, as_json=False) == 1
    told = capsys.readouterr().out
    assert "NOT to be relied on" in told
    assert "junit.xml has 0 octets" in told
    assert "anybody can have made it" in told


def test_it_can_be_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.zip").write_bytes(zipped(bundle(sign=True)))

    assert verify_and_tell(tmp_path / "e.zip", None, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["problems"], told["trusted"]) == (True, [], None)
    assert told["manifest"]["clause"] == "SEC Appendix J (ETAD) 6.5(a)"


def test_texts_are_kept_only_of_anonymous_bundles(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--keep-texts goes with --anonymise"):
        make_and_tell(BundleRequest(folder=tmp_path, out=tmp_path / "e.zip", keep_texts=True))
