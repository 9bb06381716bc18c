"""Where the network side and the remote-party side of a device meet."""
