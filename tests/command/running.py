"""What a run of the command leaves, and the types of the fixtures that run it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Run(NamedTuple):
    """What a run of the command left."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON; it must be one object and nothing else."""
        return json.loads(self.out)


Kaohe = Callable[..., Run]
Written = Callable[[Any], Path]
