"""What each measure of a figure row is called, in the language of the report."""

from __future__ import annotations

from reports.words import Words, catalogue

# Where another output names the same figure, its phrase is used, so that no two names drift apart.
_CALLED = {
    "acceptable": "sheet_acceptable",
    "achievable": "sheet_achievable",
    "agreement.kappa": "mention_kappa",
    "agreement.percent": "sheet_same_code",
    "agreement.standard_error": "mention_kappa_error",
    "base": "sheet_base",
    "chosen": "sheet_measure_chosen",
    "chosen.n": "sheet_chosen_by",
    "chosen.percent": "sheet_measure_chosen",
    "commented": "sheet_commented",
    "count": "table_people",
    "counts": "table_people",
    "design_effect": "sheet_design_effect",
    "difference": "reached_difference",
    "dissimilarity": "sheet_in_another_group",
    "effective_number": "sheet_worth",
    "expected_high": "sheet_expected_to",
    "expected_low": "sheet_expected_from",
    "family_size": "sheet_family",
    "index": "sheet_index",
    "median": "table_middle",
    "missing": "table_did_not_say",
    "missing_people": "sheet_more_people",
    "not_shown": "table_not_asked",
    "p_adjusted": "sheet_p_adjusted",
    "passed_on": "sheet_passed_on",
    "people": "table_people",
    "people.n": "table_people",
    "percent": "sheet_percent",
    "percent_positive": "sheet_measure_percent_positive",
    "rank": "sheet_rank",
    "reference_percent": "sheet_reference_percent",
    "sample": "sheet_coded_twice",
    "score_0_10": "sheet_measure_score_0_10",
    "skipped": "table_skipped",
    "trend_p": "sheet_trend_p",
    "trimmed": "sheet_trimmed",
    "unclear": "sheet_unclear",
    "unclear.n": "sheet_unclear_to",
    "unclear.percent": "sheet_unclear",
    "unknown": "sheet_group_not_known",
    "unweighted": "sheet_as_answered",
    "votes": "sheet_votes",
    "votes_each": "sheet_votes_each",
    "weighted": "weighted_as_weighted",
    "workshops": "sheet_name_workshops",
}
_FAMILIES = {"sentiment.": "mention_said_", "quotes.left_out.": "quotes_", "quotes.": "quotes_"}


def measure_name(words: Words, measure: str) -> str:
    """The name of a measure by its id. KeyError for one that has none.

    What is told of a measure, such as ``chosen.p_adjusted``, is named after both.
    """
    if measure in _CALLED:
        return words(_CALLED[measure])
    for beginning, phrases in _FAMILIES.items():
        if measure.startswith(beginning):
            return words(phrases + measure.removeprefix(beginning))
    own = f"figure_row_{measure.replace('.', '_')}"
    if own in catalogue():
        return words(own)
    of, _, told = measure.rpartition(".")
    return words("sheet_field_value", field=measure_name(words, told), value=measure_name(words, of))
