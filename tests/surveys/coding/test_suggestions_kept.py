from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.changing import add_code, split_code
from surveys.coding.frames import CodeText
from surveys.coding.suggestions_kept import (
    FrameChanged,
    keep_suggestions,
    learn_from,
    suggested_codes,
    suggestion_model,
)
from surveys.storage import tables
from tests.coding import give
from tests.factories import NOW
from tests.sampled import FIRST, Sampled, comments_to_sample, escalate


def keep(at: Sampled, version: int, *said: tuple[int, dict[str, float]]) -> None:
    """Suggestions for comments by their place."""
    keep_suggestions(
        at.session,
        frame=at.frame,
        frame_version=version,
        quality={"comments": 40},
        suggested=[
            (at.comments[place].ref, {at.code(name).id: chance for name, chance in codes.items()})
            for place, codes in said
        ],
        at=NOW,
        by=FIRST,
    )


def suggested(at: Sampled, place: int) -> dict[int, float]:
    return suggested_codes(at.session, frame_id=at.frame.id, ref=at.comments[place].ref)


def test_a_model_learns_from_what_people_coded_and_from_nothing_else(session: Session) -> None:
    at = comments_to_sample(session, 6)
    give(session, at.frame, at.comments[0], {"Waiting": "negative", "Staff": "positive"})
    give(session, at.frame, at.comments[1], {})
    give(session, at.frame, at.comments[2], {"Parking": "negative"})
    give(session, at.frame, at.comments[3], {"Waiting": "negative"})
    escalate(session, at.comments[3])
    escalate(session, at.comments[4])
    at.comments[0].words = "What everybody sees, about [name]."
    session.flush()
    split_code(session, code=at.code("Parking"), into=[CodeText("Spaces"), CodeText("Prices")], at=NOW, by=FIRST)
    found = learn_from(session, frame=at.frame)
    assert found.frame_version == 2
    # What had the code that was split waits to be coded again and teaches nothing; what was escalated is not read.
    assert found.coded_words == ("What everybody sees, about [name].", at.comments[1].words)
    assert found.coded == (frozenset({at.code("Waiting").id, at.code("Staff").id}), frozenset())
    assert found.uncoded == (at.comments[5].ref,)
    assert found.uncoded_words == (at.comments[5].words,)


def test_a_second_coders_codes_teach_nothing(session: Session) -> None:
    at = comments_to_sample(session, 1)
    at.say_all([{"Waiting": "negative"}])
    at.finish(at.draw(), {at.comments[0].ref: {"Staff": "positive"}})
    assert learn_from(session, frame=at.frame).coded == (frozenset({at.code("Waiting").id}),)


def test_suggestions_are_kept_the_likeliest_first_and_replaced_as_a_whole(session: Session) -> None:
    at = comments_to_sample(session, 2)
    keep(at, 1, (0, {"Waiting": 0.6, "Staff": 0.9}), (1, {"Parking": 0.7}))
    assert list(suggested(at, 0)) == [at.code("Staff").id, at.code("Waiting").id]
    keep(at, 1, (1, {"Staff": 0.5}))
    assert suggested(at, 0) == {}
    assert suggested(at, 1) == {at.code("Staff").id: 0.5}
    model = suggestion_model(session, frame_id=at.frame.id)
    assert model is not None
    assert model.quality == {"comments": 40, "frame_version": 1}


def test_suggestions_are_forgotten_when_the_codes_change_and_the_model_is_remembered(session: Session) -> None:
    at = comments_to_sample(session, 2)
    give(session, at.frame, at.comments[0], {})
    keep(at, 1, (1, {"Staff": 0.9}))
    add_code(session, frame=at.frame, text=CodeText("Signs"), at=NOW, by=FIRST)
    assert suggested(at, 1) == {}
    assert not session.scalars(select(tables.CodeSuggestion)).all()
    model = suggestion_model(session, frame_id=at.frame.id)
    assert model is not None
    assert (model.quality["frame_version"], at.frame.version) == (1, 2)


def test_what_was_learned_before_a_change_of_the_codes_is_not_kept(session: Session) -> None:
    at = comments_to_sample(session, 2)
    give(session, at.frame, at.comments[0], {})
    add_code(session, frame=at.frame, text=CodeText("Signs"), at=NOW, by=FIRST)
    with pytest.raises(FrameChanged):
        keep(at, 1, (1, {"Staff": 0.9}))
    assert suggested(at, 1) == {}


def test_nothing_is_suggested_for_a_comment_that_was_escalated_or_removed_meanwhile(session: Session) -> None:
    at = comments_to_sample(session, 2)
    escalate(session, at.comments[0])
    keep(at, 1, (0, {"Staff": 0.9}), (1, {"Staff": 0.9}))
    assert suggested(at, 0) == {}
    assert suggested(at, 1)
