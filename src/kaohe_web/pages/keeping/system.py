"""How the installation runs: what it needs, where its things are, its backups and drills."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaohe_web.audit import words
from kaohe_web.keeping.health import readiness
from kaohe_web.keeping.installation import facts, settings_shown
from kaohe_web.keeping.records import records
from kaohe_web.pages.asked import Asked, page

RECORDS = 10


@page("system.see")
def system(request: Asked) -> HttpResponse:
    """Health, facts, records of backups, settings."""
    titles = {
        "database": _("数据库"),
        "migrations": _("数据表版本"),
        "disk": _("数据目录可写、空间充足"),
        "queue": _("后台任务及时"),
    }
    found = readiness(request.at)
    context = {
        "needs": [(titles[name], good) for name, good in found.items()],
        "facts": facts(),
        "settings": settings_shown(),
        "records": [
            (kept, words.what_in_words(kept.entry.what)) for kept in records(request.by, RECORDS)
        ],
    }
    return render(request, "keeping/system.html", context)
