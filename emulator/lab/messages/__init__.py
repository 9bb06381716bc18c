"""What `hanlab gbcs` does once its words are read."""
