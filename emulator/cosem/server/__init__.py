"""The objects of a device that answers: what they hold, and what their methods do."""
