"""Evidence: uploading, looking at it, its versions and uses."""
