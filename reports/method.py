"""How the figures were made, in words, for every method note."""

from __future__ import annotations

from reports.people import People
from reports.statistics.comparisons import SMALLEST_BASE
from reports.statistics.ranks import DRAWS, RESAMPLE_AT_MOST, SEED


def method_note(people: People) -> dict[str, str]:
    """Short statements by subject. They hold no figure of the survey, so nothing in them can disclose anything."""
    questionnaire = people.questionnaire
    note = {
        "who": "People chose whether to take part. Their views may differ from those of people who did not answer.",
        "weights": "Unweighted: every person counts once.",
        "percent_positive": "Share of people who gave one of the scale's positive answers, of all who gave an answer "
        "on the scale; a question whose base rule is 'all' counts every answer given.",
        "interval": "95 % intervals, of what chance alone could do: Wilson's for shares, Student's t for means "
        "(clipped to the scale), Newcombe's for differences.",
        "score_0_10": "Answers placed evenly by their scale values from 0 (least) to 10 (most), turned round for "
        "reversed questions.",
        "composite": "A theme's score is each person's mean over the theme's composite questions "
        f"(at least {questionnaire.min_items} answered), then the mean over people.",
        "rank": f"1 plus the number of themes that are ahead; the range holds 95 % of {DRAWS} draws of whole "
        f"respondents (seed {SEED}; above {RESAMPLE_AT_MOST} people the normal limit of the same draws). Themes are "
        "tied where their ranges overlap directly.",
        "differences": "Chi-square test, or Fisher's exact test where expected counts are small; p values adjusted by "
        "Holm's method within one measure of two audiences; called higher or lower from 5 points and an adjusted p "
        f"below 0.05; nothing is said below {SMALLEST_BASE} people on either side.",
        "periods": "Dates are whole weeks, Monday to Sunday.",
    }
    if people.other_versions:
        note["other_versions"] = (
            f"Answers to version {', '.join(people.other_versions)} are left out: their questions differ in meaning."
        )
    return note
