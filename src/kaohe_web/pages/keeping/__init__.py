"""The trail, jobs, and the state of the installation."""
