"""Fits the figures of ``core.analysis.blur``: ``python -m models.build.blur_weights FOLDER...``.

The folders are those of ``benchmarks.quality.single_frames``: with more of them the figures get better by this one
command. It prints the line that belongs into ``core/analysis/blur.py``; ``MEASURES_VERSION`` is to be raised with it.
"""

import argparse
from pathlib import Path

from benchmarks.quality.single_frames import fitted, measured


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m models.build.blur_weights", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with labels")
    found = fitted(measured(parser.parse_args().folders))
    weights = ", ".join(f"{weight:.2f}" for weight in found.weights)
    print(f"WEIGHTS, BIAS = ({weights}), {found.bias:.2f}")


if __name__ == "__main__":
    main()
