"""A device as remote parties know it: it checks their commands, executes them, and answers."""
