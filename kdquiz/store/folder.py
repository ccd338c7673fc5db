"""Where the learner's data is kept. Imports `platformdirs`, and only where the platform is asked."""

import os
from pathlib import Path

HOME_VARIABLE = "KDQUIZ_HOME"


def data_folder() -> Path:
    """The folder of the learner's data, absolute; it need not exist yet.

    `KDQUIZ_HOME` where that is set and not empty, else the platform's own data directory.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # lazily: most runs of a test or a script set the variable

    return platformdirs.user_data_path("kdquiz", appauthor=False)
