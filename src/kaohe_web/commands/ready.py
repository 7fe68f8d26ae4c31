"""What every command does first: read the settings, wake Django; and how it words failures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from kaohe_web.settings.environment import BadSettings, Environment, read_environment

WRONG_USE = 2
PRIVATE = 0o077
"""What these commands write is their owner's alone."""


class WrongSettings(click.ClickException):
    """Settings that cannot be used: nothing is started."""

    exit_code = WRONG_USE

    def show(self, file: object = None) -> None:
        """The list as it is, without a word before it."""
        del file
        click.echo(self.message, err=True)


class Failed(click.ClickException):
    """The command could not do what was asked; why, and what to do."""

    exit_code = 1

    def show(self, file: object = None) -> None:
        """The sentence as it is."""
        del file
        click.echo(self.message, err=True)


def ready() -> Environment:
    """The settings of this process, with Django awake.

    :raises WrongSettings: naming every bad one.
    """
    try:
        environment = read_environment()
    except BadSettings as error:
        raise WrongSettings(str(error)) from error
    os.umask(PRIVATE)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaohe_web.settings.django"
    import django  # noqa: PLC0415 -- only once the settings are known to be good

    django.setup()
    return environment


@contextmanager
def database_failures() -> Iterator[None]:
    """Word what the database refuses: never a traceback.

    :raises Failed: in its place.
    """
    from django.db import DatabaseError, InterfaceError  # noqa: PLC0415 -- Django is awake by now

    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        said = str(error).strip() or type(error).__name__
        raise Failed(
            f"数据库用不了：{said}\n"
            "请检查 DATABASE_URL（或数据目录 KAOHE_DATA）、数据库服务和磁盘空间"
        ) from error
