"""The command ``kaohe``: thin over the library."""
