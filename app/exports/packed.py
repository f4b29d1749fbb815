"""Office files packed anew, so that one made again later is the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

DAY_ZERO = (1980, 1, 1, 0, 0, 0)  # the first that a .zip can tell


def repacked(made: bytes, settled: Callable[[str, bytes], bytes]) -> bytes:
    """The same parts in their order without the moment of packing, each as `settled` gives it by name and content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, DAY_ZERO), settled(name, old.read(name)), zipfile.ZIP_DEFLATED)
    return out.getvalue()
