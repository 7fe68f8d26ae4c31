"""The command's page is made from its help; a stale page is red."""

import reference_command


def test_the_page_of_the_command_is_current() -> None:
    for path, text in reference_command.render().items():
        assert path.read_text("utf-8") == text, "run make docs"
