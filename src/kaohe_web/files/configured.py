"""The store of this installation, as its settings name it."""

from functools import lru_cache

from django.conf import settings

from kaohe_web.files.store import Store, store_from


@lru_cache(maxsize=1)
def evidence_store() -> Store:
    """Where the evidence of this installation is kept.

    :raises BadAddress: if the setting ``KAOHE_EVIDENCE_URL`` names no store.
    """
    return store_from(settings.ENVIRONMENT.evidence_address)
