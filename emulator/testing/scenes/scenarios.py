"""Scenario files for tests, written where a test may write."""

from pathlib import Path


def write_scenario(folder: Path, *body: str, name: str = "scenario.py") -> Path:
    """A scenario file whose `run` has these lines; its lines begin at the third."""
    lines = ['"""A scenario for a test."""', "def run(lab):", *(f"    {line}" for line in body)]
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path
