"""Charts draw from zero, in proportion, and nothing of what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import (
    NARROW,
    PANEL,
    SERIES_COLOURS,
    WIDE,
    Box,
    Dot,
    Drawing,
    Line,
    Share,
    Sheet,
    Spot,
    Stack,
    TimePoint,
    Word,
    bar_chart,
    bar_panel,
    mirrored,
    reach_chart,
    spot_chart,
    stacked_chart,
    time_panel,
)
from reports.charts.drawing import AXIS
from reports.tabulation import Estimate, Figure, ReferenceGroup, Shown, Suppressed
from reports.words import Words

EN = Words("en")
HIDDEN = Suppressed("small base")
SHEETS = pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
PERCENT = [(0.0, "0%"), (100.0, "100%")]


def boxes(chart: Drawing) -> list[Box]:
    return [mark for mark in chart.marks if isinstance(mark, Box)]


def lines(chart: Drawing) -> list[Line]:
    return [mark for mark in chart.marks if isinstance(mark, Line)]


def dots(chart: Drawing) -> list[Dot]:
    return [mark for mark in chart.marks if isinstance(mark, Dot)]


def said(chart: Drawing) -> list[str]:
    return [mark.text.replace("\u00a0", " ") for mark in chart.marks if isinstance(mark, Word)]


def bars(*shares: Share, sheet: Sheet = WIDE) -> Drawing:
    rows = [("Theme", [share]) for share in shares]
    return bar_chart(EN, rows, series=[""], title="T", description="D", sheet=sheet)


def stack(*counts: Figure, aside: tuple[Figure, ...] = (), values: tuple[float, ...] = ()) -> Drawing:
    values = values or tuple(float(place) for place, _ in enumerate(counts))
    return stacked_chart(
        EN,
        [Stack("Theme", counts, aside)],
        parts=[(str(value), value) for value in values],
        aside_label="Not sure" if aside else "",
        title="T",
        description="D",
    )


def spots(*estimates: Estimate[Figure] | None, band: tuple[Figure, Figure] | None = None) -> Drawing:
    rows = [("Theme", [Spot(estimate, "aside", band)]) for estimate in estimates]
    return spot_chart(EN, rows, series=[""], ticks=PERCENT, aside_width=90, title="T", description="D")


@SHEETS
def test_bars_start_at_zero_and_keep_their_proportion(sheet: Sheet) -> None:
    half, quarter = boxes(bars(Share(Shown(50), Shown(100)), Share(Shown(25), Shown(100)), sheet=sheet))
    assert half.x == quarter.x == lines(bars(Share(Shown(50), Shown(100)), sheet=sheet))[-1].x1
    assert half.width == pytest.approx(2 * quarter.width, abs=0.2)


def test_nobody_is_drawn_as_an_empty_bar_and_the_hidden_not_at_all() -> None:
    chart = bars(Share(Shown(0), Shown(100)), Share(HIDDEN, HIDDEN), Share(Shown(0), Shown(0)), Share(None, None))
    assert [box.width for box in boxes(chart)] == [0]
    assert said(chart)[1::2] == ["0% (0 of 100)", "too few", "–", "–"]


def test_the_line_of_chance_is_drawn_only_from_fifty_people() -> None:
    interval: Estimate[Figure] = Estimate(Shown(70.0), Shown(52.0), Shown(83.0))
    few = bars(Share(Shown(21), Shown(30), interval))
    enough = bars(Share(Shown(35), Shown(50), interval))
    assert len(lines(few)) == 1, "the axis alone"
    _, whisker, axis = lines(enough)
    assert axis.x1 < whisker.x1 < boxes(enough)[0].x + boxes(enough)[0].width < whisker.x2 < WIDE.width
    assert said(few)[-1] == "21 of 30"


@SHEETS
@given(counts=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=12))
def test_bars_and_their_words_stay_inside_the_chart(sheet: Sheet, counts: list[tuple[int, int]]) -> None:
    rows = [("A long theme title that wraps over several lines", [Share(Shown(a), Shown(a + b))]) for a, b in counts]
    chart = bar_chart(EN, rows, series=[""], title="T", description="D", sheet=sheet)
    for box in boxes(chart):
        assert box.x + box.width <= sheet.width - 90
        assert box.y + box.height <= chart.height
    for mark in chart.marks:
        if isinstance(mark, Word):
            assert mark.y <= chart.height


@given(st.lists(st.integers(0, 400), min_size=2, max_size=7))
def test_parts_fill_the_bar_and_never_touch(counts: list[int]) -> None:
    chart = stack(*map(Shown, counts))
    parts = boxes(chart)[len(counts) :]
    if sum(counts) == 0:
        assert (parts, said(chart)[-1]) == ([], "nobody answered")
        return
    assert len(parts) == sum(count > 0 for count in counts)
    assert parts[-1].x + parts[-1].width == pytest.approx(WIDE.width, abs=2)
    for one, following in pairwise(parts):
        assert one.x + one.width < following.x + 0.6


def test_a_bar_with_a_hidden_part_is_not_drawn() -> None:
    chart = stack(Shown(20), HIDDEN, Shown(30))
    assert len(boxes(chart)) == 3, "the key alone"
    assert said(chart)[-1] == "too few"


def test_answers_beside_the_scale_are_drawn_apart_from_it_in_proportion() -> None:
    chart = stack(Shown(60), Shown(40), aside=(Shown(20),))
    first, second, aside = boxes(chart)[3:]
    assert aside.width == pytest.approx((first.width + second.width + 3) / 5, abs=1)
    assert aside.x > second.x + second.width + 10
    assert said(chart)[-1] == "20"
    assert len(boxes(stack(Shown(60), Shown(40), aside=(HIDDEN,)))) == 5, "what is hidden is not drawn"


def test_the_highest_answer_is_the_darkest_whichever_way_the_scale_runs() -> None:
    def colours(*values: float) -> list[str]:
        return [box.fill for box in boxes(stack(*[Shown(50)] * len(values), values=values))[len(values) :]]

    assert colours(4, 3, 2, 1) == colours(1, 2, 3, 4)[::-1]
    assert luminance(colours(1, 2, 3, 4)[-1]) < luminance(colours(1, 2, 3, 4)[0])


def test_a_dot_stands_where_its_share_is_with_the_line_of_chance_through_it() -> None:
    chart = spots(Estimate(Shown(50.0), Shown(40.0), Shown(60.0)), Estimate(HIDDEN, None, None), None)
    (dot,) = dots(chart)
    start, *_, end = sorted({line.x1 for line in lines(chart) if line.x1 == line.x2})
    assert dot.x == pytest.approx((start + end) / 2, abs=0.2)
    whisker = next(line for line in lines(chart) if line.y1 == line.y2 == dot.y)
    assert whisker.x1 - start == pytest.approx(0.4 * (end - start), abs=0.2)
    assert whisker.x2 - start == pytest.approx(0.6 * (end - start), abs=0.2)
    assert said(chart).count("aside") == 3


def test_a_place_stands_on_the_band_that_chance_would_leave_it_in() -> None:
    chart = spots(Estimate(Shown(30.0), Shown(20.0), Shown(40.0)), band=(Shown(45.0), Shown(65.0)))
    (band,), (dot,) = boxes(chart), dots(chart)
    assert dot.x < band.x
    assert not boxes(spots(Estimate(Shown(30.0), None, None), band=(HIDDEN, HIDDEN)))


def test_who_is_missing_stands_beside_both_shares() -> None:
    group: ReferenceGroup[Figure] = ReferenceGroup(
        "young", "16 to 34", 30.0, Shown(20), Shown(10.0), Shown(-20.0), Shown(33.0), Shown(57), True
    )
    chart = reach_chart(
        EN, [("Young", group)], Shown(200), missing=["57 missing"], population="of all", title="T", description="D"
    )
    answered, population = boxes(chart)
    assert population.width == pytest.approx(3 * answered.width, abs=0.2)
    assert {"10% (20 of 200)", "30% of all", "57 missing"} <= set(said(chart))


def test_who_is_missing_stays_on_the_sheet_however_long_its_words_are() -> None:
    groups: list[tuple[str, ReferenceGroup[Figure]]] = [
        (
            name,
            ReferenceGroup("x", name, 45.0, Shown(people), Shown(people / 28), Shown(-27.0), Shown(40.0), None, True),
        )
        for name, people in (("Under 40", 2302), ("40 or over", 498))
    ]
    chart = reach_chart(
        EN,
        groups,
        Shown(2800),
        missing=["", "about 1,386 people of this age are missing"],
        population="of the population",
        title="T",
        description="D",
    )
    # Bold letters of 11 units are 6.4 units wide on average, others less.
    ends = [mark.x + 6.4 * len(mark.text) for mark in chart.marks if isinstance(mark, Word) and mark.style == "bold"]
    assert ends
    assert max(ends) <= WIDE.width


def known(value: int, low: int | None = None, high: int | None = None) -> Estimate[Figure]:
    """A share, with an interval where one is given."""
    return Estimate(Shown(value), None if low is None else Shown(low), None if high is None else Shown(high))


def over_time(*lines_over_time: Sequence[TimePoint]) -> Drawing:
    """Two surveys, with the same series in each."""
    return time_panel(
        lines_over_time,
        series=["", "", ""],
        times=["2024", "2025"],
        highest=100,
        ends=("0%", "100%"),
        title="T",
        description="D",
    )


@pytest.mark.parametrize("lowest", [0, 4, 11, 13, 20, 60])
def test_no_value_over_time_stands_on_an_axis_or_on_the_names_of_surveys(lowest: int) -> None:
    def at(value: int) -> list[TimePoint]:
        return [TimePoint(known(value), f"{value} %")] * 2

    chart = over_time(at(70), at(lowest))
    (axis,) = {line.y1 for line in lines(chart) if line.y1 == line.y2 and line.stroke == AXIS}
    words = [mark for mark in chart.marks if isinstance(mark, Word)]
    names = {word.y for word in words if word.text in ("2024", "2025")}
    for value in (word for word in words if word.text == f"{lowest} %"):
        # A letter is 8 units high, and stands on its line.
        assert value.y <= axis - 3 or value.y - 8 >= axis
        assert value.y + 2 <= min(names) - 8
    assert {word.text for word in words} >= {"0%", "100%"}


def test_a_line_over_time_breaks_where_the_question_is_new_and_where_nothing_is_known() -> None:
    def drawn(*points: TimePoint) -> int:
        chart = over_time(points)
        return sum(line.stroke == SERIES_COLOURS[0] for line in lines(chart))

    assert drawn(TimePoint(known(40), "40%"), TimePoint(known(50), "50%")) == 1
    assert drawn(TimePoint(known(40), "40%"), TimePoint(known(50), "50%", breaks=True)) == 0
    assert drawn(TimePoint(Estimate(HIDDEN, HIDDEN, HIDDEN), "too few"), TimePoint(known(50), "50%")) == 0


def test_each_value_over_time_has_its_interval_beside_those_of_other_groups_and_its_words_outside_them() -> None:
    def at(value: int, low: int, high: int) -> list[TimePoint]:
        return [TimePoint(known(value, low, high), f"{value} %")] * 2

    chart = over_time(at(70, 52, 84), at(66, 60, 72))
    upright = [line for line in lines(chart) if line.x1 == line.x2]
    assert [line.y1 - line.y2 for line in upright] == pytest.approx([0.96 * 32] * 2 + [0.96 * 12] * 2, abs=0.1)
    assert len({line.x1 for line in upright}) == 4
    words = {mark.text: mark.y for mark in chart.marks if isinstance(mark, Word)}
    assert words["70 %"] < min(line.y2 for line in upright)
    # A letter is 8 units high, and stands on its line.
    assert words["66 %"] - 8 > max(line.y1 for line in upright)
    assert not [line for line in lines(over_time([TimePoint(known(70), "70 %")] * 2)) if line.x1 == line.x2]


def test_a_page_from_right_to_left_has_the_chart_turned_round_and_its_texts_whole() -> None:
    chart = bars(Share(Shown(50), Shown(100)))
    turned = mirrored(chart)
    assert boxes(turned)[0].x + boxes(turned)[0].width == pytest.approx(WIDE.width - boxes(chart)[0].x)
    assert [text.strip("\u2067\u2069") for text in said(turned)] == said(chart)
    first = next(mark for mark in turned.marks if isinstance(mark, Word))
    assert (first.x, first.anchor) == (WIDE.width, "end")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("points", [5, 7, 11])
def test_colours_can_be_told_from_the_page_and_words_read_on_them(points: int) -> None:
    chart = stack(*[Shown(100)] * points)
    inks = [mark.fill for mark in chart.marks if isinstance(mark, Word) and mark.anchor == "middle"]
    fills = [box.fill for box in boxes(chart)[points:]]
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in zip(fills, inks, strict=True))
    assert len(set(fills)) == points, "no two answers share a colour"
    assert all(contrast(colour, "#ffffff") >= 3 for colour in SERIES_COLOURS)
    assert contrast(*SERIES_COLOURS[:2]) >= 3, "the two largest audiences can be told apart in grey"


@pytest.mark.parametrize("sheet", [WIDE, NARROW, PANEL], ids=["wide", "narrow", "panel"])
@pytest.mark.parametrize("drawn", [bar_chart, bar_panel])
def test_long_names_of_series_stand_whole_beside_their_bars(drawn: Callable[..., Drawing], sheet: Sheet) -> None:
    names = ["Patients", "Families and unpaid carers of people in treatment"]
    rows = [("Theme", [Share(Shown(60), Shown(80)), Share(Shown(20), Shown(80))])] * 2
    chart = drawn(EN, rows, series=names, title="T", description="D", sheet=sheet)
    bars = boxes(chart)
    words = [mark for mark in chart.marks if isinstance(mark, Word) and any(mark.text in name for name in names)]
    assert " ".join(word.text for word in words) == " ".join(names * 2)
    # A letter of this type is about five and a half units wide on average.
    assert all(word.x + 5.5 * len(word.text) <= bars[0].x for word in words)
    assert all(one.y + one.height < other.y for one, other in pairwise(bars))
    assert all(other.y - one.y >= one.size for one, other in pairwise(words))
