"""What changed since the questions were asked before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from reports.people import RequestRefused
from reports.request import disclosed_results, results_to_give_out
from reports.statistics.proportions import wilson
from reports.tabulation import Estimate, Figure, Results, Shown
from reports.waves import change_over_waves
from surveys.questionnaire import Questionnaire, RatingQuestion
from surveys.storage import tables
from surveys.waves import link_wave, remove_wave
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, a_theme, some_answers, words
from tests.reports.test_results import document, question, store


def asked(
    session: Session, slug: str, *, after: tables.Survey | None = None, of: Questionnaire | None = None, **people: Any
) -> tables.Survey:
    """A wave; ``people`` are by audience how many found waiting very important, and how many answered."""
    survey = a_survey(session, replace(of or a_questionnaire(), slug=slug))
    for audience, (very, number) in people.items():
        answers = [
            some_answers(waiting__importance="very" if place < very else "not", most_important=("waiting",))
            for place in range(number)
        ]
        store(session, a_collector(session, survey, audience=audience), answers)
    if after is not None:
        link_wave(session, survey=survey, earlier=after, at=NOW, by="officer@example.org")
    return survey


def series(found: Mapping[str, Any], measure: str, audience: str | None, id_: str | None = None) -> dict[str, Any]:
    key = id_ or ("waiting.importance" if measure == "percent_positive" else "waiting")
    return next(
        one
        for one in found["change"]["series"]
        if (one["measure"], one["id"], one["audience"]) == (measure, key, audience)
    )


def test_a_survey_that_follows_none_has_no_change(session: Session) -> None:
    asked(session, "one", patients=(60, 100))
    assert document(session, "one")["change"] is None


def test_a_change_is_the_last_wave_less_the_one_before_audience_by_audience(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100), staff=(30, 60))
    asked(session, "two", after=first, patients=(70, 100), staff=(31, 60))
    found = document(session, "two")
    assert [(one["survey"], one["version"]) for one in found["change"]["waves"]] == [("one", "1.0"), ("two", "1.0")]
    patients, staff = (series(found, "percent_positive", one) for one in ("patients", "staff"))
    assert patients["difference"]["value"] == pytest.approx(30)
    assert (patients["words"], staff["words"]) == ("higher", "similar")
    assert (patients["comparability"], patients["family_size"]) == (["same"], 2)
    assert [point["value"] for point in patients["points"]] == pytest.approx([40, 70])
    assert [point["base"] for point in patients["points"]] == [100, 100]
    assert patients["p_adjusted"] < 0.05
    assert patients["trend_p"] is None
    score = series(found, "score_0_10", "patients")
    assert (score["difference"]["value"], score["words"]) == (pytest.approx(3), "higher")
    assert series(found, "chosen", "patients")["difference"]["value"] == 0
    assert document(session, "one")["change"] is None


def test_one_audience_alone_needs_no_name(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100))
    asked(session, "two", after=first, patients=(70, 100))
    assert {one["audience"] for one in document(session, "two")["change"]["series"]} == {None}


def reworded(**changes: Any) -> Questionnaire:
    small = a_questionnaire()
    rating = small.ask_about_each_theme[0]
    return replace(small, ask_about_each_theme=(replace(rating, **changes), *small.ask_about_each_theme[1:]))


def test_a_similar_question_is_compared_and_marked_and_a_new_one_is_not(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100))
    asked(session, "two", after=first, of=reworded(text=words("Does this matter?")), patients=(70, 100))
    similar = series(document(session, "two"), "percent_positive", None)
    assert (similar["comparability"], similar["words"]) == (["similar"], "higher")
    asked(session, "three", after=first, of=reworded(reverse=True), patients=(70, 100))
    found = document(session, "three")
    for measure in ("percent_positive", "score_0_10"):
        new = series(found, measure, None)
        assert (new["comparability"], new["words"], new["p_adjusted"]) == (["new"], "not comparable", None)
        assert new["difference"]["value"] is None
    assert series(found, "chosen", None)["comparability"] == ["same"]


def test_a_theme_that_was_not_asked_before_breaks_what_people_chose_unless_an_officer_says_otherwise(
    session: Session,
) -> None:
    small = a_questionnaire()
    more = replace(small, themes=(*small.themes, a_theme("care", "Kinder care")))
    first = asked(session, "one", patients=(40, 100))
    second = asked(session, "two", after=first, of=more, patients=(70, 100))
    assert series(document(session, "two"), "chosen", None)["words"] == "not comparable"
    link_wave(session, survey=second, earlier=first, chosen={"most_important": "similar"}, at=NOW, by="officer")
    found = document(session, "two")
    assert series(found, "chosen", None)["words"] == "similar"
    care = series(found, "chosen", None, "care")
    assert (care["words"], care["points"][0]) == (
        "not comparable",
        {"base": None, "value": None, "low": None, "high": None},
    )


def test_three_comparable_waves_have_a_trend_and_a_break_ends_it(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100))
    second = asked(session, "two", after=first, patients=(50, 100))
    third = asked(session, "three", after=second, patients=(62, 100))
    assert series(document(session, "three"), "percent_positive", None)["trend_p"] < 0.05
    asked(session, "four", after=third, of=reworded(reverse=True), patients=(90, 100))
    broken = series(document(session, "four"), "percent_positive", None)
    assert broken["comparability"] == ["same", "same", "new"]
    assert broken["trend_p"] is None


def test_both_audiences_up_and_all_together_down_is_a_warning(session: Session) -> None:
    """Simpson's paradox: patients rise from 80 % to 85 %, staff from 20 % to 25 %, and many more staff answered."""
    first = asked(session, "one", patients=(240, 300), staff=(20, 100))
    asked(session, "two", after=first, patients=(85, 100), staff=(75, 300))
    found = document(session, "two")
    assert question(document(session, "one"), "waiting.importance")["percent_positive"]["value"] == 65
    assert question(found, "waiting.importance")["percent_positive"]["value"] == 40
    for audience in ("patients", "staff"):
        one = series(found, "percent_positive", audience)
        assert one["difference"]["value"] == pytest.approx(5)
        assert one["mix_moved"] is True
        assert series(found, "score_0_10", audience)["mix_moved"] is True
        assert series(found, "chosen", audience)["mix_moved"] is False


def test_what_an_earlier_wave_hides_stays_hidden_in_a_later_one(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100), staff=(3, 6))
    asked(session, "two", after=first, patients=(70, 100), staff=(31, 60))
    earlier, found = document(session, "one"), document(session, "two")
    assert earlier["audiences"]["staff"]["responses"] == "suppressed"
    staff = series(found, "percent_positive", "staff")
    assert staff["points"][0] == dict.fromkeys(("base", "value", "low", "high"), "suppressed")
    assert (staff["difference"]["value"], staff["words"]) == ("suppressed", "too few to say")
    patients = earlier["audiences"]["patients"]["responses"]
    assert series(found, "percent_positive", "patients")["points"][0]["base"] == patients == "suppressed"


def test_an_earlier_survey_that_has_to_wait_for_more_answers_keeps_the_later_one_from_nothing(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100))
    asked(session, "two", after=first, patients=(70, 100))
    given = results_to_give_out(session, slug="one", at=NOW)
    session.add_all(given.counts)
    store(session, a_collector(session, first), [some_answers()] * 3)
    with pytest.raises(RequestRefused, match="fewer than 10 more people"):
        document(session, "one")
    found = document(session, "two")
    assert (found["responses"], found["change"]) == (100, None)


def test_figures_of_an_earlier_wave_are_kept_as_given_out_by_the_later_one(session: Session) -> None:
    """Three more answers to the earlier survey, and both reports together would say what those three said."""
    first = asked(session, "one", patients=(40, 100))
    second = asked(session, "two", after=first, patients=(70, 100))
    given = results_to_give_out(session, slug="two", at=NOW)
    assert {one.survey_id for one in given.counts} == {first.id, second.id}
    session.add_all(given.counts)
    store(session, a_collector(session, first), [some_answers()] * 3)
    with pytest.raises(RequestRefused, match="fewer than 10 more people"):
        document(session, "one")


def test_under_fifty_people_nothing_is_said(session: Session) -> None:
    first = asked(session, "one", patients=(10, 49))
    asked(session, "two", after=first, patients=(70, 100))
    one = series(document(session, "two"), "percent_positive", None)
    assert (one["words"], one["p_adjusted"], one["family_size"]) == ("too few to say", None, 0)


def test_an_edit_of_meaning_makes_a_wave_of_what_was_answered_before(session: Session) -> None:
    survey = asked(session, "one", patients=(40, 100))
    changed = a_questionnaire(slug="one", journey="themes_first")
    a_survey(session, changed)
    more = [some_answers(waiting__importance="very")] * 80 + [some_answers(waiting__importance="not")] * 20
    store(session, a_collector(session, survey), more)
    found = document(session, "one")
    assert [one["version"] for one in found["change"]["waves"]] == ["1.0", "2.0"]
    assert series(found, "percent_positive", None)["difference"]["value"] == pytest.approx(40)
    assert document(session, "one", where=(("version", "1"),))["change"] is None


def test_filtered_results_have_no_change_and_grouped_ones_keep_it(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100))
    asked(session, "two", after=first, patients=(70, 100))
    assert document(session, "two", where=(("connection", "patient"),))["change"] is None
    assert document(session, "two", since=NOW.date())["change"] is None
    assert document(session, "two", by="channel")["change"] == document(session, "two")["change"]


def test_other_questions_for_the_score_make_another_score(session: Session) -> None:
    small = a_questionnaire()
    clear = RatingQuestion(id="clear", text=words("Is this clear?"), scale="importance", composite=True)
    more = replace(small, ask_about_each_theme=(*small.ask_about_each_theme, clear))
    first = asked(session, "one", patients=(40, 100))
    survey = a_survey(session, replace(more, slug="two"))
    answers = some_answers(waiting__clear="very", digital__clear="very", staff__clear="very")
    store(session, a_collector(session, survey), [answers] * 60)
    link_wave(session, survey=survey, earlier=first, at=NOW, by="officer")
    found = document(session, "two")
    assert series(found, "score_0_10", None)["words"] == "not comparable"
    assert series(found, "percent_positive", None)["words"] == "higher"


def test_each_wave_is_read_once_and_a_survey_alone_no_more_than_before(session: Session) -> None:
    first = asked(session, "one", patients=(40, 100))
    second = asked(session, "two", after=first, patients=(50, 100))
    scans: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "response.codes" in statement:
            scans.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    document(session, "two")
    assert len(scans) == 2
    remove_wave(session, survey=second)
    document(session, "two")
    assert len(scans) == 3


def test_where_nothing_changed_reports_rarely_say_that_something_did(session: Session) -> None:
    """What people chose of three themes in two waves of 300, drawn alike again and again."""
    first = asked(session, "one", patients=(40, 100))
    second = asked(session, "two", after=first, patients=(70, 100))
    earlier, later = (disclosed_results(session, slug=slug, at=NOW) for slug in ("one", "two"))
    chance = np.random.default_rng(5)

    def drawn(results: Results[Figure], share: float) -> Results[Figure]:
        counts = chance.binomial(300, share, 3).tolist()
        themes = tuple(
            replace(theme, chosen_count=Shown(count), chosen_base=Shown(300), chosen=shown_share(count))
            for theme, count in zip(results.everybody.themes, counts, strict=True)
        )
        groups = tuple(replace(group, themes=themes) for group in results.audiences)
        return replace(results, audiences=groups)

    false = 0
    for share in (0.1, 0.3, 0.5) * 40:
        before = drawn(earlier, share)
        change = change_over_waves(
            session, survey=second, results=drawn(later, share), disclosed=lambda *_, before=before: before
        )
        assert change is not None
        said = {one.words for one in change.series if one.measure == "chosen"}
        false += bool(said & {"higher", "lower"})
    # 5 % of 120, and three times the standard error of that number.
    assert false <= 0.05 * 120 + 3 * (120 * 0.05 * 0.95) ** 0.5


def shown_share(count: int) -> Estimate[Figure]:
    low, high = wilson(count, 300) or (0.0, 0.0)
    return Estimate(Shown(count / 3), Shown(100 * low), Shown(100 * high))
