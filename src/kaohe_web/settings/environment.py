"""The settings of an installation, from environment variables; every bad one is named at once."""

import difflib
import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kaohe.errors import KaoheError
from kaohe_web.settings.binding import Binding, NotABinding, binding


class BadSettings(KaoheError):  # noqa: N818 -- it says what they are
    """Environment variables that cannot be used; all of them, with what each should be."""


Names = Annotated[tuple[str, ...], NoDecode]

PREFIX = "KAOHE_"
OF_THE_TESTS = ("KAOHE_TEST_", "KAOHE_UPDATE_")
"""Variables that steer our tests; a server started by one inherits them."""


class Environment(BaseSettings):
    """Every setting has the prefix ``KAOHE_``; only ``DATABASE_URL`` goes by its common name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    data: Path = Path("kaohe-data")
    """The folder of the embedded database, the evidence and the secret."""

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    """``postgres://user:password@host:port/name``; empty: SQLite in the data folder."""

    evidence_url: str = ""
    """``s3://bucket/prefix?endpoint=…``; empty: the folder ``evidence`` in the data folder."""

    secret_key: str = ""
    """At least 50 characters; empty: one made at the first start, in the data folder."""

    hosts: Names = ("127.0.0.1", "localhost", "[::1]")
    """The host names that the site answers to, separated by commas."""

    bind: str = "127.0.0.1:8000"
    """Where the server listens: ``address:port``, or ``unix:/path`` for a proxy beside it."""

    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=4, ge=1, le=64)
    jobs: Literal["inside", "separate"] = "inside"
    """Whether ``kaohe serve`` runs the background work too, or ``kaohe worker`` does."""

    https: bool = True
    """Whether people reach the site by HTTPS (through a proxy): secure cookies, HSTS."""

    trusted_proxies: Names = ()
    """Addresses of the proxies whose ``X-Forwarded-For`` is believed."""

    officer_networks: Names = ()
    """Networks from which officers and the office may sign in; empty: from everywhere."""

    profile: Literal["dengbao3", "asvs"] = "dengbao3"
    """Password rules: 等保三级 (complexity, 90 days) or OWASP ASVS (length only)."""

    idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    absolute_hours: int = Field(default=12, ge=1, le=24 * 7)
    upload_megabytes: int = Field(default=50, ge=1, le=2048)
    spare_megabytes: int = Field(default=500, ge=1)
    """Free space of the data folder below which ``/readyz`` is red."""

    scanner: str = ""
    """``host:port`` or socket path of a clamd virus scanner; empty: none."""

    sample: bool = False
    """Whether this is the sample city with its role links; only ever on loopback."""

    @field_validator("hosts", "trusted_proxies", "officer_networks", mode="before")
    @classmethod
    def split(cls, value: object) -> object:
        """Lists are written with commas."""
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        return value

    @field_validator("hosts")
    @classmethod
    def named_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Host names one by one: an answer to any name invites forged links."""
        if not value or "*" in value:
            raise ValueError("应逐个写出访问用的域名或地址，用逗号隔开，不能用 *")
        return value

    @field_validator("trusted_proxies", "officer_networks")
    @classmethod
    def networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Addresses and networks in CIDR form."""
        for network in value:
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError as error:
                raise ValueError(
                    f"“{network}”不是地址或网段；应如 10.1.2.3、10.1.0.0/16"
                ) from error
        return value

    @field_validator("database_url")
    @classmethod
    def known_database(cls, value: str) -> str:
        """PostgreSQL, or empty for SQLite."""
        if value and urlsplit(value).scheme not in ("postgres", "postgresql"):
            raise ValueError("应为 postgres://用户:密码@主机:端口/库名；留空则用内置的 SQLite")
        if value and not urlsplit(value).path.strip("/"):
            raise ValueError("缺少库名：postgres://用户:密码@主机:端口/库名")
        return value

    @field_validator("evidence_url")
    @classmethod
    def known_store(cls, value: str) -> str:
        """S3-compatible storage, or empty for the data folder."""
        if value and urlsplit(value).scheme not in ("s3", "file"):
            raise ValueError("应为 s3://桶/前缀?endpoint=地址；留空则存放在数据目录")
        return value

    @field_validator("secret_key")
    @classmethod
    def long_enough(cls, value: str) -> str:
        """Long enough to be a secret."""
        if value and len(value) < 50:  # noqa: PLR2004 -- Django's own measure
            raise ValueError("至少 50 个字符；留空则在数据目录里自动生成一个")
        return value

    @field_validator("bind")
    @classmethod
    def can_be_bound(cls, value: str) -> str:
        """An address and a port, or a socket."""
        try:
            binding(value)
        except NotABinding as error:
            raise ValueError(str(error)) from error
        return value

    @field_validator("https")
    @classmethod
    def plain_only_here(cls, value: bool, others: ValidationInfo) -> bool:  # noqa: FBT001 -- pydantic's own signature
        """Without HTTPS passwords would travel in the open: only on this machine."""
        if not value and not stays_here(others.data):
            raise ValueError(
                "不用 HTTPS 时只能监听本机（KAOHE_BIND=127.0.0.1:端口），口令不得明文传输"
            )
        return value

    @field_validator("sample")
    @classmethod
    def sample_only_here(cls, value: bool, others: ValidationInfo) -> bool:  # noqa: FBT001 -- the same
        """The role links of the sample city let anybody in."""
        if value and not stays_here(others.data):
            raise ValueError(
                "示例城市的角色链接无需口令，只能监听本机（KAOHE_BIND=127.0.0.1:端口）"
            )
        return value

    @property
    def binding(self) -> Binding:
        """Where the server listens."""
        return binding(self.bind)

    @property
    def evidence_address(self) -> str:
        """The address of the evidence store, wherever it is."""
        return self.evidence_url or (self.data.resolve() / "evidence").as_uri()


def stays_here(settings: Mapping[str, Any]) -> bool:
    """Whether a server with these settings is reached from this machine only.

    Settings that are wrong themselves are named already.
    """
    return "bind" not in settings or binding(settings["bind"]).is_loopback


def read_environment() -> Environment:
    """The settings of this process.

    :raises BadSettings: naming every variable that cannot be used, and why.
    """
    bad = unknown_variables(os.environ)
    try:
        environment = Environment()
    except ValidationError as error:
        bad = [*(in_words(dict(problem)) for problem in error.errors()), *bad]
    if bad:
        raise BadSettings("设置有误，请改正后重新启动：\n" + "\n".join(bad))
    return environment


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Variables with our prefix that set nothing: a slip of the pen must not go unnoticed."""
    known = {PREFIX + name.upper() for name in Environment.model_fields} - {"KAOHE_DATABASE_URL"}
    found = []
    for name in sorted(variables):
        if name.upper() in known or not name.startswith(PREFIX) or name.startswith(OF_THE_TESTS):
            continue
        near = difflib.get_close_matches(name, [*known, "DATABASE_URL"], 1)
        found.append(f"{name}：没有这一项设置" + (f"；是否为 {near[0]}？" if near else ""))
    return found


WORDS = {
    "int_parsing": "应为整数",
    "bool_parsing": "应为 1（是）或 0（否）",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "literal_error": "应为 {expected}",
}
"""What pydantic finds wrong, in our users' language."""


def in_words(problem: Mapping[str, Any]) -> str:
    """One bad variable, and what it should be; its value is not repeated: it may be a secret."""
    name = str(problem["loc"][0])
    variable = name if name == "DATABASE_URL" else PREFIX + name.upper()
    if problem["type"] not in WORDS:
        return f"{variable}：{problem['msg'].removeprefix('Value error, ')}"
    limits = {key: str(value) for key, value in problem.get("ctx", {}).items()}
    return f"{variable}：{WORDS[problem['type']].format(**limits).replace(' or ', ' 或 ')}"
