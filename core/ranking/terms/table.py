"""The one table of terms. What is to be known of a term stands in the file of its name.

What was tried and did not help on shoots it was not fitted on stands in ``docs/decisions/0015-the-learned-pick.md``.
"""

from collections.abc import Mapping

from core.ranking.terms.exposure import EXPOSURE
from core.ranking.terms.eyes import EYES
from core.ranking.terms.original import ORIGINAL
from core.ranking.terms.row import Row
from core.ranking.terms.seen import SEEN
from core.ranking.terms.sharpness import SHARPNESS
from core.ranking.terms.smile import SMILE
from core.ranking.terms.whole import WHOLE
from core.types import TermName

TERMS: Mapping[TermName, Row] = {
    row.name: row for row in (SHARPNESS, SEEN, WHOLE, EYES, SMILE, EXPOSURE, ORIGINAL)
}
"""The table, in the order in which the terms are shown."""
