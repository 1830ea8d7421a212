"""Whatever is masked or redacted never comes to light, whatever is decided about other passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.comments.showing import (
    REDACTED,
    Passage,
    find_words,
    own_span,
    shown_pieces,
    shown_words,
    surroundings,
)
from surveys.masking import KINDS, Mask

# Every letter of a text stands there once and in no token, so that finding it among the shown words proves a leak.
LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 60)]


@st.composite
def texts_with_masks(draw: st.DrawFn) -> tuple[str, tuple[Mask, ...]]:
    text = "".join(LETTERS[: draw(st.integers(1, len(LETTERS)))])
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(bounds[::2], bounds[1::2], strict=False))
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=len(spans), max_size=len(spans)))
    return text, tuple(Mask(start, end, kind) for (start, end), kind in zip(spans, kinds, strict=True))


@st.composite
def moderated(draw: st.DrawFn) -> tuple[str, tuple[Mask, ...], list[Passage]]:
    """A text after a sequence of redactions, lifted masks and undoing, as moderators make them on their page."""
    text, masks = draw(texts_with_masks())
    passages: list[Passage] = []
    for _ in range(draw(st.integers(0, 6))):
        pieces = shown_pieces(text, masks, passages)
        length = sum(len(piece.words) for piece in pieces)
        step = draw(st.sampled_from(["redact", "show", "undo"]))
        if step == "redact":
            start = draw(st.integers(0, length - 1))
            passages.append(Passage("redact", *own_span(pieces, start, draw(st.integers(start + 1, length)))))
        elif step == "show" and masks:
            mask = draw(st.sampled_from(masks))
            passages.append(Passage("show", mask.start, mask.end))
        elif step == "undo" and passages:
            passages.pop(draw(st.integers(0, len(passages) - 1)))
    return text, masks, passages


def hidden_letters(text: str, masks: tuple[Mask, ...], passages: list[Passage]) -> set[str]:
    """What nobody may see: redacted passages, and masks that nobody lifted."""
    redacted = [text[one.start : one.end] for one in passages if one.action == "redact"]
    lifted = {(one.start, one.end) for one in passages if one.action == "show"}
    masked = [text[mask.start : mask.end] for mask in masks if (mask.start, mask.end) not in lifted]
    return set("".join(redacted + masked))


@given(moderated())
def test_nothing_hidden_is_shown_and_everything_else_is_in_its_order(
    case: tuple[str, tuple[Mask, ...], list[Passage]],
) -> None:
    text, masks, passages = case
    shown = shown_words(text, masks, passages)
    hidden = hidden_letters(text, masks, passages)
    assert not hidden & set(shown)
    assert [letter for letter in shown if letter in LETTERS] == [letter for letter in text if letter not in hidden]


@given(moderated(), st.data())
def test_undoing_what_was_done_last_shows_what_was_shown_before(
    case: tuple[str, tuple[Mask, ...], list[Passage]], data: st.DataObject
) -> None:
    text, masks, passages = case
    pieces = shown_pieces(text, masks, passages)
    length = sum(len(piece.words) for piece in pieces)
    start = data.draw(st.integers(0, length - 1))
    passage = Passage("redact", *own_span(pieces, start, data.draw(st.integers(start + 1, length))))
    assert shown_words(text, masks, [*passages, passage][:-1]) == "".join(piece.words for piece in pieces)


@given(moderated(), st.data())
def test_taking_shown_words_out_takes_out_those_and_whole_tokens_alone(
    case: tuple[str, tuple[Mask, ...], list[Passage]], data: st.DataObject
) -> None:
    text, masks, passages = case
    pieces = shown_pieces(text, masks, passages)
    shown = "".join(piece.words for piece in pieces)
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    after = shown_words(text, masks, [*passages, Passage("redact", *own_span(pieces, start, end))])
    gone = {letter for letter in shown[start:end] if letter in LETTERS}
    assert [letter for letter in after if letter in LETTERS] == [
        letter for letter in shown if letter in LETTERS and letter not in gone
    ]
    assert REDACTED in after


@given(moderated())
def test_pieces_cover_the_text_once_and_in_order(case: tuple[str, tuple[Mask, ...], list[Passage]]) -> None:
    text, masks, passages = case
    pieces = shown_pieces(text, masks, passages)
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == len(text)
    assert all(piece.words == text[piece.start : piece.end] for piece in pieces if not piece.hides)
    at = 0
    for piece in pieces:
        assert own_span(pieces, at, at + len(piece.words)) == (piece.start, piece.end)
        at += len(piece.words)


@given(st.text(min_size=1))
def test_without_masks_and_passages_words_are_the_text_itself(text: str) -> None:
    assert shown_words(text, ()) == text


def test_a_wider_mask_that_later_rules_find_hides_what_was_lifted() -> None:
    text = "Ask Sister Ward about it."
    lifted = Passage("show", 4, 10)
    assert shown_words(text, [Mask(4, 10, "name")], [lifted]) == text
    assert shown_words(text, [Mask(4, 15, "name")], [lifted]) == "Ask [name] about it."


def test_a_redaction_that_later_rules_find_to_be_part_of_a_detail_hides_all_of_it() -> None:
    text = "Ask Sister Ward about it."
    assert shown_words(text, [Mask(4, 15, "name")], [Passage("redact", 11, 15)]) == f"Ask {REDACTED} about it."


def test_a_lifted_mask_can_be_taken_out_in_part() -> None:
    text = "Ask Sister Ward about it."
    passages = [Passage("show", 4, 15), Passage("redact", 11, 15)]
    assert shown_words(text, [Mask(4, 15, "name")], passages) == f"Ask Sister {REDACTED} about it."


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("the ward", [(0, 8), (13, 21)]),
        ("the\nward", [(0, 8), (13, 21)]),
        ("  ward  ", [(4, 8), (17, 21)]),
        ("The ward", []),
        ("[name]", [(22, 28)]),
        ("w.rd", []),
        (" ", []),
        ("", []),
    ],
)
def test_words_are_found_as_they_are_shown_whatever_stands_between_them(
    wanted: str, found: list[tuple[int, int]]
) -> None:
    assert list(find_words("the ward and the\xa0ward [name]", wanted)) == found


@given(
    st.lists(st.sampled_from([*KINDS.values(), REDACTED, "she", "rang", "to", "us,", "unfortunately"]), min_size=1),
    st.data(),
)
def test_what_stands_around_words_is_cut_between_words_and_never_inside_a_token(
    words: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(words) - 1))
    start = sum(len(word) + 1 for word in words[:number])
    end = start + len(words[number])
    shown = " ".join(words)
    before, after = surroundings(shown, start, end)
    assert before + shown[start:end] + after in shown
    assert len(before) <= 40 >= len(after)
    for part in (before, after):
        assert part.count("[") == part.count("]")
        assert set(part.split()) <= set(shown.split())


def test_a_short_comment_stands_around_its_words_as_a_whole() -> None:
    assert surroundings("Dr [name] was late", 10, 13) == ("Dr [name] ", " late")


def test_a_span_without_words_stands_for_nothing() -> None:
    pieces = shown_pieces("Good", ())
    with pytest.raises(ValueError, match="no words"):
        own_span(pieces, 4, 4)
