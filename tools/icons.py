"""Add Lucide icons to the sprite that the pages draw from.

When a template needs a new icon: unpack the npm package ``lucide-static`` in the version named in THIRD_PARTY.md, then
``python tools/icons.py <its folder> <icon name> …``.  Icons already in the sprite stay; the result is sorted, so a second
run changes nothing.  The application itself never calls this.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).resolve().parent.parent / "innovations" / "static" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">'


def read_symbols(sprite: Path) -> dict[str, str]:
    """Icon name → its ``<symbol>`` element, as the sprite holds them; empty when there is no sprite yet."""
    if not sprite.exists():
        return {}
    return {match.group(1): match.group(0) for match in SYMBOL.finditer(sprite.read_text("utf-8"))}


def read_icon(folder: Path, name: str) -> str:
    """The ``<symbol>`` of one Lucide icon.

    :raises SystemExit: the package has no icon of that name.
    """
    source = folder / "icons" / f"{name}.svg"
    if not source.exists():
        raise SystemExit(f"{name}: the package in {folder} has no such icon")
    match = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text("utf-8"), re.DOTALL)
    if match is None:
        raise SystemExit(f"{source} is not an SVG picture")
    shapes = re.sub(r"\s*\n\s*", "", match.group(1)).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def main(folder: str, *names: str) -> None:
    symbols = read_symbols(SPRITE) | {name: read_icon(Path(folder), name) for name in names}
    lines = [HEAD, *(symbols[name] for name in sorted(symbols)), "</svg>"]
    SPRITE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{SPRITE.name}: {len(symbols)} icons")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit("usage: python tools/icons.py LUCIDE_STATIC_FOLDER ICON [ICON …]")
    main(*sys.argv[1:])
