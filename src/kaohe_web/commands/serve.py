"""``kaohe serve``: settings checked, tables brought up to date, the site served."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kaohe_web.commands.ready import Failed, WrongSettings, database_failures, ready
from kaohe_web.settings.environment import Environment

MIGRATING = 4_201_721
"""The advisory lock under which one server at a time brings PostgreSQL's tables up to date."""


SETTINGS = """\b
设置（环境变量，括号内是缺省值）：
  KAOHE_DATA              数据目录：内置数据库、佐证材料、密钥（kaohe-data）
  DATABASE_URL            postgres://用户:密码@主机:端口/库名（内置 SQLite）
  KAOHE_EVIDENCE_URL      佐证材料存到 s3://桶/前缀?endpoint=地址（数据目录）
  KAOHE_SECRET_KEY        密钥，至少 50 个字符（首次启动时生成）
  KAOHE_HOSTS             访问用的域名，逗号隔开（仅本机）
  KAOHE_BIND              监听 地址:端口，或 unix:/套接字（127.0.0.1:8000）
  KAOHE_WORKERS           工作进程数（2）
  KAOHE_THREADS           每个进程的线程数（4）
  KAOHE_JOBS              后台任务 inside 自带，或 separate 另开 kaohe worker（inside）
  KAOHE_HTTPS             是否经 HTTPS 代理访问；0 只能用于本机（1）
  KAOHE_TRUSTED_PROXIES   可信代理的地址或网段，逗号隔开（无）
  KAOHE_OFFICER_NETWORKS  三员和考核办只能从这些网段登录（不限）
  KAOHE_PROFILE           口令规则 dengbao3 或 asvs（dengbao3）
  KAOHE_IDLE_MINUTES      多少分钟不操作自动退出（30）
  KAOHE_ABSOLUTE_HOURS    登录多少小时后须重新登录（12）
  KAOHE_UPLOAD_MEGABYTES  单个文件上限 MB（50）
  KAOHE_SPARE_MEGABYTES   剩余空间少于此数 MB 时 /readyz 变红（500）
  KAOHE_SCANNER           病毒检查 clamd 的 主机:端口 或套接字（无）
  KAOHE_SAMPLE            1：示例城市，带角色链接，只限本机（0）
"""


@click.command(short_help="启动网站", epilog=SETTINGS)
def command() -> None:
    """启动网站；设置取自环境变量（KAOHE_…、DATABASE_URL），有误的一次全部列出。

    首次启动会在数据目录里建好数据库，并给出建立第一个管理员账号的链接。
    """
    environment = ready()
    from kaohe_web.commands.server import Server  # noqa: PLC0415 -- Django had to wake first
    from kaohe_web.keeping.running import running  # noqa: PLC0415 -- the same

    check_place(environment)
    environment.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with running(environment.data):
        link = prepare(environment)

        def tell() -> None:
            base = base_of(environment)
            click.echo(f"考核系统已启动：{base}（按 Ctrl+C 停止）")
            if link:
                click.echo("尚无账号。请打开此链接建立第一个账号（安全管理员）：")
                click.echo(f"{base}{link}（72 小时内有效，只能用一次）")

        Server(environment, tell).run()


def check_place(environment: Environment) -> None:
    """:raises Failed: if nobody can listen there: told before anything is touched."""
    binding = environment.binding
    if binding.socket:
        return
    family = socket.AF_INET6 if ":" in binding.address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((binding.address, binding.port))
        except OSError as error:
            why = WHY.get(error.errno or 0, os.strerror(error.errno or errno.EIO))
            raise Failed(f"监听不了 {environment.bind}：{why}") from error


WHY = {
    errno.EADDRINUSE: "地址已被占用；请停止占用它的程序，或改 KAOHE_BIND",
    errno.EADDRNOTAVAIL: "本机没有这个地址；请改 KAOHE_BIND",
    errno.EACCES: "没有权限（1024 以下的端口要有特权）；请改 KAOHE_BIND",
}
"""Why one cannot listen somewhere, and what to do."""


def prepare(environment: Environment) -> str | None:
    """Tables, static files, and the path of the first administrator's link if there is nobody."""
    from django.db import connections  # noqa: PLC0415 -- Django is awake
    from django.utils import timezone  # noqa: PLC0415 -- the same

    from kaohe_web.commands import static  # noqa: PLC0415 -- the same
    from kaohe_web.files.configured import evidence_store  # noqa: PLC0415 -- the same
    from kaohe_web.files.errors import BadAddress  # noqa: PLC0415 -- the same
    from kaohe_web.people.first_admin import first_link  # noqa: PLC0415 -- the same

    try:
        evidence_store()
    except BadAddress as error:
        raise WrongSettings(f"KAOHE_EVIDENCE_URL：{error}") from error
    with database_failures(), one_at_a_time(environment.data):
        bring_up_to_date()
        static.collect()
        link = first_link(timezone.now())
    connections.close_all()
    return link


def bring_up_to_date() -> None:
    """Bring the tables up to this version.

    :raises Failed: if a newer version has been at them.
    """
    from django.core.management import call_command  # noqa: PLC0415 -- Django is awake

    from kaohe_web.keeping.schema import schema  # noqa: PLC0415 -- the same

    found = schema()
    if found.unknown:
        raise Failed(
            "数据库由更新的版本建立，本版本不能使用（"
            + "、".join(found.unknown)
            + "）；请改用原来的版本，或从升级前的备份恢复"
        )
    if found.missing:
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let servers that start together bring the tables up to date one after another."""
    from django.db import connection  # noqa: PLC0415 -- Django is awake

    with (folder / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def base_of(environment: Environment) -> str:
    """The address of the site, without a slash at its end."""
    outside = [host for host in environment.hosts if host not in LOOPBACK]
    if environment.https and outside:
        return f"https://{outside[0].lstrip('.')}"
    return environment.binding.url.rstrip("/") or f"unix:{environment.binding.socket}"


LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
