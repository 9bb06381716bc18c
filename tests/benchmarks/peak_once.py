"""Runs a program and prints the most memory it took, MiB resident: `... peak_once PROGRAM WORDS`.

A process of its own, and a small one: the kernel counts what a parent held when it made a child as
the child's, too.
"""

import resource
import subprocess
import sys


def main() -> None:
    """Run it to its end, and say how much it took."""
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(peak / 1024)  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
