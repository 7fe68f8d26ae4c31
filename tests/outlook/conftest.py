"""Examples of the spec are tried here, so their marker is known here too."""

from spec.conftest import pytest_configure

__all__ = ["pytest_configure"]
