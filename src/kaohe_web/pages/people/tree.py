"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("people", _("联系人员名单"), "contacts", "contacts.see", in_cycle=False),
    Entry("people", _("账号与岗位"), "people", "people.manage", in_cycle=False),
    Entry("people", _("邀请人员"), "people_invite", "people.manage", in_cycle=False),
)
