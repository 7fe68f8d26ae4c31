"""The web application: the assessment year in the browser, over the library ``kaohe``."""
