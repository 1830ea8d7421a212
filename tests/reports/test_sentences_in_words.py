"""Sentences word for word, in English and Arabic, plural forms among them."""

from __future__ import annotations

import dataclasses
from typing import Literal

import pytest

from reports import printed_figures as printed
from reports import sentences
from reports.board_report.by_place import by_place
from reports.survey_figures import SurveyFigures
from reports.tabulation import (
    Change,
    Difference,
    Estimate,
    Figure,
    Group,
    PlaceBand,
    ReferenceGroup,
    Representation,
    Results,
    Series,
    Shown,
    Suppressed,
    WaveOf,
    WavePoint,
)
from reports.words import Words
from tests.reports.random_results import SURVEY, random_results, share_of

LED = ("faster-care", "research", "technology")


def plain(text: str) -> str:
    """Without the signs that hold a line or a direction together."""
    for sign in ("\u2066", "\u2067", "\u2069"):
        text = text.replace(sign, "")
    return text.replace("\u00a0", " ")


def patients(chosen: int = 218, base: int = 312, tied: tuple[str, ...] = ()) -> Group[Figure]:
    """Patients of whom so many chose the first theme, which chance could put level with those that are tied."""
    drawn = next(group for seed in range(50) if len((group := random_results(seed).audiences[0]).themes) > 1)
    themes = tuple(
        dataclasses.replace(
            table,
            rank=Shown(LED.index(table.theme_id) + 1 if table.theme_id in LED else 8),
            tied_with=tied if table.theme_id == LED[0] else (),
            chosen_count=Shown(chosen),
            chosen_base=Shown(base),
        )
        for table in drawn.themes
    )
    return dataclasses.replace(drawn, responses=Shown(base), themes=themes)


def survey(language: str, **changes: object) -> SurveyFigures:
    bare: Results[Figure] = dataclasses.replace(
        random_results(1), audiences=(patients(),), groups=(), differences=(), representation=(), change=None, places=()
    )
    return SurveyFigures(dataclasses.replace(bare, **changes), SURVEY, language)  # type: ignore[arg-type]


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
                "Chance alone could put any of 2 other themes level with it.",
            ),
        ),
        (
            "ar",
            patients(tied=("research", "technology")),
            (
                "لا يتصدّر أي موضوع بمفرده لدى المرضى.",
                "موضوع «Shorter waits at every step»: اختاره نحو 7 من كل 10 (218 من 312).",
                "قد تكفي المصادفة وحدها لوضع أيّ من موضوعين آخرين في مستواه.",
            ),
        ),
    ],
)
def test_what_matters_most(language: str, group: Group[Figure], said: tuple[str, ...]) -> None:
    found = sentences.matters_most(survey(language, audiences=(group,)), group)
    assert found is not None
    assert tuple(map(plain, (found.headline, *found.sentences))) == said


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


NORTH: PlaceBand[Figure] = PlaceBand(
    "place",
    "North",
    "North",
    "research",
    "chosen",
    Shown(100),
    share_of(45, 100),
    Shown(10.0),
    Shown(30.0),
    "higher than expected",
    None,
    None,
    None,
    p_adjusted=Shown(0.0001),
    words="higher",
)


@pytest.mark.parametrize(
    ("words", "direction", "beside", "against"),
    [
        ("higher", "higher is better", "higher than expected", "▼ below acceptable"),
        ("similar", "lower is better", "above, may be chance", "▼ worse than acceptable"),
    ],
)
def test_a_table_of_places_says_what_may_be_chance_and_what_is_worse(
    words: Literal["higher", "similar"],
    direction: Literal["higher is better", "lower is better"],
    beside: str,
    against: str,
) -> None:
    band = dataclasses.replace(
        NORTH, words=words, direction=direction, acceptable=30.0, achievable=30.0, threshold="below acceptable"
    )
    made = by_place(survey("en", places=(band,)))
    assert made is not None
    ((_, cells),) = made.tables[0].rows
    assert cells[2:] == (beside, against)
    assert made.tables[0].coloured[against] == "poor"


def test_places_are_to_be_examined_and_challenged() -> None:
    band = NORTH
    few = dataclasses.replace(band, band="too few to say", words="too few to say")
    assert tuple(map(plain, sentences.places(survey("en", places=(band, few))))) == (
        "North: 45% (45 of 100) chose “New treatments through research”, more than expected.",
        "Examine and challenge this variation: it asks a question and gives no verdict.",
        "For one comparison of places too few people answered to say.",
    )
    assert sentences.places(survey("en", places=(few,))) == (
        "For one comparison of places too few people answered to say.",
    )
    worse = dataclasses.replace(band, threshold="below acceptable", direction="lower is better")
    assert tuple(map(plain, sentences.below_acceptable(survey("en", places=(worse,))))) == (
        "North: 45% (45 of 100) chose “New treatments through research”, worse than the acceptable level.",
    )
    by_chance = dataclasses.replace(band, words="similar")
    assert sentences.places(survey("en", places=(by_chance,))) == (
        "One of 1 comparisons of places lies beyond its range, and chance alone could do that.",
    )
    as_expected = sentences.places(survey("en", places=(dataclasses.replace(by_chance, band="as expected"),)))
    assert as_expected == ("No place is further from the others than chance and the usual spread would leave it.",)
    assert sentences.places(survey("en")) == ()


def test_audiences_that_were_not_compared_are_not_called_similar() -> None:
    both = (patients(), dataclasses.replace(patients(), value="staff", label="Staff"))
    assert sentences.audiences_differ(survey("en", audiences=both), *both) is None
    similar: Difference[Figure] = Difference(
        "audience", "chosen", "research", "patients", "staff", None, None, 8, "similar"
    )
    found = sentences.audiences_differ(survey("en", audiences=both, differences=(similar,)), *both)
    assert found is not None
    assert found.headline == "Patients and staff gave similar answers."


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (1, "On one theme we see", "في موضوع واحد لدى"),
        (2, "On 2 themes we see", "في موضوعين لدى"),
        (3, "On 3 themes we see", "في 3 موضوعات لدى"),
        (10, "On 10 themes we see", "في 10 موضوعات لدى"),
        (11, "On 11 themes we see", "في 11 موضوعًا لدى"),
        (99, "On 99 themes we see", "في 99 موضوعًا لدى"),
        (100, "On 100 themes we see", "في 100 موضوع لدى"),
    ],
)
def test_numbers_take_the_plural_of_their_language(number: int, english: str, arabic: str) -> None:
    assert Words("en")("since_similar", n=number, group="patients").startswith(english)
    assert arabic in Words("ar")("since_similar", n=number, group="المرضى")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "70% (1,234 of 1,763)"), ("ar", "70% (1,234 من 1,763)"), ("fr", "70% (1\u202f234 of 1\u202f763)")],
)
def test_figures_keep_western_digits_and_set_thousands_apart_as_the_language_does(language: str, said: str) -> None:
    assert plain(printed.share(Words(language), Shown(1234), Shown(1763))) == said


def test_a_percentage_keeps_its_sign_on_its_own_side_in_arabic() -> None:
    assert printed.percent(Words("ar"), Shown(70), Shown(100)) == "\u206670%\u2069"


def test_lists_join_as_the_language_does() -> None:
    names = ["أ", "ب", "ج"]
    assert [printed.listed(Words("ar"), names[:size]) for size in range(4)] == ["", "أ", "أ وب", "أ، ب وج"]
