"""The commands that run and keep a site; ``kaohe`` finds them by the group ``kaohe.commands``."""
