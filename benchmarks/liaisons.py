"""Fifty liaisons at once: each saves every 2 s and uploads 1 MB every 20 s, for two minutes.

    python benchmarks/liaisons.py [--seconds 120] [--write]                          on SQLite
    python tools/postgres.py --durable python benchmarks/liaisons.py [--write]       on PostgreSQL

Against ``kaohe serve`` with 2 workers on this machine, over loopback. The bar: no error, no lost
update, and 95 of 100 answers within 300 ms. Whoever saves waits for the answer before the next.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).parent
RESULTS = HERE / "LIAISONS.md"
KAOHE = Path(sys.executable).with_name("kaohe")
BAR = 300
MEGABYTE = 1024 * 1024
SECOND = 1_000_000_000
OK = range(200, 300)
EVERY_SAVE, EVERY_UPLOAD = 2_000_000_000, 20_000_000_000
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BOUNDARY = "kaohe-load"


@dataclass
class Liaison(threading.Thread):
    """One liaison at work: what was asked, what was acknowledged, how long it took."""

    number: int
    port: int
    seat: dict[str, str]
    until: int
    begins: int
    version: int = 0
    note: str = ""
    uploaded: int = 0
    took: dict[str, list[int]] = field(default_factory=lambda: {"save": [], "upload": []})
    errors: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        """A thread that does not outlive the measuring."""
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return self.number

    def enter(self) -> None:
        """Walk in, and look at the clause."""
        self.ask("GET", self.seat["enter"])
        _, page = self.ask("GET", self.seat["clause"])
        found = TOKEN.search(page)
        if found is None:
            raise RuntimeError(f"liaison {self.number} found no form at {self.seat['clause']}")
        self.token = found.group(1)

    def run(self) -> None:
        """Save and upload at their times until the end."""
        step = EVERY_SAVE * self.number // 50
        save_at, upload_at = self.begins + step, self.begins + 10 * step
        while (now := time.monotonic_ns()) < self.until:
            if now >= upload_at:
                self.timed("upload", self.upload)
                upload_at += EVERY_UPLOAD
            elif now >= save_at:
                self.timed("save", self.save)
                save_at += EVERY_SAVE
            else:
                time.sleep((min(save_at, upload_at) - now) / SECOND)

    def timed(self, kind: str, work: object) -> None:
        """Do it, and note how long it took or what went wrong."""
        begun = time.monotonic_ns()
        try:
            work()  # type: ignore[operator]  # one of the two below
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            self.errors.append(f"{kind}: {error!r}")
        self.took[kind].append((time.monotonic_ns() - begun) // 1_000)

    def save(self) -> None:
        """Save the draft with another note."""
        note = f"第 {len(self.took['save'])} 次保存（示例 {self.number}）"
        body = urlencode({"version": self.version, "note": note, "self_score": "0.5"})
        kind = "application/x-www-form-urlencoded"
        status, text = self.ask("POST", self.seat["save"], body.encode(), kind)
        if status not in OK:
            raise RuntimeError(f"{status}: {text[:200]}")
        self.version, self.note = int(json.loads(text)["fields"]["version"]), note

    def upload(self) -> None:
        """Upload a file of one megabyte that nobody else has."""
        line = f"示例材料 {self.number} {self.uploaded} ".encode()
        content = line + os.urandom(MEGABYTE // 2).hex().encode()[: MEGABYTE - len(line)]
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="label"\r\n\r\ninternal\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="material-{self.number}-{self.uploaded}.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        status, text = self.ask("POST", self.seat["upload"], body, kind)
        if status not in OK:
            raise RuntimeError(f"{status}: {text[:200]}")
        self.uploaded += 1

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """One request over a connection of its own, as a proxy makes them."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST":
            headers |= {
                "Content-Type": kind,
                "X-CSRFToken": self.token,
                "Accept": "application/json",
                "Origin": f"http://127.0.0.1:{self.port}",
            }
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, text


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: str, port: int) -> dict[str, str]:
    """The settings of the server under load."""
    return {
        **os.environ,
        "KAOHE_DATA": folder,
        "KAOHE_SAMPLE": "1",
        "KAOHE_HTTPS": "0",
        "KAOHE_BIND": f"127.0.0.1:{port}",
        "KAOHE_WORKERS": "2",
        "DATABASE_URL": os.environ.get("KAOHE_TEST_DATABASE_URL", ""),
        "DJANGO_SETTINGS_MODULE": "kaohe_web.settings.django",
    }


def wait_until_ready(port: int) -> None:
    """Ask until the server says that it is ready."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status in OK:
                return
        except OSError:
            pass
        time.sleep(1 / 10)
    raise RuntimeError("the server did not become ready")


def measured(seconds: int, folder: str) -> tuple[list[Liaison], dict[str, object]]:
    """Run the load against a server of its own; the liaisons, and what the database then holds."""
    port = free_port()
    variables = environment(folder, port)
    seats, found = Path(folder) / "seats.json", Path(folder) / "found.json"

    def run(*command: str) -> None:
        subprocess.run(command, env=variables, check=True)  # noqa: S603 -- our own scripts

    run(sys.executable, "-m", "django", "migrate", "--verbosity", "0")
    run(sys.executable, str(HERE / "load_city.py"), str(seats))
    with (Path(folder) / "server.log").open("wb") as log:
        server = subprocess.Popen([KAOHE, "serve"], env=variables, stdout=log, stderr=log)  # noqa: S603 -- our own
        try:
            wait_until_ready(port)
            liaisons = at_work(port, json.loads(seats.read_text()), seconds)
        finally:
            server.terminate()
            server.wait(30)
    run(sys.executable, str(HERE / "load_check.py"), str(found))
    read: dict[str, object] = json.loads(found.read_text())
    return liaisons, read


def at_work(port: int, seats: list[dict[str, str]], seconds: int) -> list[Liaison]:
    """Everybody walks in, then works until the time is over."""
    liaisons = [Liaison(n, port, seat, 0, 0) for n, seat in enumerate(seats)]
    for liaison in liaisons:
        liaison.enter()
    begins = time.monotonic_ns()
    for liaison in liaisons:
        liaison.begins, liaison.until = begins, begins + seconds * 1_000_000_000
        liaison.start()
    for liaison in liaisons:
        liaison.join()
    return liaisons


def percentile(times: list[int], share: int) -> int:
    """The time within which so many of a hundred answers came, in milliseconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] // 1_000 if ordered else 0


def report(liaisons: list[Liaison], found: dict[str, object], seconds: int) -> tuple[str, bool]:
    """The figures in Markdown, and whether the bar is kept."""
    database = "PostgreSQL" if os.environ.get("KAOHE_TEST_DATABASE_URL") else "SQLite"
    errors = [error for liaison in liaisons for error in liaison.errors]
    held = found["submissions"]
    assert isinstance(held, dict)  # noqa: S101 -- load_check writes it
    lost = [
        liaison.number
        for liaison in liaisons
        if held.get(f"{liaison.seat['assessed']}/{liaison.seat['part']}")
        != [liaison.version, liaison.note]
    ]
    uploaded = sum(liaison.uploaded for liaison in liaisons)
    lines = [f"## {database}, {len(liaisons)} liaisons, {seconds} s", ""]
    lines += ["| | answers | p50 | p95 | p99 | longest |", "|---|--:|--:|--:|--:|--:|"]
    worst = 0
    for kind in ("save", "upload"):
        times = [taken for liaison in liaisons for taken in liaison.took[kind]]
        shown = [percentile(times, share) for share in (50, 95, 99, 100)]
        worst = max(worst, shown[1])
        lines.append(f"| {kind} | {len(times)} | " + " | ".join(f"{ms} ms" for ms in shown) + " |")
    kept = not errors and not lost and worst < BAR
    kept = kept and not found["broken"] and found["evidence"] == uploaded
    chain = f"broken: {found['broken']}" if found["broken"] else "whole"
    told = (
        f"Errors: {len(errors)}. Lost updates: {len(lost)}. Files kept: {found['evidence']} of "
        f"{uploaded}. Entries of the trail: {found['entries']}, chain {chain}. "
        f"The bar (p95 under {BAR} ms): {'kept' if kept else 'MISSED'}."
    )
    lines += ["", told, ""]
    return "\n".join([*lines, *sorted(set(errors))[:10]]), kept


def keep(section: str) -> None:
    """Put a database's section into the page of results, in the place of its last one."""
    head = "# Fifty liaisons at once\n\nMade by `benchmarks/liaisons.py --write`, on 2 cores.\n"
    old = RESULTS.read_text("utf-8") if RESULTS.exists() else head
    title = section.split(",", 1)[0]
    sections = [part for part in re.split(r"(?m)^(?=## )", old) if not part.startswith(title)]
    RESULTS.write_text("\n".join(part.strip() + "\n" for part in [*sections, section]), "utf-8")


def main() -> None:
    """Measure, print, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kaohe-load-") as folder:
        section, kept = report(*measured(given.seconds, folder), given.seconds)
    print(section)
    if given.write:
        keep(section)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
