"""A zigpy process that says what it was told to, for tests: first argument lines, then an echo."""

import sys

for each in sys.argv[1:]:
    print(each, flush=True)  # noqa: T201 - the protocol
for line in sys.stdin:
    sys.stderr.write(line)
