"""The site's commands are found by ``kaohe``, and cost nothing until they are called."""

import subprocess
import sys
from importlib.metadata import entry_points

from click.testing import CliRunner

from kaohe.cli.main import COMMANDS, GROUP, OF_THE_SITE, kaohe
from kaohe_web.settings.environment import Environment

PROBE = """
import sys
from click.testing import CliRunner
from kaohe.cli.main import kaohe
assert CliRunner().invoke(kaohe, ["--help"]).exit_code == 0
print(sorted(name for name in sys.modules if name.split(".")[0] in ("django", "kaohe_web")))
"""


def test_every_command_of_the_site_stands_in_the_overview() -> None:
    shown = CliRunner().invoke(kaohe, ["--help"]).output
    assert {point.name for point in entry_points(group=GROUP)} == OF_THE_SITE.keys()
    assert [name for name in OF_THE_SITE if f"  {name} " not in shown] == []


def test_the_overview_loads_neither_django_nor_the_site() -> None:
    done = subprocess.run(  # noqa: S603 -- our own probe
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_each_command_says_what_it_does() -> None:
    for name in OF_THE_SITE:
        answer = CliRunner().invoke(kaohe, [name, "--help"])
        assert answer.exit_code == 0
        assert answer.output.startswith("Usage: ")


def test_a_command_that_nobody_brings_is_wrong_use() -> None:
    answer = CliRunner().invoke(kaohe, ["no-such-command"])
    assert (answer.exit_code, OF_THE_SITE.keys() & COMMANDS.keys()) == (2, set())


def test_the_help_of_serve_names_every_setting_with_its_default() -> None:
    told = CliRunner().invoke(kaohe, ["serve", "--help"]).output
    lines = [
        line.split() for line in told.splitlines() if "KAOHE_" in line or "DATABASE_URL" in line
    ]
    variables = [
        "DATABASE_URL" if name == "database_url" else f"KAOHE_{name.upper()}"
        for name in Environment.model_fields
    ]
    assert sorted(line[0] for line in lines if line[0] in variables) == sorted(variables)
    for name in (
        "bind",
        "workers",
        "threads",
        "jobs",
        "profile",
        "idle_minutes",
        "spare_megabytes",
    ):
        [line] = [line for line in lines if line[0] == f"KAOHE_{name.upper()}"]
        assert line[-1].endswith(f"（{Environment.model_fields[name].default}）")
