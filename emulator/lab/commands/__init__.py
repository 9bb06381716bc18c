"""The commands of `hanlab`, one a file, found through the entry points `hanlab.commands`."""
