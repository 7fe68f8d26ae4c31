"""The sentences of the site: found in code and templates, kept with their English, compiled.

    python tools/messages.py          update django.po from the code, and compile it

Sentences that are new have an empty translation; a test fails until each has one.
"""

import datetime as dt
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SITE = Path(__file__).parent.parent / "src/kaohe_web"
FOLDER = SITE / "locale/en/LC_MESSAGES"
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def found() -> Catalog:
    """Every sentence of the site, with where it stands."""
    catalog = Catalog(locale="en", charset="utf-8")
    for path in sorted([*SITE.rglob("*.py"), *SITE.rglob("*.html"), *SITE.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        text = path.read_text("utf-8")
        source = text if path.suffix == ".py" else templatize(text, origin=str(path))
        place = str(path.relative_to(SITE))
        for _, message, _, context in extract(
            "python", BytesIO(source.encode()), keywords=KEYWORDS
        ):
            catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def kept() -> Catalog:
    """The sentences with their English, as they are kept."""
    path = FOLDER / "django.po"
    if not path.exists():
        return Catalog(locale="en", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def current() -> Catalog:
    """The kept sentences brought up to what the code says now."""
    catalog = kept()
    catalog.update(found(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def as_text(catalog: Catalog) -> bytes:
    """The file that is kept: in a stable order, without dates and line numbers."""
    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    head = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plurals = b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    return head + plurals + out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The file that the site reads; it says no time, so that the same sentences give the same."""
    out = BytesIO()
    catalog.creation_date = catalog.revision_date = EPOCH
    write_mo(out, catalog)
    return out.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """The sentences without English."""
    return [str(message.id) for message in catalog if message.id and not all(forms(message.string))]


def forms(translated: object) -> tuple[object, ...]:
    """The forms of a translation: one, or one for the singular and one for the plural."""
    return tuple(translated) if isinstance(translated, tuple | list) else (translated,)


def main() -> None:
    """Bring both files up to date."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalog = current()
    (FOLDER / "django.po").write_bytes(as_text(catalog))
    with (FOLDER / "django.po").open("rb") as file:
        stable = read_po(file, locale="en", charset="utf-8")
    (FOLDER / "django.mo").write_bytes(compiled(stable))
    print(f"{len(catalog)} 句，其中 {len(missing(catalog))} 句还没有英文")


if __name__ == "__main__":
    main()
