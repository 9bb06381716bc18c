"""Keys, hashes, sealed frames, install codes and certificate-based key establishment."""
