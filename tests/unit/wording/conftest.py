"""The sentences of the spec's examples are tested here, so their marker is known here too."""

from spec.conftest import pytest_configure

__all__ = ["pytest_configure"]
