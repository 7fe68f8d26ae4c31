"""Measure speed in one run on one machine, as ratios against named peers.

``--write`` keeps the table in ``benchmarks/RESULTS.md``; ``--profile`` shows where re-scoring
spends its time instead.
"""

import argparse
import cProfile
import platform
import pstats
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from contenders import Heat, reading, rescoring, sample_unit, scoring, starting

RESULTS = Path(__file__).with_name("RESULTS.md")
HEATS = (rescoring, reading, starting, scoring)


def measured(heat: Heat) -> list[float]:
    """The median of each contender in microseconds; taking turns, all see the same machine."""
    times: list[list[int]] = [[] for _ in heat.contenders]
    for contender in heat.contenders:
        contender.run()
    for _ in range(heat.rounds):
        for contender, taken in zip(heat.contenders, times, strict=True):
            for _ in range(heat.turn):
                begun = perf_counter_ns()
                contender.run()
                taken.append(perf_counter_ns() - begun)
    return [median(taken) / 1_000 for taken in times]


def shown(microseconds: float) -> str:
    """A time in the unit that suits it."""
    for limit, divisor, unit in ((1_000, 1, "µs"), (1_000_000, 1_000, "ms")):
        if microseconds < limit:
            return f"{microseconds / divisor:.1f} {unit}"
    return f"{microseconds / 1_000_000:.2f} s"


def table(heat: Heat) -> list[str]:
    """The lines of one heat in Markdown; the ratio says how many times the peer's time ours is."""
    medians = measured(heat)
    lines = [f"## {heat.title}", "", "| | median | ours ÷ it | bar |", "|---|--:|--:|--:|"]
    for contender, taken in zip(heat.contenders, medians, strict=True):
        ratio = "" if contender is heat.contenders[0] else f"{medians[0] / taken:.2f}"
        bar = ""
        if contender.bar is not None:
            kept = "kept" if taken < contender.bar else "MISSED"
            bar = f"{shown(contender.bar)}, {kept}"
        lines.append(f"| {contender.name} | {shown(taken)} | {ratio} | {bar} |")
    return [*lines, f"\n{heat.rounds * heat.turn} runs of each, in turns of {heat.turn}.\n"]


def report() -> str:
    """Every heat, and on what it was run."""
    system = f"{platform.python_implementation()} {platform.python_version()}"
    head = [
        "# Speed, as ratios against named peers",
        "",
        f"Written by `make bench` (`benchmarks/run.py --write`): {system}, {platform.machine()}.",
        "Compare ratios rather than times: both sides of a ratio ran in turns on one machine.",
        "",
    ]
    return "\n".join(head + [line for heat in HEATS for line in table(heat())])


def profile() -> None:
    """Where re-scoring spends its time."""
    scorer, facts = sample_unit()
    profiler = cProfile.Profile()
    with profiler:
        for _ in range(3_000):
            scorer.score(facts)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def main() -> None:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="keep the table in RESULTS.md")
    parser.add_argument("--profile", action="store_true", help="profile re-scoring instead")
    asked = parser.parse_args()
    if asked.profile:
        profile()
        return
    text = report()
    print(text)
    if asked.write:
        RESULTS.write_text(text.rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
