"""``kaohe serve``: what it checks before it starts, a fresh installation, and a clean stop."""

import json
import re
import stat
import time
from pathlib import Path

from installation import PATIENCE, Installation, free_port
from processes import Filled

LINK = re.compile(r"http://127\.0\.0\.1:\d+(/link/[\w-]+/)")


def test_every_bad_setting_is_named_and_nothing_is_started(empty: Installation) -> None:
    empty.variables = {
        "KAOHE_WORKERS": "many",
        "KAOHE_SAMPLE": "1",
        "KAOHE_BIND": "0.0.0.0:8000",
        "KAOHE_HOST": "a.example",
    }
    done = empty.run("serve")
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (
        2,
        "",
        [
            "设置有误，请改正后重新启动：",
            "KAOHE_WORKERS：应为整数",
            "KAOHE_HTTPS：不用 HTTPS 时只能监听本机（KAOHE_BIND=127.0.0.1:端口），口令不得明文传输",
            "KAOHE_SAMPLE：示例城市的角色链接无需口令，只能监听本机（KAOHE_BIND=127.0.0.1:端口）",
            "KAOHE_HOST：没有这一项设置；是否为 KAOHE_HOSTS？",
        ],
    )
    assert not empty.folder.exists()


def test_an_evidence_store_that_is_none_is_named(empty: Installation) -> None:
    empty.variables = {"KAOHE_EVIDENCE_URL": "s3://B"}
    done = empty.run("serve")
    assert done.returncode == 2
    assert done.stderr.startswith("KAOHE_EVIDENCE_URL：存储地址“s3://B”不完整或有误")


def test_T64_a_database_that_is_away_is_told_without_a_traceback(empty: Installation) -> None:
    empty.database = f"postgres://nobody:Geheim-2017@127.0.0.1:{free_port()}/kaohe"
    done = empty.run("serve")
    assert done.returncode == 1
    assert done.stderr.startswith("数据库用不了：")
    assert "请检查 DATABASE_URL" in done.stderr
    assert ("Traceback" in done.stderr, "Geheim" in done.stderr) == (False, False)


def test_a_place_that_is_taken_is_told(filled: Filled) -> None:
    with filled.installation.serving():
        done = filled.installation.run("serve")
    assert done.returncode == 1
    place = f"127.0.0.1:{filled.installation.port}"
    assert done.stderr == f"监听不了 {place}：地址已被占用；请停止占用它的程序，或改 KAOHE_BIND\n"


def test_T37_a_fresh_installation_has_no_account_no_known_secret_and_no_open_door(
    empty: Installation,
) -> None:
    with empty.serving():
        pages = {
            path: empty.get(path)[0]
            for path in (
                "/",
                "/admin/",
                "/api/",
                "/api/docs",
                "/docs/",
                "/metrics",
                "/look/",
                "/static/../secret-key",
                "/login/",
                "/healthz",
                "/readyz",
            )
        }
        missing = empty.get("/no-such-page/")[1]
    assert len(LINK.findall(empty.said)) == 1
    assert pages == {
        "/": 302,
        "/admin/": 404,
        "/api/": 404,
        "/api/docs": 404,
        "/docs/": 404,
        "/metrics": 404,
        "/look/": 404,
        "/static/../secret-key": 404,
        "/login/": 200,
        "/healthz": 200,
        "/readyz": 200,
    }
    assert "DEBUG" not in missing
    assert "urlpatterns" not in missing
    secret = (empty.folder / "secret-key").read_text("ascii")
    assert len(secret) >= 80
    assert secret not in empty.said
    modes = {path.name: stat.filemode(path.stat().st_mode) for path in empty.folder.iterdir()}
    assert stat.filemode(empty.folder.stat().st_mode) == "drwx------"
    assert modes["secret-key"] == "-rw-------"
    assert modes.get("kaohe.sqlite3", "-rw-------") == "-rw-------"
    people = empty.script("commands/count_people.py")
    assert people == {"users": 0, "posts": 0}


def test_each_start_without_an_account_gives_a_new_link_and_ends_the_one_before(
    empty: Installation,
) -> None:
    with empty.serving():
        pass
    with empty.serving():
        links = LINK.findall(empty.said)
        pages = [empty.get(link)[0] for link in links]
    assert (len(set(links)), pages) == (2, [404, 200])


def test_a_site_tells_its_health_runs_its_worker_and_leaves_nothing_behind(
    filled: Filled,
) -> None:
    site = filled.installation
    with site.serving() as server:
        told = {path: site.get(path) for path in ("/healthz", "/readyz")}
        home = site.get("/", filled.cookie("office"))[0]
        beside = sorted("worker" in line for line in children(server.pid))
    assert {path: (status, json.loads(text)) for path, (status, text) in told.items()} == {
        "/healthz": (200, {"status": "ok"}),
        "/readyz": (
            200,
            {"ready": True, "database": True, "migrations": True, "disk": True, "queue": True},
        ),
    }
    assert (home, beside) == (200, [False, False, True])
    assert (server.returncode, children(server.pid)) == (0, [])
    assert "链接" not in site.said


def test_the_worker_can_be_separate(filled: Filled) -> None:
    filled.installation.variables = {"KAOHE_JOBS": "separate"}
    with filled.installation.serving() as server:
        beside = ["worker" in line for line in children(server.pid)]
        worker = filled.installation.start("worker")
    assert beside == [False, False]
    worker.terminate()
    assert worker.wait(PATIENCE) == 0


def test_killed_alone_the_server_takes_its_children_with_it(filled: Filled) -> None:
    with filled.installation.serving() as server:
        family = [pid for pid in processes() if parent_of(pid) == server.pid]
        server.kill()
        server.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while any(map(parent_of, family)) and time.monotonic() < deadline:
            time.sleep(0.1)
    assert (len(family), [pid for pid in family if parent_of(pid)]) == (3, [])


def children(pid: int) -> list[str]:
    """The command lines of a process's children."""
    own = [each for each in processes() if parent_of(each) == pid]
    return [Path(f"/proc/{each}/cmdline").read_text("utf-8").replace("\0", " ") for each in own]


def processes() -> list[int]:
    """Every process of the machine."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def parent_of(pid: int) -> int:
    """The parent of a process; 0 if it is gone, or only waits to be buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[1])


def test_T63_tables_of_a_newer_version_are_refused(filled: Filled) -> None:
    filled.installation.script("commands/newer.py", "jobs", "0099_from_the_future")
    for command in ("serve", "worker"):
        done = filled.installation.run(command)
        assert done.returncode == 1
        assert ("更新的版本" in done.stderr) or ("版本与程序不一致" in done.stderr)
