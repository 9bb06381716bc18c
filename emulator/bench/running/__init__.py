"""A device on the bench: its home, the conversation with it, and what is made of its answers."""
