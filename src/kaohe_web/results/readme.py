"""What stands beside a run's files: what they are, and the command that checks them again."""

import shlex

from django.template.loader import render_to_string

from kaohe_web.results.models import ScoringRun
from kaohe_web.results.stored import readings_in


def command_of(run: ScoringRun) -> str:
    """The command that scores the run's inputs again, readings and all."""
    words = ["kaohe", "score", "rubric.yaml", "inputs.json"]
    for reading, choice in readings_in(run).items():
        words += ["--reading", f"{reading}={choice}"]
    return shlex.join([*words, "--json"])


def readme(run: ScoringRun) -> str:
    """The page in the archive."""
    return render_to_string("results/archive_readme.md", {"run": run, "command": command_of(run)})
