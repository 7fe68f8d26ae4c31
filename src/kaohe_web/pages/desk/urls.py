"""The addresses of this room."""

from django.urls import path

from kaohe_web.pages.desk import home, notices, urging

urlpatterns = [
    path("", home.home, name="home"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<int:pk>/read/", notices.read, name="notice_read"),
    path("cycles/<int:cycle_id>/urge/", urging.urge, name="urge"),
    path("cycles/<int:cycle_id>/urge/send/", urging.send, name="urge_send"),
    path("cycles/<int:cycle_id>/urge/log/", urging.log, name="urge_log"),
]
