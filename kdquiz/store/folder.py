"""Where the learner's data is kept. Imports `errors`, and `platformdirs` only where the platform is asked."""

import os
from pathlib import Path

from kdquiz.errors import StoreError

HOME_VARIABLE = "KDQUIZ_HOME"


def data_folder() -> Path:
    """The folder of the learner's data, absolute; it need not exist yet.

    `KDQUIZ_HOME` where that is set and not empty, else the platform's own data directory. Raises StoreError where it
    begins with `~somebody`, and nobody has that name.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        try:
            return Path(chosen).expanduser().absolute()
        except RuntimeError as error:
            message = f"{HOME_VARIABLE} names a home that is not known here: {chosen}."
            raise StoreError(message, f"Set {HOME_VARIABLE} to a folder that you can write to.") from error
    import platformdirs  # lazily: most runs of a test or a script set the variable

    return platformdirs.user_data_path("kdquiz", appauthor=False)
