"""Where the points of autofocus sensors lie that no file places: as shares of the frame from its middle.

They are about where the makers' manuals draw them in the viewfinder: a regular pattern, as wide and as high as the
sensor. The order is that of the bits in which a file says which points were used.
"""

from collections.abc import Iterable, Mapping, Sequence

Layout = Sequence[tuple[float, float]]
"""Places to the right of the middle of the frame and below it, in its width and height."""

_FULL_FRAME = frozenset(
    (
        *("D3", "D3S", "D3X", "D4", "D4S", "D5", "D6", "DF", "D600", "D610", "D700", "D750", "D780"),
        *("D800", "D800E", "D810", "D810A", "D850"),
    )
)

_11: Layout = (
    *((0.0, 0.0), (0.0, -0.2), (0.0, 0.2)),
    *((-0.15, 0.0), (-0.15, -0.12), (-0.15, 0.12), (-0.27, 0.0)),
    *((0.15, 0.0), (0.15, -0.12), (0.15, 0.12), (0.27, 0.0)),
)
NIKON_5: Layout = ((0.0, 0.0), (0.0, -0.2), (0.0, 0.2), (-0.2, 0.0), (0.2, 0.0))
PENTAX_11: Layout = (
    *((-0.17, -0.14), (0.0, -0.14), (0.17, -0.14), (-0.25, 0.0), (-0.13, 0.0), (0.0, 0.0)),
    *((0.13, 0.0), (0.25, 0.0), (-0.17, 0.14), (0.0, 0.14), (0.17, 0.14)),
)

# By PhaseDetectAF: half of the width and of the height, in millimetres, over which the middles of the points lie;
# columns from the middle one on, in the order of the bits, rows within one, and the columns that have all rows.
_PATTERNS: Mapping[int, tuple[tuple[float, float], Sequence[int], Sequence[int], range]] = {
    1: ((9.0, 4.0), (0, 1, -1, 2, 3, 4, 5, -2, -3, -4, -5), (0, -1, -2, 1, 2), range(-4, 5)),
    3: ((6.8, 3.2), (0, 1, -1, 2, 3, 4, 5, -2, -3, -4, -5), (0, -1, -2, 1, 2), range(-1, 2)),
    7: (
        (10.2, 4.6),
        (0, 1, 2, -1, -2, *range(3, 9), *range(-3, -9, -1)),
        (0, -1, -2, -3, -4, 1, 2, 3, 4),
        range(-8, 9),
    ),
}
_11_POINTS = 2
_SMALL_MOST = 1  # rows from the middle one in columns that have not all
_FRAMES = {True: (36.0, 24.0), False: (23.6, 15.7)}  # millimetres, by whether it is a full frame


def nikon_layout(kind: int, model: str) -> Layout:
    """Return the points of a Nikon's sensor; none of one that is not known.

    Args:
        kind: PhaseDetectAF of its notes.
        model: the camera's.
    """
    if kind == _11_POINTS:
        return _11
    if kind not in _PATTERNS:
        return ()
    (wide, high), columns, rows, whole = _PATTERNS[kind]
    width, height = _FRAMES[model.upper().removeprefix("NIKON ").strip() in _FULL_FRAME]
    across, down = wide / width / max(columns), high / height / max(rows)
    return tuple(_points(columns, rows, whole, across, down))


def _points(
    columns: Iterable[int], rows: Sequence[int], whole: range, across: float, down: float
) -> Iterable[tuple[float, float]]:
    for column in columns:
        for row in rows:
            if column in whole or abs(row) <= _SMALL_MOST:
                yield column * across, row * down
