"""The settings of an installation: every bad one is named at once, and what it should be."""

import pytest

from kaohe_web.settings.binding import Binding, NotABinding, binding
from kaohe_web.settings.environment import BadSettings, read_environment


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any setting of ours."""
    for name in ("KAOHE_DATA", "KAOHE_HTTPS", "KAOHE_SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def faults(variables: pytest.MonkeyPatch, **values: str) -> list[str]:
    """What is said about some values, line by line."""
    for name, value in values.items():
        variables.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        read_environment()
    return str(refused.value).splitlines()[1:]


def test_without_any_setting_the_site_is_safe_and_on_this_machine_only(
    variables: pytest.MonkeyPatch,
) -> None:
    del variables
    found = read_environment()
    assert (found.https, found.sample, found.bind, found.database_url) == (
        True,
        False,
        "127.0.0.1:8000",
        "",
    )
    assert found.evidence_address.endswith("/kaohe-data/evidence")


def test_T37_every_bad_setting_is_named_at_once_with_what_it_should_be(
    variables: pytest.MonkeyPatch,
) -> None:
    assert faults(
        variables,
        KAOHE_WORKERS="viele",
        KAOHE_THREADS="0",
        KAOHE_JOBS="somewhere",
        KAOHE_HTTPS="0",
        KAOHE_BIND="0.0.0.0:80",
        KAOHE_TRUSTED_PROXIES="10.0.0.0/8,proxy",
        KAOHE_HOSTS="*",
        KAOHE_SECRET_KEY="short",
        KAOHE_SAMPLE="maybe",
        KAOHE_HOST="a.example",
        DATABASE_URL="mysql://x/y",
    ) == [
        "DATABASE_URL：应为 postgres://用户:密码@主机:端口/库名；留空则用内置的 SQLite",
        "KAOHE_SECRET_KEY：至少 50 个字符；留空则在数据目录里自动生成一个",
        "KAOHE_HOSTS：应逐个写出访问用的域名或地址，用逗号隔开，不能用 *",
        "KAOHE_WORKERS：应为整数",
        "KAOHE_THREADS：应不小于 1",
        "KAOHE_JOBS：应为 'inside' 或 'separate'",
        "KAOHE_HTTPS：不用 HTTPS 时只能监听本机（KAOHE_BIND=127.0.0.1:端口），口令不得明文传输",
        "KAOHE_TRUSTED_PROXIES：“proxy”不是地址或网段；应如 10.1.2.3、10.1.0.0/16",
        "KAOHE_SAMPLE：应为 1（是）或 0（否）",
        "KAOHE_HOST：没有这一项设置；是否为 KAOHE_HOSTS？",
    ]


def test_T37_a_bad_value_is_not_repeated_for_it_may_be_a_secret(
    variables: pytest.MonkeyPatch,
) -> None:
    [said] = faults(variables, DATABASE_URL="mysql://root:Geheim-2017@db/kaohe")
    assert "Geheim" not in said


def test_T37_the_sample_city_is_reached_from_this_machine_only(
    variables: pytest.MonkeyPatch,
) -> None:
    assert faults(variables, KAOHE_SAMPLE="1", KAOHE_BIND="0.0.0.0:8000") == [
        "KAOHE_SAMPLE：示例城市的角色链接无需口令，只能监听本机（KAOHE_BIND=127.0.0.1:端口）"
    ]


@pytest.mark.parametrize(
    ("text", "expected", "loopback"),
    [
        ("127.0.0.1:8000", Binding("127.0.0.1", 8000), True),
        ("localhost:80", Binding("localhost", 80), True),
        ("[::1]:8000", Binding("::1", 8000), True),
        ("0.0.0.0:443", Binding("0.0.0.0", 443), False),  # noqa: S104 -- only named
        ("[::]:8000", Binding("::", 8000), False),
        ("unix:/run/kaohe.sock", Binding("", socket="/run/kaohe.sock"), True),
    ],
)
def test_a_place_to_listen_at_knows_whether_others_reach_it(
    text: str,
    expected: Binding,
    loopback: bool,  # noqa: FBT001 -- a case's answer
) -> None:
    found = binding(text)
    assert (found, found.is_loopback) == (expected, loopback)


@pytest.mark.parametrize(
    "text", ["", "8000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "host:80", "unix:x", "a:b"]
)
def test_what_names_no_place_is_refused(text: str) -> None:
    with pytest.raises(NotABinding):
        binding(text)
