"""The clusters, one file each: identifiers, names, types, access and commands as tables."""
