"""What pages are put together from."""

import base64
import hashlib
import json

from emulator.lab.report.page_parts import (
    asset,
    embedded_json,
    encodable,
    in_a_function,
    script_digest,
)


def test_assets_are_found_in_the_package_that_is_named() -> None:
    assert "--layer-mac" in asset("page.css")
    assert "readCases" in asset("case_model.js", "emulator.bench.report")


def test_scripts_become_one_function_in_strict_mode() -> None:
    script = in_a_function("a();", "b();")

    assert script == '(() => {\n"use strict";\na();\nb();})();\n'
    assert base64.b64decode(script_digest(script)) == hashlib.sha256(script.encode()).digest()


def test_embedded_json_cannot_end_its_element() -> None:
    text = embedded_json(["</script>"])

    assert "<" not in text
    assert json.loads(text) == ["</script>"]


def test_what_no_encoding_can_say_is_written_out() -> None:
    assert encodable("a\ud800") == "a\\ud800"
