"""Several things done at the same moment, each by a thread of its own."""

import threading
from collections.abc import Callable

from django.db import connections

from kaohe_web.errors import Refused


def at_once(*steps: Callable[[], object]) -> list[str]:
    """What comes of doing several things at the same moment: done, or the name of the refusal."""
    told: list[str] = []
    ready = threading.Barrier(len(steps))

    def one(step: Callable[[], object]) -> None:
        ready.wait()
        try:
            step()
            told.append("done")
        except Refused as refusal:
            told.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)
