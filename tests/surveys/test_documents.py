"""What a survey offers to read: put there, replaced, taken away and brought back; nothing but PDFs and https links."""

import datetime

import pytest
from sqlalchemy.orm import Session

from surveys.documents import (
    MOST_BYTES,
    DocumentRefused,
    document_content,
    documents_of,
    put_document,
    remove_document,
    removed_documents,
    restore_document,
    retitle_document,
)
from surveys.storage import tables
from tests.factories import NOW, a_survey

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def put(session: Session, survey: tables.Survey, *, minutes: int = 0, **changes: object) -> None:
    given = {"purpose": "summary", "title": "Read it", "file": "plan.pdf", "content": PDF, **changes}
    put_document(session, survey=survey, **given, at=NOW + datetime.timedelta(minutes=minutes), by="o@example.org")


def test_a_survey_offers_the_summary_first(session: Session) -> None:
    survey = a_survey(session)
    put(session, survey, purpose="easy_read", file="", content=b"", link="https://www.example.org/easy")
    put(session, survey)
    offered = documents_of(session, survey_id=survey.id)
    assert (offered[0].purpose, offered[0].title, offered[0].size) == ("summary", "Read it", len(PDF))
    assert offered[1].link == "https://www.example.org/easy"
    assert document_content(session, document=offered[0]) == PDF


def test_a_new_one_takes_the_place_of_the_old_one_which_can_come_back(session: Session) -> None:
    survey = a_survey(session)
    put(session, survey, file="first.pdf")
    put(session, survey, minutes=1, file="second.pdf")
    assert [one.file for one in documents_of(session, survey_id=survey.id)] == ["second.pdf"]
    later = NOW + datetime.timedelta(minutes=2)
    assert remove_document(session, survey=survey, purpose="summary", at=later) == "second.pdf"
    assert documents_of(session, survey_id=survey.id) == ()
    assert [one.file for one in removed_documents(session, survey_id=survey.id)] == ["second.pdf"]
    assert restore_document(session, survey=survey, purpose="summary", at=later) == "second.pdf"
    assert [one.file for one in documents_of(session, survey_id=survey.id)] == ["second.pdf"]


def test_nothing_is_taken_away_or_brought_back_where_nothing_is(session: Session) -> None:
    survey = a_survey(session)
    assert remove_document(session, survey=survey, purpose="summary", at=NOW) is None
    assert restore_document(session, survey=survey, purpose="summary", at=NOW) is None
    assert not retitle_document(session, survey=survey, purpose="summary", title="Other words")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html><script>%%EOF", b"PK\x03\x04 a zip", b"%PDF-1.7 cut off", PDF + b"x" * MOST_BYTES,
        b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF",
    ],
    ids=["nothing", "a page", "a zip", "cut off", "too large", "with a program"],
)  # fmt: skip
def test_what_is_no_plain_pdf_is_refused(session: Session, content: bytes) -> None:
    survey = a_survey(session)
    with pytest.raises(DocumentRefused):
        put(session, survey, content=content)
    assert documents_of(session, survey_id=survey.id) == ()


@pytest.mark.parametrize(
    "link", ["http://example.org", "javascript:alert(1)", "https://", "https://user@example.org/", "https://a b.org"]
)
def test_only_a_whole_https_address_is_a_link(session: Session, link: str) -> None:
    with pytest.raises(DocumentRefused):
        put(session, a_survey(session), file="", content=b"", link=link)
