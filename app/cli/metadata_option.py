"""The metadata template as the command line names it."""

import argparse
from dataclasses import replace

from core.export.metadata_template import MetadataTemplate, load_template

CODES_ALONE = "--codes needs --metadata FILE."


def metadata_of(options: argparse.Namespace) -> MetadataTemplate | None:
    """Return what ``--metadata`` and ``--codes`` say; None for nothing.

    Raises:
        MetadataTemplateError: the file cannot be read or understood.
    """
    if options.metadata is None:
        return None
    template = load_template(options.metadata)
    return template if options.codes is None else replace(template, codes_path=options.codes)
