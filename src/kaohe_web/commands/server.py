"""The web server: gunicorn in this process, with the background worker as a child of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # it has no types
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]  # the same

from kaohe_web.settings.environment import Environment

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 -- where gunicorn's workers show that they live
GRACE = 30
"""Seconds that requests and background work are given to end."""

PAUSE = 5
"""Seconds before a worker that died is started again."""


@dataclass(slots=True)
class Child:
    """The background worker: started again if it dies, stopped with the server."""

    process: subprocess.Popen[bytes] | None = None
    started: int = 0

    def keep(self) -> None:
        """See to it that it runs."""
        now = time.monotonic_ns()
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None and now - self.started < PAUSE * 1_000_000_000:
            return
        command = [sys.executable, "-m", "kaohe", "worker", "--parent", str(os.getpid())]
        self.process, self.started = subprocess.Popen(command), now  # noqa: S603 -- our own command

    def stop(self) -> None:
        """Let it end what it does, but not for ever."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Keeper(Arbiter):  # type: ignore[misc]  # the same
    """Gunicorn's arbiter, which looks after the background worker as it does after its own."""

    child: Child | None = None

    def manage_workers(self) -> None:
        """Keep every worker alive, the background worker too."""
        super().manage_workers()
        if self.child is not None:
            self.child.keep()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 -- gunicorn's own signature
        """Stop every worker, the background worker first: it needs no listener."""
        child, self.child = self.child, None
        if child is not None and child.process is not None and os.getpid() == self.pid:
            child.process.terminate()
        super().stop(graceful)
        if child is not None and os.getpid() == self.pid:
            child.stop()


class Server(BaseApplication):  # type: ignore[misc]  # the same
    """The site under gunicorn, with the settings of an installation."""

    def __init__(self, environment: Environment, when_ready: Callable[[], None]) -> None:
        self.environment, self.when_ready = environment, when_ready
        super().__init__()

    def load_config(self) -> None:
        """Gunicorn's settings."""
        binding = self.environment.binding
        place = f"unix:{binding.socket}" if binding.socket else self.environment.bind
        chosen: dict[str, Any] = {
            "bind": place,
            "workers": self.environment.workers,
            "threads": self.environment.threads,
            "worker_class": "gthread",
            "graceful_timeout": GRACE,
            "timeout": 120,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "kaohe",
            "control_socket_disable": True,
            "secure_scheme_headers": {},  # the site itself knows which proxies are trusted
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
            "when_ready": lambda _: self.when_ready(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 -- a WSGI application, as gunicorn calls it
        """The site."""
        return get_wsgi_application()

    def run(self) -> None:
        """Serve until somebody says stop."""
        keeper = Keeper(self)
        if self.environment.jobs == "inside":
            keeper.child = Child()
        keeper.run()
