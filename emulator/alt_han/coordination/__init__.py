"""The Crowded Meter Room Coordinator's process: who may do what, when, and whom it has to tell."""
