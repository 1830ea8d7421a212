"""Whether what a reader sees of its own places has to wait for more answers."""

from __future__ import annotations

from reports.disclosure import DisclosedResults
from reports.printed_figures import number


def is_a_few_more(before: DisclosedResults, now: DisclosedResults) -> bool:
    """Whether two results of a reader's own places beside the total differ by a few people, there or elsewhere.

    Nobody else's answers can be told apart then, so the reader goes on seeing the results from before. Unlike those
    of the whole survey they wait after closing too: the answers that are missing are in the survey's own report.
    """
    (own_before, all_before), (own_now, all_now) = (
        tuple(number(group.responses) for group in results.audiences) for results in (before, now)
    )
    if own_before is None or own_now is None or all_before is None or all_now is None:
        return False
    enough = max(group.minimum_base for group in now.audiences)
    own = own_now - own_before
    elsewhere = all_now - all_before - own
    return any(0 < abs(few) < enough for few in (own, elsewhere))
