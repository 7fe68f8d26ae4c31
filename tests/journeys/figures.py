"""What is filed and judged in the journey, and what it must come to: worked out by hand.

====================  ==========================  ========================  ======================
part (points)         城东区                      城西区                    城南区
====================  ==========================  ========================  ======================
G1 (20) rate, target  95.5, 95 → 20               94.5, 96 → 1.5 short → 12 94, 95 → 1 short → 16
G2 (20) awards        60 of mean 50 → 1.2 → 20    50 → just the mean → 16   40 → 0.8 → 12
G3 (15) inspections   99 → 15                     95 → 12 (as settled)      92 → 8
M1 (10) two marks     9 and 9 → 9                 10 and 4 → conference: 7  8 and 8 → 8
M2 (10)               10                          8                         7
M3 (10)               5.5                         9                         6
M4 (15)               14                          13                        12.5
total                 93.5 A, first               77 C, second              69.5 C, third
====================  ==========================  ========================  ======================

城南区's appeal: 55 awards, not 40. The mean goes from 50 to 55: 城东区 has 60/55 → 16, 城西区
50/55 → 12, 城南区 55/55 → 16. Totals 89.5 B, 73 C, 73.5 C: the second and the third change places.
"""

from journeys.story import EAST, SOUTH, WEST

TARGETS = {EAST: "95", WEST: "96", SOUTH: "95"}
RATES = {EAST: "95.5", WEST: "94.5", SOUTH: "94"}
AWARDS = {EAST: "60", WEST: "50", SOUTH: "40"}
INSPECTIONS = {EAST: "99", WEST: "95", SOUTH: "92"}
MARKS = {
    EAST: {"M1": ("9", "9"), "M2": ("10",), "M3": ("5.5",), "M4": ("14",)},
    WEST: {"M1": ("10", "4"), "M2": ("8",), "M3": ("9",), "M4": ("13",)},
    SOUTH: {"M1": ("8", "8"), "M2": ("7",), "M3": ("6",), "M4": ("12.5",)},
}
AGREED = "7"
"""What the conference gave 城西区 for M1."""

PARTS = ("G1", "G2", "G3", "M1", "M2", "M3", "M4")
FIRST = {
    EAST: ("20", "20", "15", "9", "10", "5.5", "14"),
    WEST: ("12", "16", "12", "7", "8", "9", "13"),
    SOUTH: ("16", "12", "8", "8", "7", "6", "12.5"),
}
FIRST_TOTALS = {EAST: ("93.5", "A", "1"), WEST: ("77", "C", "2"), SOUTH: ("69.5", "C", "3")}
CORRECTED = "55"
"""城南区's awards as the appeal corrected them."""

LAST_TOTALS = {EAST: ("89.5", "B", "1"), WEST: ("73", "D", "3"), SOUTH: ("73.5", "C", "2")}
"""After the appeal, and after the veto: 城西区 keeps its points and gets a D."""

FIRST_GRADES = {unit: grade for unit, (_, grade, _) in FIRST_TOTALS.items()}
LAST_GRADES = {unit: grade for unit, (_, grade, _) in LAST_TOTALS.items()}

IMPACT = [
    [EAST, "总分", "93.5", "89.5", "A → B", "1"],
    [EAST, "G2", "20", "16", "", ""],
    [WEST, "总分", "77", "73", "C", "2 → 3 降 1 位"],
    [WEST, "G2", "16", "12", "", ""],
    [SOUTH, "总分", "69.5", "73.5", "C", "3 → 2 升 1 位"],
    [SOUTH, "G2", "12", "16", "", ""],
]
"""Whose score, grade and rank the correction moves: everybody's, by the mean."""

MOVED = [row if row[:2] != [WEST, "总分"] else [*row[:4], "C → D", row[5]] for row in IMPACT]
"""The same between the two runs, with the veto in it."""

POINTS = dict(zip(PARTS, ("20", "20", "15", "10", "10", "10", "15"), strict=True))


def self_score(unit: str, part: str) -> tuple[str, str]:
    """What a unit's department claims for a part, and the full points."""
    if part in ("G2", "G3"):
        return FIRST[unit][PARTS.index(part)], POINTS[part]
    return POINTS[part], POINTS[part]
