from __future__ import annotations

import csv
import io

from sqlalchemy.orm import Session

from surveys.coding.changing import add_code, reword_code, split_code
from surveys.coding.code_list import COLUMNS, code_list_csv, comments_per_code
from surveys.coding.frames import CodeText, change_frame
from surveys.coding.history import history
from surveys.coding.merging import merge_codes, retire_code, undo_change
from surveys.storage import tables
from tests.coding import CODER, a_frame, code_named, give
from tests.commented import a_comment, a_commented_survey
from tests.factories import NOW

SECRET = "Purple elephants on the ward"


def test_the_history_tells_every_change_and_never_a_comment(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at, "Waiting", "Staff", "Parking", "Buses")
    comments = [a_comment(session, at, SECRET) for _ in range(3)]
    for comment in comments:
        give(session, frame, comment, {"Staff": "negative", "Parking": "neutral", "Waiting": "positive"})
    add_code(session, frame=frame, text=CodeText("Food"), at=NOW, by=CODER)
    food = code_named(session, frame, "Food")
    reword_code(session, code=food, text=CodeText("Meals"), same_meaning=True, at=NOW, by=CODER)
    parts = [CodeText("Nurses"), CodeText("Doctors")]
    split_code(session, code=code_named(session, frame, "Staff"), into=parts, at=NOW, by=CODER)
    for comment in comments[:2]:
        give(session, frame, comment, {"Nurses": "negative", "Parking": "neutral"})
    parking, buses = (code_named(session, frame, name) for name in ("Parking", "Buses"))
    merge_codes(session, kept=buses, merged=[parking], at=NOW, by=CODER)
    retire_code(session, code=code_named(session, frame, "Waiting"), at=NOW, by=CODER)
    undo_change(
        session, change=session.get_one(tables.CodeFrameChange, history(session, frame=frame)[0].id), at=NOW, by=CODER
    )
    change_frame(session, frame=frame, name="Themes", questions=["comment", "missing"], at=NOW, by=CODER)
    lines = history(session, frame=frame)
    assert [line.words for line in reversed(lines)] == [
        "“Food” was added.",
        "“Food” was reworded and is now called “Meals”; it means the same as before.",
        "“Staff” was split into “Nurses” and “Doctors”. 3 comments to code again.",
        "2 comments coded again.",
        "“Parking” was merged into “Buses”. 3 comments moved.",
        "“Waiting” was retired. 1 comment lost it and stays coded.",
        "Retiring “Waiting” was taken back. 1 comment restored.",
        "The frame applies to more questions.",
    ]
    assert [line.undoable for line in lines] == [False, False, False, True, False, False, False, False]
    assert lines[2].fault == "It was taken back already."
    kept = [one.change for one in session.query(tables.CodeFrameChange)]
    assert not any(word in str(kept) for word in SECRET.split() if len(word) > 4)


def test_the_list_of_codes_has_every_code_and_no_formula(session: Session) -> None:
    at = a_commented_survey(session)
    frame = a_frame(session, at, "=SUM(A1)", "Waiting", "Queues")
    give(session, frame, a_comment(session, at, "Slow"), {"Waiting": "negative", "Queues": "neutral"})
    waiting, queues = (code_named(session, frame, name) for name in ("Waiting", "Queues"))
    assert comments_per_code(session, frame=frame) == {waiting.id: 1, queues.id: 1}
    merge_codes(session, kept=waiting, merged=[queues], at=NOW, by=CODER)
    assert comments_per_code(session, frame=frame) == {waiting.id: 1}
    rows = list(csv.DictReader(io.StringIO(code_list_csv(session, frame=frame))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == ["'=SUM(A1)", "Waiting", "Queues"]
    assert (rows[2]["retired in version"], rows[2]["merged into"]) == ("2", "waiting")
