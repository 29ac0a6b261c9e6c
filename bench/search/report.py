"""The table of one size, the ratios, and what misses its aim."""

from __future__ import annotations

from collections.abc import Iterator

from bench.search.kinds import Kind
from bench.search.run import Measured, Times

#: Aims are judged from this many documents on.
JUDGED_FROM = 100_000
#: Median of ours against a peer's: at most this share of it, over all kinds in a row.
_SHARES = {
    (Kind.OR, Kind.FACETS, Kind.PREFIX): {"fts5": 1 / 60, "postgresql": 1 / 300, "tantivy": 1.0},
    (Kind.AND, Kind.FILTER): {"fts5": 1 / 10, "postgresql": 1 / 30, "tantivy": 1.1},
    (Kind.PHRASE,): {"fts5": 1.0},
}
#: (kind, percentile) → milliseconds at most.
_LIMITS = {(Kind.PHRASE, 50): 2.0, (Kind.PHRASE, 95): 5.0, (Kind.SIMILAR, 50): 1.0, (Kind.COLD, 95): 10.0}
WHOLE_MS, READER_MB, WRITER_MB = 40.0, 150.0, 350.0


def lines(measured: Measured) -> Iterator[str]:
    """Everything measured, as text."""
    names = list(measured.times)
    yield f"\n{measured.size} documents; p50 / p95 / p99 in ms, and the median as a multiple of ours (* stopped, its time was up)"
    yield f"{'':26}" + "".join(f"{name:>36}" for name in names)
    for kind in Kind:
        ours = measured.times.get("ours", {}).get(kind)
        yield f"{kind.value:26}" + "".join(f"{_cell(measured.times[name][kind], ours):>36}" for name in names)
    if measured.whole.taken:
        yield f"{'whole service, text to hits':26} {_cell(measured.whole, None):>36}"
    for title, show in _COSTS.items():
        yield f"{title:26}" + "".join(f"{show(measured.built[name]):>27}{chr(32) * 9}" for name in names)
    yield from (f"not compared: {reason}" for reason in measured.absent)


def _cell(times: Times, ours: Times | None) -> str:
    if not times.taken:
        return "–"
    shown = " / ".join(f"{times.percentile(share):.2f}" for share in (50, 95, 99)) + ("*" if times.cut else " ")
    ratio = f"{times.percentile(50) / ours.percentile(50):.1f}×" if ours and ours.taken and ours is not times else ""
    return f"{shown} {ratio:>7}"


_COSTS = {
    "build, documents/s": lambda built: f"{built.rate:.0f}" if built.rate else "–",
    "memory while building, MB": lambda built: f"{built.peak_mb:.0f}" if built.peak_mb else "–",
    "size, MB": lambda built: f"{built.bytes / 1e6:.0f}" if built.bytes else "–",
    "memory while asked, MB": lambda built: f"{built.memory_mb:.0f}",
    "replace one document, ms": lambda built: f"{built.replace_ms:.1f}" if built.replace_ms is not None else "–",
}


def missed(measured: Measured) -> list[str]:
    """Every aim that is missed; none is judged on fewer documents than it is stated for."""
    if measured.size < JUDGED_FROM or "ours" not in measured.times:
        return []
    return [*_against_peers(measured), *_against_limits(measured)]


def _against_peers(measured: Measured) -> Iterator[str]:
    ours = measured.times["ours"]
    for kinds, shares in _SHARES.items():
        for kind in kinds:
            for peer, share in shares.items():
                theirs = measured.times.get(peer, {}).get(kind)
                if theirs and theirs.taken and ours[kind].percentile(50) > theirs.percentile(50) * share:
                    yield (
                        f"{kind.value}: {ours[kind].percentile(50):.2f} ms, {peer} {theirs.percentile(50):.2f} ms, "
                        f"aim {share:.3f} of it"
                    )


def _against_limits(measured: Measured) -> Iterator[str]:
    held, built = measured.times["ours"], measured.built["ours"]
    figures = [
        (f"{kind.value} at p{share}, ms", held[kind].percentile(share), limit)
        for (kind, share), limit in _LIMITS.items()
        if held[kind].taken
    ]
    figures += [
        ("whole service at p95, ms", measured.whole.percentile(95), WHOLE_MS),
        ("memory while asked, MB", built.memory_mb, READER_MB),
        ("memory while building, MB", built.peak_mb or 0.0, WRITER_MB),
    ]
    yield from (f"{name}: {value:.1f}, aim at most {limit:.0f}" for name, value, limit in figures if value > limit)


def growth(smaller: Measured, larger: Measured) -> list[str]:
    """Kinds whose median grew faster than the number of documents; below half a millisecond nothing is judged."""
    factor = larger.size / smaller.size
    return [
        f"{kind.value}: {smaller.size} documents {before.percentile(50):.2f} ms, {larger.size} {after.percentile(50):.2f} ms"
        for kind in Kind
        if (before := smaller.times["ours"][kind]).taken
        and (after := larger.times["ours"][kind]).taken
        and after.percentile(50) > max(0.5, before.percentile(50) * factor)
    ]
