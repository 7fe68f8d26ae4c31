"""T43: the site connects to nothing but what its settings name; no page takes an address for it."""

import ast

from django.core.validators import URLValidator
from django.forms import URLField

from architecture.sources import modules, nodes, told

CONNECTING = {
    "aiohttp",
    "asyncio",
    "boto3",
    "botocore",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
"""Modules through which a program reaches others."""

MAY = {
    "src/kaohe_web/commands/serve.py": "tries whether its own place to listen at is free",
    "src/kaohe_web/files/s3.py": "the storage that KAOHE_EVIDENCE_URL names",
    "src/kaohe_web/files/scan.py": "the virus scanner that KAOHE_SCANNER names",
}
"""Who may, and why."""

OF_ADDRESSES = {URLField.__name__, URLValidator.__name__, "urlopen", "urlretrieve", "send_mail"}


def imported(node: ast.AST) -> set[str]:
    """The packages that a line imports."""
    match node:
        case ast.Import(names=names):
            return {alias.name.split(".")[0] for alias in names}
        case ast.ImportFrom(module=str(module)):
            return {module.split(".")[0]}
        case _:
            return set()


def test_T43_only_storage_and_scanner_of_the_settings_are_connected_to() -> None:
    found = {
        told(path)
        for path in modules("src/kaohe_web")
        if any(imported(node) & CONNECTING for node in nodes(path))
    }
    assert found == MAY.keys()


def test_T43_no_page_takes_an_address_and_nothing_opens_one() -> None:
    found = [
        f"{told(path)}: {name}"
        for path in modules("src/kaohe_web")
        for node in nodes(path)
        for name in (getattr(node, "id", ""), getattr(node, "attr", ""))
        if name in OF_ADDRESSES
    ]
    assert found == []
