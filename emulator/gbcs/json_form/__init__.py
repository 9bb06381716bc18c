"""Messages as JSON documents, both ways, so that people can edit and encode them."""
