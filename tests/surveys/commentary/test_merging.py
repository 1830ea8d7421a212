"""Two people who write at once: nobody's words are lost, and nobody is asked about what only one of them changed."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from surveys.commentary.merging import decided, merge, replied, seen_as, seen_from
from surveys.commentary.texts import Recommendation, Texts

TODAY = datetime.date(2026, 11, 21)
WORDS = st.sampled_from(["", "One.", "Two.", "Three."])
ADVICE = st.sampled_from([None, "keep", "drop"])
TEXTS = st.builds(
    lambda purpose, summary, first, second: Texts(
        front={"purpose": purpose},
        summary=summary,
        themes={"waiting": Recommendation(*first), "digital": Recommendation(*second)},
    ),
    WORDS,
    WORDS,
    st.tuples(ADVICE, WORDS),
    st.tuples(ADVICE, WORDS),
)


def merged(stored: Texts, mine: Texts, seen: str) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    found = merge(stored=stored, mine=mine, seen=seen_from(seen), by="Anna", on=TODAY)
    return found.texts.parts(), found.conflicts


@given(TEXTS, TEXTS, TEXTS)
def test_each_part_is_kept_taken_or_asked_about(base: Texts, theirs: Texts, mine: Texts) -> None:
    result, conflicts = merged(theirs, mine, seen_as(base))
    first, second, own = base.parts(), theirs.parts(), mine.parts()
    for part in own:
        i_wrote, they_wrote = own[part] != first[part], second[part] != first[part]
        assert (part in conflicts) == (i_wrote and they_wrote and own[part] != second[part])
        assert result[part] == (own[part] if i_wrote and part not in conflicts else second[part])


@given(TEXTS, TEXTS)
def test_alone_everything_is_taken_and_signed(base: Texts, mine: Texts) -> None:
    found = merge(stored=base, mine=mine, seen=seen_from(seen_as(base)), by="Anna", on=TODAY)
    assert (found.texts.parts(), found.conflicts) == (mine.parts(), ())
    for theme_id, one in found.texts.themes.items():
        changed = (one.advice, one.reason) != (base.theme(theme_id).advice, base.theme(theme_id).reason)
        assert (one.by, one.on) == (("Anna", TODAY) if changed else ("", None))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_page_that_stays_open_goes_on_without_taking_anybodys_words(
    base: Texts, theirs: Texts, mine: Texts, later: Texts
) -> None:
    """A script saves twice from one page, and somebody else wrote before the first time."""
    first = merge(stored=theirs, mine=mine, seen=seen_from(seen_as(base)), by="Anna", on=TODAY)
    if first.conflicts:
        return
    seen = replied(shown=mine, stored=first.texts, seen=seen_from(seen_as(base)))
    result, conflicts = merged(first.texts, later, seen)
    shown, stored, own = mine.parts(), first.texts.parts(), later.parts()
    for part in own:
        if own[part] == shown[part]:
            assert result[part] == stored[part], "what was not touched keeps what is stored"
        elif shown[part] == stored[part]:
            assert result[part] == own[part]
        else:
            assert part in conflicts or own[part] == stored[part], "what the page never showed is asked about"


@given(TEXTS, TEXTS, TEXTS)
def test_whoever_saves_after_reading_both_texts_means_their_own(base: Texts, theirs: Texts, mine: Texts) -> None:
    seen = seen_from(seen_as(base))
    conflicts = merge(stored=theirs, mine=mine, seen=seen, by="Anna", on=TODAY).conflicts
    result, again = merged(theirs, mine, decided(theirs, seen, conflicts))
    assert again == ()
    assert all(result[part] == mine.parts()[part] for part in conflicts)


def test_a_page_that_never_showed_a_part_cannot_overwrite_it() -> None:
    stored = Texts(summary="Theirs.")
    assert merged(stored, Texts(summary="Mine."), "nonsense")[1] == ("summary",)
