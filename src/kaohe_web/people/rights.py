"""Who may do what: one table, in code, in the docs and in a test over every address.

A right says which roles have it and over which things: ``Reach`` names whose things those are.
The queries of each room keep to it; the pages and actions name the right they need.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaohe_web.errors import NotAllowed
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import OFFICERS, Role


class Reach(Enum):
    """Over whose things a right reaches."""

    INSTALLATION = _("全部")
    CYCLE = _("所在考核年度")
    UNIT = _("本单位")
    DEPARTMENT = _("本部门")
    PROVIDER = _("本机构负责的指标")
    ASSIGNED = _("分派给本人的")
    SELF = _("本人")


@dataclass(frozen=True, slots=True)
class Right:
    """What may be done, in words, and by which roles over whose things."""

    means: Promise
    roles: dict[Role, Reach]


OFFICE, UNIT_OFFICE, LIAISON = Role.OFFICE, Role.UNIT_OFFICE, Role.LIAISON
PROVIDER, ASSESSOR, LEADER = Role.PROVIDER, Role.ASSESSOR, Role.LEADER
SYSTEM, SECURITY, AUDIT = OFFICERS

EVERYBODY = {
    OFFICE: Reach.INSTALLATION,
    UNIT_OFFICE: Reach.UNIT,
    LIAISON: Reach.DEPARTMENT,
    PROVIDER: Reach.PROVIDER,
    ASSESSOR: Reach.ASSIGNED,
    LEADER: Reach.INSTALLATION,
    SYSTEM: Reach.SELF,
    SECURITY: Reach.SELF,
    AUDIT: Reach.SELF,
}
OWN_ACCOUNT = dict.fromkeys(EVERYBODY, Reach.SELF)
WITHOUT_OFFICERS = {role: reach for role, reach in EVERYBODY.items() if role not in OFFICERS}
OFFICE_ONLY = {OFFICE: Reach.INSTALLATION}
OFFICE_AND_LEADER = {OFFICE: Reach.INSTALLATION, LEADER: Reach.INSTALLATION}
UNIT_AND_BELOW = {UNIT_OFFICE: Reach.UNIT, LIAISON: Reach.DEPARTMENT}

RIGHTS: dict[str, Right] = {
    # one's own account and messages
    "account.own": Right(_("本人账号：密码、动态口令、登录记录、切换岗位"), OWN_ACCOUNT),
    "notices.own": Right(_("本人消息"), OWN_ACCOUNT),
    # people
    "people.manage": Right(_("账号与岗位：新建、邀请、停用、移交"), {SECURITY: Reach.INSTALLATION}),
    "contacts.see": Right(
        _("联系人员名单（打码）"),
        {
            OFFICE: Reach.INSTALLATION,
            LEADER: Reach.INSTALLATION,
            UNIT_OFFICE: Reach.UNIT,
            LIAISON: Reach.DEPARTMENT,
            PROVIDER: Reach.PROVIDER,
        },
    ),
    "contacts.edit": Right(
        _("登记、导入联系人员"), {OFFICE: Reach.INSTALLATION, UNIT_OFFICE: Reach.UNIT}
    ),
    "contacts.reveal": Right(
        _("查看联系人员的完整电话（留痕）"),
        {OFFICE: Reach.INSTALLATION, UNIT_OFFICE: Reach.UNIT, LEADER: Reach.INSTALLATION},
    ),
    "contacts.export": Right(
        _("导出联系人员名单（说明用途，留痕）"),
        {OFFICE: Reach.INSTALLATION, UNIT_OFFICE: Reach.UNIT},
    ),
    # keeping the installation
    "system.see": Right(_("运行状况：任务、备份、设置"), {SYSTEM: Reach.INSTALLATION}),
    "system.jobs": Right(_("重试或放弃失败的后台任务"), {SYSTEM: Reach.INSTALLATION}),
    "audit.read": Right(_("查阅、导出、核验操作留痕"), {AUDIT: Reach.INSTALLATION}),
    # rubrics and the year
    "rubrics.see": Right(_("查看评分细则"), WITHOUT_OFFICERS),
    "rubrics.adopt": Right(_("采用评分细则的一个版次"), OFFICE_ONLY),
    "bodies.edit": Right(_("登记单位、部门、数据提供单位"), OFFICE_ONLY),
    "cycles.see": Right(_("查看考核年度及其日程"), WITHOUT_OFFICERS),
    "cycles.set_up": Right(
        _("设置考核年度：细则、口径、单位、参考值、日程、评分方案、不适用"), OFFICE_ONLY
    ),
    "cycles.exceptions": Right(_("为已截止的环节批准例外"), OFFICE_ONLY),
    "cycles.divide": Right(
        _("把条目分给部门，设内部时限"), {OFFICE: Reach.INSTALLATION, UNIT_OFFICE: Reach.UNIT}
    ),
    "duties.see": Right(_("查看各条目由哪个部门负责"), {**OFFICE_AND_LEADER, **UNIT_AND_BELOW}),
    "targets.file": Right(_("报备目标"), {UNIT_OFFICE: Reach.UNIT}),
    "targets.confirm": Right(_("确认、退回目标备案"), OFFICE_ONLY),
    "targets.see": Right(
        _("查看目标备案"),
        {**OFFICE_AND_LEADER, **UNIT_AND_BELOW},
    ),
    # filing
    "filing.see": Right(
        _("查看填报内容和佐证材料"),
        {**OFFICE_AND_LEADER, **UNIT_AND_BELOW, ASSESSOR: Reach.ASSIGNED},
    ),
    "filing.fill": Right(_("填报数值、自评得分、失分原因"), {LIAISON: Reach.DEPARTMENT}),
    "filing.check": Right(_("审核、退回部门的填报；签署并提交"), {UNIT_OFFICE: Reach.UNIT}),
    "filing.send_back": Right(
        _("退回已提交的条目"), {OFFICE: Reach.INSTALLATION, ASSESSOR: Reach.ASSIGNED}
    ),
    "filing.progress": Right(_("查看各单位的填报进度"), OFFICE_AND_LEADER),
    "evidence.upload": Right(_("上传佐证材料"), UNIT_AND_BELOW),
    "evidence.see": Right(
        _("查看、下载佐证材料"),
        {**OFFICE_AND_LEADER, **UNIT_AND_BELOW, ASSESSOR: Reach.ASSIGNED},
    ),
    "files.download": Right(_("下载有权查看的文件（留痕）"), WITHOUT_OFFICERS),
    "papers.print": Right(_("打印目标备案表、自评得分表，上传盖章件"), UNIT_AND_BELOW),
    "provider.see": Right(
        _("查看数据提供单位填报的指标值"), {**OFFICE_AND_LEADER, PROVIDER: Reach.PROVIDER}
    ),
    "provider.fill": Right(
        _("为所有单位填报指标值（考核办只在区县自用时代填）"),
        {PROVIDER: Reach.PROVIDER, OFFICE: Reach.INSTALLATION},
    ),
    "awards.see": Right(
        _("查看奖项登记"),
        {
            **OFFICE_AND_LEADER,
            **UNIT_AND_BELOW,
            ASSESSOR: Reach.ASSIGNED,
            PROVIDER: Reach.PROVIDER,
        },
    ),
    "awards.enter": Right(
        _("登记、修改、删除奖项"), {LIAISON: Reach.DEPARTMENT, PROVIDER: Reach.PROVIDER}
    ),
    "workbook.use": Right(
        _("下载、导入填报表和数据表（考核办只在区县自用时代填）"),
        {LIAISON: Reach.DEPARTMENT, PROVIDER: Reach.PROVIDER, OFFICE: Reach.INSTALLATION},
    ),
    "file_set.make": Right(_("生成上报市里的成套材料"), {UNIT_OFFICE: Reach.UNIT}),
    # review
    "review.assign": Right(_("分派评审员、抽取实地核查单位、组织会商"), OFFICE_ONLY),
    "review.see": Right(_("查看评审进度"), OFFICE_AND_LEADER),
    "review.mark": Right(_("评审打分"), {ASSESSOR: Reach.ASSIGNED}),
    "review.recuse": Right(_("申请回避"), {ASSESSOR: Reach.SELF}),
    "draws.see": Right(_("查看实地核查单位的抽取，自行验算"), WITHOUT_OFFICERS),
    "visits.see": Right(
        _("查看实地核查安排和发现"), {**OFFICE_AND_LEADER, ASSESSOR: Reach.ASSIGNED}
    ),
    "visits.record": Right(
        _("记录实地核查情况"), {OFFICE: Reach.INSTALLATION, ASSESSOR: Reach.ASSIGNED}
    ),
    # results
    "results.run": Right(_("计算成绩、公示、形成最终结果"), OFFICE_ONLY),
    "results.see_all": Right(_("查看全部单位的成绩"), OFFICE_AND_LEADER),
    "results.see": Right(_("查看已公示的成绩单"), {**OFFICE_AND_LEADER, **UNIT_AND_BELOW}),
    "results.approve": Right(_("批准结果"), {LEADER: Reach.INSTALLATION}),
    "results.export": Right(_("导出成绩、数据"), OFFICE_AND_LEADER),
    "results.object": Right(_("公示期内提出异议"), {UNIT_OFFICE: Reach.UNIT}),
    "results.objections": Right(
        _("查看异议及答复"), {**OFFICE_AND_LEADER, UNIT_OFFICE: Reach.UNIT}
    ),
    "results.district": Right(
        _("查看本区县自用年度的预计得分"), {**OFFICE_AND_LEADER, UNIT_OFFICE: Reach.UNIT}
    ),
    # what follows
    "veto.handle": Right(_("办理一票否决事项"), OFFICE_ONLY),
    "veto.decide": Right(_("决定一票否决"), {LEADER: Reach.INSTALLATION}),
    "veto.answer": Right(_("对一票否决事项陈述申辩"), {UNIT_OFFICE: Reach.UNIT}),
    "veto.see": Right(_("查看一票否决事项"), {**OFFICE_AND_LEADER, UNIT_OFFICE: Reach.UNIT}),
    "appeals.lodge": Right(_("提出申诉、撤回申诉"), {UNIT_OFFICE: Reach.UNIT}),
    "appeals.handle": Right(_("受理申诉、指定复核人、作出决定"), OFFICE_ONLY),
    "appeals.review": Right(_("复核申诉"), {ASSESSOR: Reach.ASSIGNED}),
    "appeals.see": Right(
        _("查看申诉"),
        {**OFFICE_AND_LEADER, UNIT_OFFICE: Reach.UNIT, ASSESSOR: Reach.ASSIGNED},
    ),
    "rectification.order": Right(_("下达整改、检查、销号"), OFFICE_ONLY),
    "rectification.report": Right(_("制定整改方案、报告整改情况"), UNIT_AND_BELOW),
    "rectification.see": Right(_("查看整改"), {**OFFICE_AND_LEADER, **UNIT_AND_BELOW}),
    "urge.send": Right(_("催办"), {OFFICE: Reach.INSTALLATION, UNIT_OFFICE: Reach.UNIT}),
}


def may(by: Actor, right: str) -> bool:
    """Whether the actor's post carries a right."""
    return by.role is not None and by.role in RIGHTS[right].roles


def reach(by: Actor, right: str) -> Reach:
    """Over whose things the actor's right reaches.

    :raises NotAllowed: if the post does not carry it.
    """
    if not may(by, right):
        raise NotAllowed(
            gettext("您现在的岗位（%(post)s）没有“%(right)s”的权限")
            % {"post": by.title or "—", "right": RIGHTS[right].means}
        )
    assert by.role is not None, "a right comes from a role"  # noqa: S101 -- may() has asked
    return RIGHTS[right].roles[by.role]
