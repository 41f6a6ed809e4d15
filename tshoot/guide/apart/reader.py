"""The reading process: says what it has read on standard output. Its arguments are folders of flows."""

from __future__ import annotations

import gc
import pickle
import sys
from pathlib import Path
from typing import Any

from tshoot.guide.apart.child import own_stdout


def main() -> None:
    """Read, say it, end."""
    # What is read stays until the end, which is near.
    gc.disable()
    with own_stdout() as out:
        for told in (_basics, _flows):
            pickle.dump(told(), out, pickle.HIGHEST_PROTOCOL)
            out.flush()


def _basics() -> tuple[Any, ...]:
    from tshoot.catalog.services import shipped_services
    from tshoot.checkup import shipped_catalog
    from tshoot.probes.registry import specs

    return shipped_services(), shipped_catalog(), specs()


def _flows() -> Any:
    """The flows, or what is wrong with them."""
    from tshoot.guide.overlaid import load_overlaid
    from tshoot.yamldoc.problems import DocumentError

    try:
        return load_overlaid([Path(folder) for folder in sys.argv[1:]])
    except (DocumentError, OSError) as error:
        return error
