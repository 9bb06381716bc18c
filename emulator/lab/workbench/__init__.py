"""Pages in a browser: premises as they live, runs as they go on, and what is kept of them."""
