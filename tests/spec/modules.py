"""The spec files themselves, as modules: what the manual and the list of forms are made from."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent


def spec_modules() -> dict[str, ModuleType]:
    """Every spec file that has an ``EXAMPLE``, by the name of its page, in alphabetical order."""
    found = {}
    for path in sorted(FOLDER.glob("test_*.py")):
        module = importlib.import_module(f"spec.{path.stem}")
        if hasattr(module, "EXAMPLE"):
            found[path.stem.removeprefix("test_")] = module
    return found


def cases_of(module: ModuleType) -> Iterator[Callable[..., None]]:
    """The tests of a spec file, in the order they stand."""
    for name, value in vars(module).items():
        if name.startswith("test_"):
            yield value


def forms_of(test: Callable[..., None]) -> list[str]:
    """The forms of scoring rules that a test shows."""
    marks = getattr(test, "pytestmark", [])
    return [code for mark in marks if mark.name == "form" for code in mark.args]
