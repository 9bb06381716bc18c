"""JSON of others: whatever is wrong with it is one kind of error."""

import json
from typing import Any


def parse_json(text: str | bytes) -> Any:
    """The value that a text says.

    Raises:
        ValueError: when it is no JSON, has a number of thousands of digits, or nests deeper than a
            reader can follow.
    """
    try:
        return json.loads(text)
    except RecursionError as fault:
        raise ValueError("it nests too deep") from fault
