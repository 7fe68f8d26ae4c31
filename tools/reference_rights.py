"""The page of rights: which role may do what, made from the table that the site itself asks."""

import os
import tempfile
from pathlib import Path

import django

PAGE = Path(__file__).parent.parent / "docs/reference/rights.md"

HEAD = """# 权限表 · Who may do what

This page is made from `src/kaohe_web/people/rights.py` (`make docs`); a test asks every address
of the site for every role and compares the answer with this table. Each cell says over whose things
the right reaches; empty: not at all. 本页由程序中的权限表生成，请勿手工修改。

"""


def render() -> dict[Path, str]:
    """The page by its path."""
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "kaohe_web.settings.django"
        os.environ["KAOHE_DATA"] = tempfile.mkdtemp(prefix="kaohe-docs-")
        django.setup()
    from kaohe_web.people.models import Role  # noqa: PLC0415 -- needs the settings above
    from kaohe_web.people.rights import RIGHTS  # noqa: PLC0415 -- the same

    roles = list(Role)
    lines = ["| 权限 | " + " | ".join(str(role.label) for role in roles) + " |"]
    lines.append("| --- |" + " --- |" * len(roles))
    for name, right in RIGHTS.items():
        cells = [str(right.roles[role].value) if role in right.roles else "" for role in roles]
        lines.append(f"| {right.means}（`{name}`） | " + " | ".join(cells) + " |")
    return {PAGE: HEAD + "\n".join(lines) + "\n"}
