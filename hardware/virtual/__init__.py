"""The dongle's own side of a line, on our air, for host stacks that are not ours."""
