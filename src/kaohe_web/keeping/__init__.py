"""Keeping the installation: the trail read and verified, health, backup and restore."""
