"""Encodes and lists with zigpy, in a process of its own: it reads a question, prints an answer.

zigpy is licensed under the GPL, so nothing of it is imported where this project's code runs.
"""

import json
import sys
from typing import Any

from zigpy.zcl import foundation
from zigpy.zcl.clusters.smartenergy import Metering


def encoded(question: dict[str, Any]) -> str:
    """A report of one attribute, header included, as zigpy writes it."""
    kind = foundation.DataType.from_type_id(question["data_type"]).python_type
    given = question["value"]
    value = kind(bytes.fromhex(given["octets"])) if isinstance(given, dict) else kind(given)
    record = foundation.Attribute(
        attrid=question["attribute"],
        value=foundation.TypeValue(type=question["data_type"], value=value),
    )
    command = foundation.GENERAL_COMMANDS[foundation.GeneralCommand.Report_Attributes]
    return (
        foundation.ZCLHeader.general(
            tsn=question["sequence"],
            command_id=foundation.GeneralCommand.Report_Attributes,
            direction=foundation.Direction.Server_to_Client,
        ).serialize()
        + command.schema([record]).serialize()
    ).hex()


def metering() -> list[tuple[int, str, int]]:
    """Metering's attributes: identifier, name, type code."""
    rows = []
    for attribute in Metering.attributes.values():
        code = foundation.DataType.from_python_type(attribute.type).type_id
        rows.append((int(attribute.id), str(attribute.name), int(code)))
    return rows


def main() -> None:
    """One JSON object in, one out."""
    asked = json.load(sys.stdin)
    answer = {"reports": [encoded(each) for each in asked["reports"]], "metering": metering()}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
