"""Excel both ways: what the site hands out to be filled, and what comes back."""
