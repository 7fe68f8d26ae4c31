"""The addresses of this room."""

from django.urls import path

from kaohe_web.pages.keeping import health, jobs, system, trail

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("audit/", trail.audit, name="audit"),
    path("audit/<int:seq>/", trail.entry, name="audit_entry"),
    path("audit/export/", trail.export, name="audit_export"),
    path("audit/verify/", trail.verify, name="audit_verify"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job_retry"),
    path("jobs/<int:pk>/drop/", jobs.drop, name="job_drop"),
    path("system/", system.system, name="system"),
]
