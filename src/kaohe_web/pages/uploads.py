"""What is sent to the site is measured before it is read, and received before anybody asks for it.

So a file that is too large costs nothing, nobody who is not signed in fills the disk, and a
sending that breaks off or finds no room is answered in words.
"""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.files.errors import not_written
from kaohe_web.files.limits import MB
from kaohe_web.pages import refusals
from kaohe_web.pages.asked import Asked

OVERHEAD = MB
"""What the other fields of a form, and its seams, may add to a file."""

Answer = Callable[[HttpRequest], HttpResponse]


def uploads(answer: Answer) -> Answer:
    """Refuse what is too large before it is read; receive the files of a form."""

    def around(request: HttpRequest) -> HttpResponse:
        refusal = too_large(request) or not_received(request)
        return refusal or answer(request)

    return around


def too_large(request: HttpRequest) -> HttpResponse | None:
    """The answer to a request that says itself that it is larger than allowed."""
    limit = settings.ENVIRONMENT.upload_megabytes
    length = declared(request)
    if length <= limit * MB + OVERHEAD:
        return None
    said = _(
        "送来的内容有 %(size)s MB，超过单次上限 %(limit)s MB，没有接收；"
        "请压缩、拆分或降低扫描分辨率后再上传，多个文件请分几次"
    )
    sentence = said % {"size": -(-length // MB), "limit": limit}
    asked = cast("Asked", request)
    if hasattr(asked, "by"):
        thing = trail.What("page", "", request.path[:300])
        details = {"kind": "too-large", "bytes": str(length)}
        trail.record_refusal(
            "file.refused", thing, by=asked.by, at=asked.at, reason=sentence, details=details
        )
    context: dict[str, object] = {"problems": [sentence], "limit": f"{limit} MB"}
    return refusals.answer(request, 413, context)


def declared(request: HttpRequest) -> int:
    """How many bytes a request says it has."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    return int(length) if length.isascii() and length.isdigit() else 0


def not_received(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form with files that could not be received; nothing of them is left."""
    if request.content_type != "multipart/form-data":
        return None
    if not hasattr(request, "by"):
        return signed_out(request)
    try:
        receive(request)
    except UnreadablePostError:
        said = _("上传中断，文件没有收全，没有保存；请检查网络后重新上传")
        return refusals.answer(request, 400, {"problems": [said]})
    except RequestDataTooBig:
        said = _("表单里的文字太多，没有接收；请缩短，或改为上传文件")
        return refusals.answer(request, 413, {"problems": [said]})
    except OSError as error:
        return refusals.answer(request, 503, {"problems": [not_written(error).sentence]})
    return None


def receive(request: HttpRequest) -> None:
    """Receive the files of a form; one that is broken off is removed at once."""
    try:
        request.POST  # noqa: B018 -- reading it receives the files
    except Exception:
        for handler in request.upload_handlers:
            handler.upload_interrupted()
        raise


def signed_out(request: HttpRequest) -> HttpResponse:
    """Nobody sends files who is not signed in."""
    if request.accepts("text/html"):
        return redirect_to_login(request.path)
    said = _("登录已失效，文件没有传上去；请重新登录后再传")
    return refusals.answer(request, 403, {"problems": [said]})
