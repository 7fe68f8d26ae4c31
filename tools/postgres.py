"""Runs a command with a PostgreSQL of its own, made in a temporary folder and gone afterwards.

    python tools/postgres.py [--durable] COMMAND…

``--durable``: every commit reaches the disk, as in production; else it is as fast as it can be.
The command finds its address in ``KAOHE_TEST_DATABASE_URL``. Without a PostgreSQL on the machine
nothing runs and the exit status is 77.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

MISSING = 77
FAST = "-c fsync=off -c full_page_writes=off"
"""Tests may lose their cluster with the machine; durability is tested by killing the server."""


def program(name: str) -> str | None:
    """The newest server program of that name: in the path, or where Debian keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: p.parts[4])
    return shutil.which(name) or (str(found[-1]) if found else None)


def server_user() -> str | None:
    """The account that the server runs under: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def quietly(command: list[str], folder: str, user: str | None) -> None:
    """Run a program of PostgreSQL's under its account, without its chatter."""
    subprocess.run(command, user=user, cwd=folder, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 -- PostgreSQL's own


def main(options: str, command: list[str]) -> int:
    """Make the cluster, run the command, stop the cluster."""
    initdb, ctl = program("initdb"), program("pg_ctl")
    if initdb is None or ctl is None:
        print("没有 PostgreSQL：略去在它上面的测试 (no PostgreSQL: those tests are left out)")
        return MISSING
    user = server_user()
    folder = tempfile.mkdtemp(prefix="kaohe-pg-")
    if user:
        shutil.chown(folder, user)
    data = f"{folder}/data"
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {options}"
    quietly([initdb, "-D", data, "-U", "kaohe", "-A", "trust", "-E", "UTF8"], folder, user)
    log = f"{folder}/log"
    quietly([ctl, "-D", data, "-w", "-o", options, "-l", log, "start"], folder, user)
    try:
        url = f"postgres://kaohe@/postgres?host={folder}"
        environment = {**os.environ, "KAOHE_TEST_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 -- the command of whoever calls
    finally:
        quietly([ctl, "-D", data, "-m", "immediate", "stop"], folder, user)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the cluster goes even then
    asked = sys.argv[1:]
    durable = asked[:1] == ["--durable"]
    sys.exit(main("" if durable else FAST, asked[1:] if durable else asked))
