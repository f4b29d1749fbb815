"""`make bench`: what the program costs, measured on this machine; `make bench PART=pages` measures one part."""

from __future__ import annotations

import sys
from importlib import import_module

# modules beside this one; each one's `measure` prints a table and writes build/bench/<name>.json
PARTS = ("pages", "reader", "decks")


def main(asked: list[str]) -> int:
    """Measure the parts that are named, or all."""
    unknown = [name for name in asked if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in asked or PARTS:
        import_module(f"tools.bench.{name}").measure()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
