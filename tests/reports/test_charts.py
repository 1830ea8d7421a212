"""Charts draw from zero, in proportion, and nothing of what is hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import WIDTH, Share, bar_chart, stacked_chart
from reports.tabulation import Estimate, Shown, Suppressed
from reports.words import Words

HIDDEN = Suppressed("small base")
EN = Words("en")


def drawn(*shares: Share) -> list[float | None]:
    chart = bar_chart(EN, [("Theme", [share]) for share in shares], series=[""], title="T", description="D")
    return [bar.width for row in chart.rows for bar in row.bars]


def test_bars_start_at_zero_and_keep_their_proportion() -> None:
    half, quarter = drawn(Share(Shown(50), Shown(100)), Share(Shown(25), Shown(100)))
    assert half == pytest.approx(2 * (quarter or 0))


def test_nobody_is_drawn_as_an_empty_bar_and_the_hidden_not_at_all() -> None:
    assert drawn(Share(Shown(0), Shown(100)), Share(HIDDEN, HIDDEN), Share(Shown(0), Shown(0)), Share(None, None)) == [
        0,
        None,
        None,
        None,
    ]


def test_the_line_of_chance_is_drawn_only_from_fifty_people() -> None:
    interval = Estimate(Shown(70.0), Shown(52.0), Shown(83.0))
    chart = bar_chart(
        EN,
        [("A", [Share(Shown(21), Shown(30), interval)]), ("B", [Share(Shown(35), Shown(50), interval)])],
        series=[""],
        title="T",
        description="D",
    )
    (few,), (enough,) = (row.bars for row in chart.rows)
    assert few.low is None
    assert enough.low is not None
    assert enough.high is not None
    assert chart.left < enough.low < enough.high < WIDTH
    assert few.value.replace("\u00a0", " ") == "21 of 30"


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=12))
def test_bars_and_their_words_stay_inside_the_chart(counts: list[tuple[int, int]]) -> None:
    rows = [("A long theme title that wraps over several lines", [Share(Shown(a), Shown(a + b))]) for a, b in counts]
    chart = bar_chart(EN, rows, series=[""], title="T", description="D")
    for row in chart.rows:
        for bar in row.bars:
            assert chart.left + (bar.width or 0) <= WIDTH - 90
            assert bar.y + bar.height <= chart.height
        assert max(y for y, _ in row.lines) <= chart.height


@given(st.lists(st.integers(0, 400), min_size=2, max_size=7))
def test_parts_fill_the_bar_and_never_touch(counts: list[int]) -> None:
    chart = stacked_chart(
        EN,
        [("Theme", [Shown(count) for count in counts], "")],
        parts=[(f"Part {number}", number) for number, _ in enumerate(counts)],
        aside_label="",
        title="T",
        description="D",
    )
    (row,) = chart.rows
    if sum(counts) == 0:
        assert (row.segments, row.instead) == ((), "nobody answered")
        return
    assert len(row.segments) == sum(count > 0 for count in counts)
    assert row.segments[-1].x + row.segments[-1].width == pytest.approx(chart.right, abs=2)
    for one, following in zip(row.segments, row.segments[1:], strict=False):
        assert one.x + one.width < following.x + 0.6


def test_a_bar_with_a_hidden_part_is_not_drawn() -> None:
    chart = stacked_chart(
        EN,
        [("Theme", [Shown(20), HIDDEN, Shown(30)], "3")],
        parts=[("a", 3), ("b", 2), ("c", 1)],
        aside_label="Not sure",
        title="T",
        description="D",
    )
    assert (chart.rows[0].segments, chart.rows[0].instead) == ((), "too few")


def test_the_highest_answer_is_the_darkest_whichever_way_the_scale_runs() -> None:
    def colours(*values: float) -> list[str]:
        chart = stacked_chart(
            EN,
            [("Theme", [Shown(50)] * len(values), "")],
            parts=[(str(value), value) for value in values],
            aside_label="",
            title="T",
            description="D",
        )
        return [part.colour for part in chart.rows[0].segments]

    assert colours(4, 3, 2, 1) == colours(1, 2, 3, 4)[::-1]
    assert luminance(colours(1, 2, 3, 4)[-1]) < luminance(colours(1, 2, 3, 4)[0])


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_can_be_told_from_the_page_and_words_read_on_them() -> None:
    chart = stacked_chart(
        EN,
        [("Theme", [Shown(100)] * 5, "")],
        parts=[(letter, place) for place, letter in enumerate("abcde")],
        aside_label="",
        title="T",
        description="D",
    )
    assert all(contrast(part.colour, part.ink) >= 4.5 for part in chart.rows[0].segments)
    bars = bar_chart(
        EN, [("Theme", [Share(Shown(1), Shown(2))] * 6)], series=list("abcdef"), title="T", description="D"
    )
    assert all(contrast(bar.colour, "#ffffff") >= 3 for bar in bars.rows[0].bars)
