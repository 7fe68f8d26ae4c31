"""Keys as they stand, hidden, in the first row and column of a sheet."""

import json

from kaohe_web.sheets.model import Key


def key_text(key: Key) -> str:
    """A key as text.

    >>> key_text(("part", "G2.1")), key_text(("note",))
    ('part/G2.1', 'note')
    """
    plain = all(name and name.isprintable() and not set(name) & set('/" \u3000') for name in key)
    return "/".join(key) if plain else json.dumps(key, ensure_ascii=False)
