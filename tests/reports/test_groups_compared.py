"""What a report says of the groups that were asked for: which are compared, on what, and on what they are not."""

from __future__ import annotations

import dataclasses

from reports import sentences
from reports.board_report import board_report_html
from reports.tabulation import Difference, Estimate, Figure, Filters, Shown, Suppressed
from tests.reports.bare_survey import OTHER_RATING, patients, plain, survey, two_ratings
from tests.reports.conftest import Answered

HIDDEN: Estimate[Figure] = Estimate(*(Suppressed("secondary"),) * 3)
GAP: Estimate[Figure] = Estimate(Shown(12.0), Shown(4.0), Shown(20.0))


def compared(
    key: str, first: str, *, measure: str = "chosen", gap: Estimate[Figure] = HIDDEN, field: str = "place"
) -> Difference[Figure]:
    said = "too few to say" if gap is HIDDEN else "higher"
    return Difference(field, measure, key, first, None, gap, None, 8, said)  # type: ignore[arg-type]


def of_everywhere(key: str, measure: str = "chosen") -> tuple[Difference[Figure], ...]:
    return tuple(compared(key, place, measure=measure) for place in ("North", "South", "West"))


def test_a_theme_on_which_no_group_is_compared_is_named() -> None:
    told = sentences.groups_not_compared(
        survey(
            "en", differences=(*of_everywhere("research"), *of_everywhere("research.importance", "percent_positive"))
        )
    )
    because = "Not compared, because some of the numbers are not shown"
    assert told == (
        f"{because}: who chose “New treatments through research”.",
        f"{because}: who calls “New treatments through research” important.",
    )


def test_many_themes_are_counted() -> None:
    keys = ("research", "technology", "fair-care", "faster-care")
    told = sentences.groups_not_compared(
        survey("en", differences=tuple(one for key in keys for one in of_everywhere(key)))
    )
    assert told == ("Not compared, because some of the numbers are not shown: who chose 4 themes.",)


def test_comparisons_of_some_groups_alone_or_without_a_name_are_counted() -> None:
    some = (compared("research", "North"), compared("research", "South", gap=GAP))
    other = of_everywhere(OTHER_RATING, "percent_positive")
    told = sentences.groups_not_compared(two_ratings(differences=(*some, *other)))
    assert told == ("4 comparisons are not made, because they rest on numbers that are not shown.",)


def test_where_all_is_compared_nothing_is_said_to_be_missing() -> None:
    assert sentences.groups_not_compared(survey("en", differences=(compared("research", "North", gap=GAP),))) == ()


def test_crossed_groups_are_said_to_be_compared_with_their_like_alone() -> None:
    north = dataclasses.replace(
        patients(), field="place,audience", value="North,staff", label="North, staff", minimum_base=10
    )
    clear = compared("research", "North,staff", gap=GAP, field="place,audience")
    crossed = survey("en", groups=(north,), differences=(clear,))
    crossed = dataclasses.replace(
        crossed, results=dataclasses.replace(crossed.results, filters=Filters(by="place,audience"))
    )
    first, told, *_ = map(plain, sentences.group_differences(crossed))
    assert first == "Only groups that are alike in this are compared with one another: Audience."
    assert told.startswith("North, staff: ")
    assert told.endswith(" chose “New treatments through research”, more than others in “staff”.")


def test_audiences_asked_for_as_groups_are_not_said_to_be_untested(cancer_survey: Answered) -> None:
    results = cancer_survey.results
    asked = dataclasses.replace(results, groups=results.audiences, filters=Filters(by="audience"))
    html = board_report_html(asked, cancer_survey.questionnaire, language="en")
    assert "No test was made of the gaps" not in html
    assert "What we can say" in html
