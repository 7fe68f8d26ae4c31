"""Whether a file may be taken: its content, its name, and everything packed inside it."""

import tempfile
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files.archive import Archive, Budget, Member
from kaohe_web.files.errors import FileRefused, Why
from kaohe_web.files.kinds import BY_EXTENSION, OFFICE, PICTURES, FileType, Form, usual_type
from kaohe_web.files.limits import Limits
from kaohe_web.files.names import clean_name, extension_of
from kaohe_web.files.package import package_form, watched
from kaohe_web.files.pictures import check_picture
from kaohe_web.files.sniff import ZIP, form_of

DEEPEST, DEEPEST_OFFICE = 1, 2
"""An archive may hold archives, and these none, except sheets embedded in a document."""

BYSTANDER_FOLDER = "__MACOSX/"
BYSTANDERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What file managers put into archives unasked."""


def examine(file: BinaryIO, name: str, limits: Limits, folder: Path | None = None) -> FileType:
    """The type of a file that may be taken; what is unpacked meanwhile goes to ``folder``.

    :raises FileRefused: if it may not be taken.
    """
    return _Examination(limits, folder).of_file(file, name)


class _Examination:
    """One file with all that is packed in it, on one budget."""

    def __init__(self, limits: Limits, folder: Path | None) -> None:
        self._limits, self._folder = limits, folder
        self._budget = Budget.of(limits)

    def of_file(
        self, file: BinaryIO, name: str, *, depth: int = 0, around: Form | None = None
    ) -> FileType:
        """The type of a file, or of one in an archive."""
        form, archive = form_of(file), None
        if form is Form.ZIP:
            archive, form = self.opened(file, depth, around)
        kind = agreed(form, extension_of(name))
        if archive is not None:
            self.of_members(archive, form, depth)
        elif form in PICTURES:
            check_picture(file, form, self._limits)
        return kind

    def opened(self, file: BinaryIO, depth: int, around: Form | None) -> tuple[Archive, Form]:
        """An archive with what it is, not too deep inside others."""
        if depth > DEEPEST_OFFICE:
            raise too_deep()
        archive = Archive(file, self._limits, self._budget)
        form = package_form(archive)
        if depth > DEEPEST and not (form in OFFICE and around in OFFICE):
            raise too_deep()
        return archive, form

    def of_members(self, archive: Archive, form: Form, depth: int) -> None:
        """Look at every member of an archive, and so count what it unpacks to."""
        for member in archive.members:
            chunks = watched(archive, member)
            first = next(chunks, b"")
            if form is not Form.ZIP and not first.startswith(ZIP):
                for _chunk in chunks:
                    pass
                continue
            with tempfile.TemporaryFile(dir=self._folder) as file:
                file.writelines(chain([first], chunks))
                self.of_member(file, member, form, depth + 1)

    def of_member(self, file: BinaryIO, member: Member, around: Form, depth: int) -> None:
        """A member of a plain archive is examined like an upload; an embedded one is unpacked."""
        try:
            if around is not Form.ZIP:
                self.of_members(*self.opened(file, depth, around), depth)
            elif member.size and not is_bystander(member.name):
                self.of_file(file, member.name, depth=depth, around=around)
        except FileRefused as refused:
            message = _("压缩包或文档里的“%(name)s”：%(why)s")
            words = {"name": clean_name(member.name), "why": refused.message}
            raise FileRefused(message % words, refused.code) from None


def agreed(form: Form, extension: str) -> FileType:
    """The type that content and extension agree on.

    :raises FileRefused: if they do not.
    """
    kind, usual = BY_EXTENSION.get(extension), usual_type(form)
    if kind is not None and form in kind.forms:
        return kind
    if extension:
        message = _(
            "内容是%(title)s，扩展名却是“.%(extension)s”；"
            "请把扩展名改为 .%(right)s，或用原来的程序另存后再上传"
        )
    else:
        message = _("文件名没有扩展名，内容是%(title)s；请在文件名后加上 .%(right)s 再上传")
    words = {
        "title": usual.title,
        "extension": clean_name(extension),
        "right": usual.extensions[0],
    }
    raise FileRefused(message % words, Why.MISMATCH)


def is_bystander(name: str) -> bool:
    """Whether a member of an archive is a file manager's own."""
    return name.startswith(BYSTANDER_FOLDER) or name.rpartition("/")[2] in BYSTANDERS


def too_deep() -> FileRefused:
    """An archive in an archive in an archive."""
    message = _("压缩包里套了多层压缩包，无法逐层检查；请解开后分别上传")
    return FileRefused(message, Why.ARCHIVE)
