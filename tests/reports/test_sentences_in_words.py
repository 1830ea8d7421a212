"""Sentences word for word, in English and Arabic."""

from __future__ import annotations

import dataclasses

import pytest

from reports import printed_figures as printed
from reports import sentences
from reports.tabulation import (
    Change,
    Difference,
    Estimate,
    Figure,
    Group,
    ReferenceGroup,
    Representation,
    Series,
    Shown,
    Suppressed,
    WaveOf,
    WavePoint,
)
from tests.reports.bare_survey import OTHER_RATING, patients, plain, survey, two_ratings
from tests.reports.random_results import share_of


@pytest.mark.parametrize(
    ("language", "group", "said"),
    [
        (
            "en",
            patients(),
            (
                "“Shorter waits at every step” matters most to patients.",
                "About 7 in 10 put it in their top 3 (218 of 312).",
            ),
        ),
        (
            "ar",
            patients(),
            (
                "الموضوع الأهم لدى المرضى: «Shorter waits at every step».",
                "وضعه نحو 7 من كل 10 بين أهم 3 موضوعات لديهم (218 من 312).",
            ),
        ),
        (
            "en",
            patients(21, 30, tied=("research",)),
            (
                "Two themes lead among patients and are about equal.",
                "21 of 30 chose “Shorter waits at every step”.",
                "Chance alone could put “New treatments through research” level with it.",
            ),
        ),
        (
            "en",
            patients(tied=("research", "technology")),
            (
                "No single theme leads among patients.",
                "About 7 in 10 chose “Shorter waits at every step” (218 of 312).",
                "Chance alone could put “New treatments through research” and “Using technology well” level with it.",
            ),
        ),
        (
            "en",
            patients(tied=("research", "technology", "fair-care")),
            (
                "No single theme leads among patients.",
                "About 7 in 10 chose “Shorter waits at every step” (218 of 312).",
                "Chance alone could put any of 3 other themes level with it.",
            ),
        ),
        (
            "ar",
            patients(tied=("research", "technology")),
            (
                "لا يتصدّر أي موضوع بمفرده لدى المرضى.",
                "موضوع «Shorter waits at every step»: اختاره نحو 7 من كل 10 (218 من 312).",
                "قد تكفي المصادفة وحدها لوضع «New treatments through research» و«Using technology well» في مستواه.",
            ),
        ),
    ],
)
def test_what_matters_most(language: str, group: Group[Figure], said: tuple[str, ...]) -> None:
    found = sentences.matters_most(survey(language, audiences=(group,)), group)
    assert found is not None
    assert tuple(map(plain, (found.headline, *found.sentences))) == said


def _level(number: int) -> Group[Figure]:
    """Patients of whom exactly as many chose the first so many themes; any other could be level by chance."""
    drawn = patients()
    order = sorted(drawn.themes, key=lambda table: printed.number(table.rank) or 0)
    ids = [table.theme_id for table in order]
    themes = tuple(
        dataclasses.replace(
            table,
            rank=Shown(max(1, place - number + 2)),
            chosen=None,
            tied_with=tuple(other for other in ids if other != table.theme_id),
        )
        for place, table in enumerate(order)
    )
    return dataclasses.replace(drawn, themes=themes)


@pytest.mark.parametrize("number", [2, 3])
def test_themes_that_as_many_people_chose_are_named_as_well(number: int) -> None:
    group = _level(number)
    found = sentences.matters_most(survey("en", audiences=(group,)), group)
    assert found is not None
    one, as_many, others = map(plain, found.sentences)
    assert as_many.startswith("As many chose “")
    every = ("“Shorter waits at every step”", "“New treatments through research”", "“Using technology well”")
    assert [(title in one) + (title in as_many) for title in every] == [1] * number + [0] * (3 - number)
    assert others == f"Chance alone could put any of {8 - number} other themes level with it."


def test_many_themes_that_as_many_people_chose_are_counted() -> None:
    group = _level(4)
    found = sentences.matters_most(survey("en", audiences=(group,)), group)
    assert found is not None
    assert plain(found.sentences[1]) == "As many chose each of 3 other themes."


def test_an_only_theme_is_compared_with_no_other() -> None:
    shown = survey("en")
    only = dataclasses.replace(shown.questionnaire, themes=shown.questionnaire.themes[:1])
    alone = dataclasses.replace(shown, questionnaire=only)
    assert sentences.matters_most(alone, shown.audiences[0]) is None
    found = sentences.importance(alone, shown.audiences[0])
    assert found is not None
    said = " ".join((found.headline, *found.sentences))
    assert "every theme" not in said
    assert "comes first" not in said
    table = dataclasses.replace(shown.audiences[0].themes[0], unclear_count=Shown(40), unclear_base=Shown(169))
    unclear = dataclasses.replace(shown.audiences[0], themes=(dataclasses.replace(table, theme_id=only.themes[0].id),))
    assert sentences.clarity(alone, unclear) is None


def _age(count: int, base: int, missing: float) -> Representation[Figure]:
    young = ReferenceGroup(
        "16-24|25-34",
        "16 to 34",
        27.2,
        Shown(count),
        Shown(100 * count / base),
        Shown(-15.0),
        Shown(44.0),
        Shown(missing),
        under_represented=True,
    )
    rest = dataclasses.replace(young, group="35-44", label="35 to 44", under_represented=False)
    return Representation("age", "Age", "Trust register", "2025", Shown(base), Shown(71), (young, rest), None, None)


@pytest.mark.parametrize(
    ("language", "table", "said"),
    [
        (
            "en",
            _age(29, 241, 50.2),
            (
                "People aged 16 to 34 are under-represented.",
                "They are 12% (29) of the 241 people who told us their age, and 27% of the reference population.",
                "Beside the 241 people who told us their age, about 50 more would be needed.",
            ),
        ),
        (
            "en",
            _age(4, 41, 0.9),
            (
                "People aged 16 to 34 are under-represented.",
                "They are 4 of the 41 people who told us their age, and 27% of the reference population.",
                "Beside the 41 people who told us their age, about one more would be needed.",
            ),
        ),
        (
            "ar",
            _age(29, 241, 60.2),
            (
                "الأشخاص في الفئة العمرية 16 إلى 24 و25 إلى 34: تمثيلهم أقل من نصيبهم.",
                "هم 12% (29) من 241 شخصًا ذكروا أعمارهم، و27% من السكان المرجعيين.",
                "إضافةً إلى 241 شخصًا ذكروا أعمارهم، نحتاج إلى نحو 60 شخصًا آخر.",
            ),
        ),
    ],
)
def test_who_is_missing(language: str, table: Representation[Figure], said: tuple[str, ...]) -> None:
    (found,) = sentences.who_is_missing(survey(language, representation=(table,)))
    assert tuple(map(plain, (found.headline, *found.sentences))) == said


def test_a_hidden_group_is_never_called_missing() -> None:
    table = _age(29, 241, 50.2)
    hidden = Suppressed("small base")
    young = dataclasses.replace(table.groups[0], count=hidden, percent=hidden, missing_people=hidden)
    shown = survey("en", representation=(dataclasses.replace(table, groups=(young, *table.groups[1:])),))
    assert sentences.who_is_missing(shown) == ()
    assert sentences.nobody_missing(shown) == ()


def _series(words: str, *, mix_moved: bool = False) -> Series[Figure]:
    points = (WavePoint(Shown(200), share_of(96, 200)), WavePoint(Shown(200), share_of(120, 200)))
    gap: Estimate[Figure] = Estimate(Shown(12.0), Shown(2.0), Shown(21.0))
    return Series("chosen", "research", "patients", ("same",), points, gap, Shown(0.02), 8, None, words, mix_moved)  # type: ignore[arg-type]


def _change(*series: Series[Figure]) -> Change[Figure]:
    return Change((WaveOf("a", "A", "1.0", None), WaveOf("a", "A", "2.0", None)), series)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "More patients chose “New treatments through research” than last time.",
                "Last time: 48% (96 of 200). This time: 60% (120 of 200).",
            ),
        ),
        (
            "ar",
            (
                "موضوع «New treatments through research»: نسبة من اختاروه لدى المرضى أعلى من المرة السابقة.",
                "المرة السابقة: 48% (96 من 200). هذه المرة: 60% (120 من 200).",
            ),
        ),
    ],
)
def test_change_since_the_last_time(language: str, said: tuple[str, ...]) -> None:
    (found,) = sentences.clear_changes(survey(language, change=_change(_series("higher"))))
    assert tuple(map(plain, (found.headline, *found.sentences))) == said


def test_what_did_not_clearly_change_is_similar_and_a_moved_mix_is_warned_of() -> None:
    shown = survey("en", change=_change(_series("similar", mix_moved=True), _series("not comparable")))
    assert sentences.clear_changes(shown) == ()
    assert sentences.other_changes(shown) == (
        "On one theme we see no clear change among patients since last time.",
        "One theme was not asked about in the same way last time, so it is not compared.",
    )
    assert sentences.mix_warnings(shown) == (
        "On “New treatments through research” each audience went one way, and all together the other.",
        "The mix of people has changed, so read each audience by itself.",
    )


def test_a_theme_of_which_a_change_is_told_is_not_counted_among_those_without_one() -> None:
    chosen = _series("similar")
    rated = dataclasses.replace(chosen, measure="percent_positive", key="research.importance", words="higher")
    shown = survey("en", change=_change(chosen, rated))
    assert len(sentences.clear_changes(shown)) == 1
    assert sentences.other_changes(shown) == ()


def test_audiences_that_were_not_compared_are_not_called_similar() -> None:
    both = (patients(), dataclasses.replace(patients(), value="staff", label="Staff"))
    assert sentences.audiences_differ(survey("en", audiences=both), *both) is None
    similar: Difference[Figure] = Difference(
        "audience", "chosen", "research", "patients", "staff", None, None, 8, "similar"
    )
    found = sentences.audiences_differ(survey("en", audiences=both, differences=(similar,)), *both)
    assert found is not None
    assert found.headline == "Patients and staff gave similar answers."


def _audiences_compared(measure: str, key: str, said: str) -> Difference[Figure]:
    gap: Estimate[Figure] = Estimate(Shown(-21.3), Shown(-33.9), Shown(-9.2))
    return Difference("audience", measure, key, "patients", "staff", gap, Shown(0.001), 8, said)  # type: ignore[arg-type]


def test_audiences_that_choose_alike_are_told_apart_by_what_they_rate_differently() -> None:
    staff = dataclasses.replace(patients(), value="staff", label="Staff")
    both = (patients(), staff)
    alike = _audiences_compared("chosen", "research", "similar")
    rated = _audiences_compared("percent_positive", "research.importance", "lower")
    found = sentences.audiences_differ(survey("en", audiences=both, differences=(alike, rated)), *both)
    assert found is not None
    assert found.headline == "Staff call “New treatments through research” important more often than patients."


def test_audiences_are_not_called_similar_where_a_rating_without_a_sentence_differs() -> None:
    both = (patients(), dataclasses.replace(patients(), value="staff", label="Staff"))
    alike = _audiences_compared("chosen", "research", "similar")
    other = _audiences_compared("percent_positive", OTHER_RATING, "lower")
    assert sentences.audiences_differ(two_ratings(audiences=both, differences=(alike, other)), *both) is None


def test_groups_are_not_called_similar_in_the_rest_where_a_rating_without_a_sentence_differs() -> None:
    chosen = dataclasses.replace(_audiences_compared("chosen", "research", "higher"), field="place")
    alike = dataclasses.replace(_audiences_compared("chosen", "technology", "similar"), field="place")
    other = dataclasses.replace(_audiences_compared("percent_positive", OTHER_RATING, "lower"), field="place")
    groups = (patients(),)
    rest = "In everything else that could be compared, the groups are similar."
    assert rest in sentences.group_differences(two_ratings(groups=groups, differences=(chosen, alike)))
    assert rest not in sentences.group_differences(two_ratings(groups=groups, differences=(chosen, alike, other)))


def test_audiences_have_a_small_letter_inside_english_phrases_whatever_the_survey_speaks() -> None:
    assert survey("cy").name(patients()) == survey("en").name(patients()) == "patients"
