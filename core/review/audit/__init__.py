"""Checking a sample of what the program alone rejected: drawn, judged, summed up, taken back.

For a window: ``sample.rejects`` lists what there is to audit and ``sample.draw`` draws a sample; ``kept.KeptAudit``
keeps it and what is said of it; ``bound.bound_of`` says what is proved by now and ``bound.in_words`` how to say
it; ``doubt.in_doubt`` lists what is in doubt, and ``Review.take_back`` takes that back in one undo.
"""
