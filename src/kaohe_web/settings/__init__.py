"""How this installation is set up: read from the environment, checked, and told to Django."""
