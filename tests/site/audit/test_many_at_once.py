"""Many people at once leave one chain without gaps."""

from counts import count
from processes import Filled

COMMANDS = count(full=500, reduced=40)


def test_T48_eight_people_at_once_leave_a_chain_without_gaps(filled: Filled) -> None:
    told = filled.installation.script("hammer.py", "8", str(COMMANDS))
    assert told == {"added": 8 * COMMANDS, "gaps": False, "failures": []}
    done = filled.installation.run("audit", "verify")
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.startswith("操作留痕完整：共 ")
