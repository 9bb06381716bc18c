"""What every page is put together from: styles, scripts and data that stand inside it."""

import base64
import hashlib
import json
from importlib import resources
from typing import Any


def asset(name: str, package: str = "emulator.lab.report") -> str:
    """The text of a file among the assets of a package."""
    return resources.files(package).joinpath("assets", name).read_text("utf-8")


def in_a_function(*scripts: str) -> str:
    """Scripts as one that leaves no name behind."""
    body = "\n".join(scripts)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def script_digest(script: str) -> str:
    """What a content security policy calls a script by (`sha256-...`, without the prefix)."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def embedded_json(value: Any) -> str:
    """`value` as JSON that no HTML parser can mistake for the end of its script element."""
    return json.dumps(value, separators=(",", ":")).replace("<", r"\u003c")


def encodable(text: str) -> str:
    """`text` with what UTF-8 cannot say written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
