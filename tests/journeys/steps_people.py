"""The door: the first account, invitations, one-time links, passwords, and the second factor."""

import pyotp
from django.utils import timezone

from journeys.browsing import Window
from journeys.story import (
    ASSESSORS,
    CENTRE,
    DEPARTMENTS,
    UNITS,
    Story,
    liaison_of,
    office_of,
)
from kaohe_web.people.first_admin import first_link

PASSWORD = "Bailu-晨雾-2026-{}"


def begin(story: Story) -> None:
    """Whoever opens the first link becomes the security officer, with a second factor."""
    link = first_link(timezone.now())
    assert link is not None
    window = story.new_window()
    window.go(link)
    window.fill("用户名", "anquan")
    window.fill("姓名", "安全管理员（示例）")
    new_password(window, story, "anquan", "建立账号")
    sign_in(window, story, "anquan")
    set_up_second_factor(window, story, "anquan")
    story.windows["anquan", 1366] = window
    assert window.path == "/"
    assert first_link(timezone.now()) is None, "there is no second first account"


def new_password(window: Window, story: Story, login: str, button: str) -> None:
    """Type a new password twice; no two people have the same."""
    story.kept[login] = PASSWORD.format(len(story.kept))
    window.fill("新密码", story.kept[login])
    window.fill("再输一次新密码", story.kept[login])
    window.press(button)
    if window.path != "/login/":
        window.follow("去登录")


def sign_in(window: Window, story: Story, login: str) -> None:
    """Sign in by login and password."""
    window.fill("用户名", login)
    window.fill("密码", story.kept[login])
    window.press("登录")


def set_up_second_factor(window: Window, story: Story, login: str) -> None:
    """Read the key that is shown, type the code that comes of it, keep the recovery codes."""
    key = window.page.locator("code.key").inner_text()
    story.kept[f"{login} key"] = key
    window.fill("验证器上显示的 6 位数字", code_of(key))
    window.press("确定")
    assert window.page.locator("ol.codes li").count() == 10
    window.follow("我已保管好，继续")


def code_of(key: str) -> str:
    """What an authenticator app shows for a key now."""
    return pyotp.TOTP(key.replace(" ", "")).at(timezone.now())


def invite(story: Story, login: str, role: str, body: tuple[str, str] | None = None) -> str:
    """The security officer makes an account with a post; its one-time link."""
    window = story.at("anquan", "/people/invite/")
    window.fill("用户名", login)
    window.fill("姓名", ASSESSORS.get(login, f"{role}（示例）"))
    window.choose("角色", role)
    if body:
        window.choose(*body)
    window.press("建立账号并生成链接")
    return window.page.get_by_label("链接", exact=True).input_value()


def invite_staff(story: Story) -> None:
    """The office, the leader and the two other officers, before there are any bodies."""
    story.kept["kaohe link"] = invite(story, "kaohe", "考核办")
    invite(story, "lingdao", "领导小组")
    invite(story, "xitong", "系统管理员")
    invite(story, "shenji", "审计管理员")


def invite_everybody_else(story: Story) -> None:
    """Unit offices, liaisons, the provider, the assessors."""
    for unit in UNITS:
        invite(story, office_of(unit), "被考核单位质强办", ("单位", unit))
        for name in DEPARTMENTS:
            invite(story, liaison_of(unit, name), "联络员", ("部门", f"{unit} · {name}"))
    invite(story, "jiance", "数据提供单位", ("数据提供单位", CENTRE))
    for login in ASSESSORS:
        invite(story, login, "评审员")


def accept_invitation(story: Story) -> None:
    """The office's person sets a password by the link and signs in with it; the link works once."""
    window, login = story.new_window(), "kaohe"
    window.page.goto(story.kept["kaohe link"])
    assert f"{login}" in window.page.locator("dl.facts").inner_text()
    new_password(window, story, login, "设好密码")
    sign_in(window, story, login)
    assert window.path == "/"
    story.windows[login, 1366] = window
    window.page.goto(story.kept["kaohe link"])
    assert "链接无效" in window.page.title()


def sign_in_again(story: Story, login: str) -> None:
    """Sign in another day, with password and code; an old code is refused."""
    window = story.windows[login, 1366]
    window.page.goto(window.base + "/")
    assert window.path == "/login/"
    sign_in(window, story, login)
    window.fill("动态口令", "000000")
    window.press("确定")
    assert window.path == "/login/second-factor/"
    window.fill("动态口令", code_of(story.kept[f"{login} key"]))
    window.press("确定")
    assert window.path == "/"
