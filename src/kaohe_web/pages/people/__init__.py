"""Signing in, one's own account, posts, invitations, contacts."""
