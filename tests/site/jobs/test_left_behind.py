"""T42: what is over leaves nothing behind in the files of the embedded database."""

import pytest

from installation import SERVER
from processes import Filled


@pytest.mark.skipif(SERVER != "", reason="PostgreSQL keeps its data elsewhere")
def test_T42_nothing_of_a_session_that_ended_is_left_in_the_files(filled: Filled) -> None:
    told = filled.installation.script("jobs/left_behind.py")
    assert told["signed in"] != []
    assert (told["tidied"], told["closed"]) == ([], [])
