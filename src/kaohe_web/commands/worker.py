"""``kaohe worker``: does the background work, inside ``serve`` or by itself."""

import os
import signal

import click

from kaohe_web.commands.ready import Failed, database_failures, ready


@click.command(short_help="执行后台任务")
@click.option("--parent", type=int, hidden=True, help="随之结束的进程号")
def command(parent: int | None) -> None:
    """执行后台任务：提醒、核验、清理等。

    kaohe serve 默认自带一个；设置 KAOHE_JOBS=separate 后由本命令单独执行，可以开多个。
    """
    environment = ready()
    from kaohe_web.jobs.worker import Worker  # noqa: PLC0415 -- Django had to wake first
    from kaohe_web.keeping.running import running  # noqa: PLC0415 -- the same
    from kaohe_web.keeping.schema import schema  # noqa: PLC0415 -- the same

    with running(environment.data):
        with database_failures():
            if not schema().is_current:
                raise Failed("数据库的版本与程序不一致；请先启动 kaohe serve 完成升级")
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopping.set())
        worker.run(parent_lives=lambda: parent is None or os.getppid() == parent)
