from __future__ import annotations

import re

import pytest
from sqlalchemy.orm import Session

from surveys.coding.frames import live_codes, make_frame
from surveys.coding.starting import StartingFrame, starting_frames
from tests.coding import CODER
from tests.commented import a_commented_survey
from tests.factories import NOW

FRAMES = list(starting_frames().values())


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_a_starting_frame_begins_with_praise_that_names_nothing(frame: StartingFrame) -> None:
    assert 10 <= len(frame.codes) <= 14
    assert "general praise" in frame.codes[0].name
    assert "nothing" in frame.codes[0].include


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_what_a_code_leaves_out_has_a_code_in_the_same_frame(frame: StartingFrame) -> None:
    names = {code.name for code in frame.codes}
    pointed_to = {name for code in frame.codes for name in re.findall(r"that is “([^”]+)”", code.exclude)}
    assert pointed_to <= names
    assert len(pointed_to) >= 5


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.id)
def test_a_frame_is_made_from_it(session: Session, frame: StartingFrame) -> None:
    survey = a_commented_survey(session).survey
    made = make_frame(
        session, survey=survey, name=frame.name, questions=["comment"], codes=frame.codes, at=NOW, by=CODER
    )
    codes = live_codes(session, frame_id=made.id)
    assert [code.name for code in codes] == [code.name for code in frame.codes]
    assert codes[0].key == "nothing-to-add-or-general-praise"
