"""No column can say who answered, or in which order people did.

Every column of every table stands here by name. A new one fails until somebody has thought about it and added it, and
beside the tables that hold answers the thought is written down.
"""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Date, DateTime, Integer, Time

from engage.migrations import upgrade
from engage.settings import load_settings
from surveys.storage.tables import Base, DraftBase

# table -> column -> why it cannot lead to a person
ANSWERS = {
    "response": {
        "survey_id": "which survey",
        "key": "16 random bytes, never shown and never exported",
        "organisation_id": "who asked",
        "version_id": "which questions were asked",
        "collector_id": "which poster; many people share one",
        "submitted_on": "a date without a time",
        "language": "the language of the pages",
        "mode": "web, paper, kiosk, telephone, import or demonstration",
        "batch_id": "which imported file, none for an answer given here",
        "equality_key": "random, one way: removing the other row removes what it says",
        "codes": "closed answers, one byte each",
    },
    "response_document": {
        "survey_id": "which survey",
        "key": "the response's random key",
        "organisation_id": "who asked",
        "answers": "closed answers by id; open text stands in its own table",
    },
    "comment": {
        "survey_id": "which survey",
        "response_key": "the response's random key",
        "item_key": "which question",
        "organisation_id": "who asked",
        "batch_id": "which imported file",
        "text": "what the person chose to write; reviewed and masked before anyone quotes it",
        "language": "the language it was written in",
        "may_quote": "the sender's permission",
    },
    "screened_comment": {
        "ref": "16 random bytes, which pages and addresses call the comment by",
        "survey_id": "which survey",
        "response_key": "the response's random key; never in a page or an address",
        "item_key": "which question",
        "organisation_id": "who asked",
        "search_id": "random; the comment's number in the index of words",
        "words": "the comment without what may identify somebody",
        "masks": "where something was masked, and what kind; never the words",
        "level": "where it stands in the queue",
        "reasons": "the rules that say so",
        "rules": "the version of those rules",
    },
    "equality_answer": {
        "key": "16 random bytes",
        "survey_id": "which survey",
        "organisation_id": "who asked",
        "bank_version": "which wording was asked",
        "answers": "closed answers from the question bank",
        "submitted_on": "a date without a time",
    },
    "receipt": {
        "key_hash": "an HMAC of a form's random number; purged after two days",
        "answers_digest": "tells a repeat from a second person; purged with it",
        "kept_on": "a date without a time",
    },
    "sign_up": {
        "key": "16 random bytes, shared with no answer",
        "organisation_id": "who asked",
        "survey_id": "which survey the person wants to hear of",
        "wants": "a workshop, or the results",
        "contact": "an address that its owner typed here to be written to; shares no key, date or order with an answer",
    },
    "foreign_id": {
        "survey_id": "which survey",
        "id_hash": "the hash of another system's number; names no response here",
        "organisation_id": "who asked",
        "batch_id": "which imported file",
    },
    "draft": {
        "token_hash": "the hash of a random cookie",
        "collector_id": "which poster",
        "version_id": "which questions",
        "wrapped_key": "opens only with the person's cookie",
        "return_locator": "the hash of a random return code",
        "return_wrapped_key": "opens only with the return code",
        "content": "encrypted under the wrapped key",
        "row_version": "how often this draft was saved",
        "kept_on": "a date without a time",
    },
}

# Surveys, their places and the staff who run them: nobody who answers appears in these.
OTHERS = {
    "organisation": "id parent_id slug name kind logo logo_type colour standing_texts second_factor_required",
    "audience": "id organisation_id label minimum_base",
    "survey": "id organisation_id slug created_at opens_at closes_at withdrawn_at",
    "questionnaire_version": (
        "id survey_id organisation_id major minor sha256 document layout published_at published_by"
    ),
    "publication": "id survey_id organisation_id version_id at by",
    "collector": (
        "id survey_id organisation_id code name place audience_id channel language created_on stopped_at activity "
        "planned_on planned_reach reached remark done_at"
    ),
    "design_revision": ("survey_id revision organisation_id before document preparation change changed_at changed_by"),
    "survey_file": (
        "id survey_id organisation_id purpose name title media_type sha256 content added_at added_by removed_at"
    ),
    "preview_link": ("id survey_id organisation_id token_hash reader reader_role made_at made_by expires_at ended_at"),
    "reader_note": (
        "id survey_id organisation_id page text reader reader_role revision written_at settled_at settled_by"
    ),
    "sign_off": "id survey_id organisation_id subject name role revision signed_at",
    # Visits to a page on a day, added up: no visit has a row.
    "page_count": "survey_id collector_id counted_on page language count",
    "import_batch": "id survey_id organisation_id file_name started_at completed_at imported_by rows",
    "return_code_tries": "collector_id window_started_at tries",
    "account": (
        "id organisation_id email password_hash created_at disabled_at name password_changed_at second_factor "
        "second_factor_at second_factor_step last_signed_in_at"
    ),
    "recovery_code": "account_id code_hash used_at",
    "invitation": (
        "id organisation_id account_id email roles token_hash made_at made_by expires_at used_at cancelled_at"
    ),
    "sharing_agreement": (
        "id organisation_id survey_id reader_id scope own_place reference recorded_at recorded_by ended_at ended_by"
    ),
    "account_role": "account_id role",
    "staff_session": "id_hash account_id created_at last_seen_at expires_at browser to_be_renewed",
    "throttle": "key_hash window_started_at count",
    "job": (
        "id organisation_id kind parameters asked_at asked_by started_at finished_at failed_at progress result_path "
        "message"
    ),
    "results_snapshot": "id survey_id organisation_id filters document made_at",
    "commentary": (
        "id survey_id organisation_id edition state document row_version changed_at changed_by state_at state_by"
    ),
    "frozen_report": "id commentary_id organisation_id name media_type sha256 content made_at",
    "reference_population": "survey_id organisation_id document file_name given_at given_by",
    "wave": "survey_id earlier_survey_id organisation_id comparability linked_at linked_by",
    "place_thresholds": "survey_id organisation_id document changed_at changed_by",
    # How many people, by audience and group, stood behind results that were given out; who they were is nowhere.
    "published_counts": "id survey_id organisation_id filters counts made_at",
    # A meeting and how many people came; of whoever was there, no word that may identify them is stored.
    "workshop": (
        "id survey_id organisation_id held_on place facilitator_role audience_id people votes_each row_version "
        "added_at added_by changed_at changed_by removed_at removed_by"
    ),
    "workshop_theme": "workshop_id theme_id organisation_id votes agreed not_agreed ideas",
    # What staff did with comments, and when they did it. None of these tables knows a response.
    "comment_state": "ref survey_id organisation_id state owner reference level read_at read_by state_at state_by",
    "comment_passage": ("id ref survey_id organisation_id action start end reason made_at made_by undone_at undone_by"),
    "comment_translation": "ref language organisation_id words translated_by made_at made_by",
    "masking_list": "organisation_id hospital_number staff_names changed_at changed_by",
    "quote": (
        "id ref survey_id organisation_id item_key words state chosen_at chosen_by checked_at checked_by withdrawn_at "
        "withdrawn_by reason"
    ),
    "code_frame": "id survey_id organisation_id name kind questions version made_at made_by",
    "code": (
        "id frame_id organisation_id key name definition include exclude example position added_in retired_in "
        "merged_into_id"
    ),
    "code_frame_change": "id frame_id organisation_id version change at by",
    "coded_comment": "ref frame_id round organisation_id frame_version coded_at coded_by",
    "mention": "ref frame_id round code_id organisation_id sentiment suggested",
    "coding_sample": "frame_id round organisation_id coder drawn_at drawn_by",
    "coding_sample_comment": "frame_id round ref organisation_id first_codes",
    "suggestion_model": "frame_id organisation_id quality made_at made_by",
    "code_suggestion": "ref code_id organisation_id probability",
    "audit_event": "id organisation_id at actor action subject detail hash",
    "audit_head": "id event_id hash",
}

TABLES = {**Base.metadata.tables, **DraftBase.metadata.tables}


def test_every_table_has_been_thought_about() -> None:
    assert set(TABLES) == set(ANSWERS) | set(OTHERS)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_has_been_thought_about(name: str) -> None:
    allowed = set(ANSWERS[name]) if name in ANSWERS else set(OTHERS[name].split())
    assert {column.name for column in TABLES[name].columns} == allowed


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_table_of_answers_keeps_no_time_and_counts_nobody(name: str) -> None:
    for column in TABLES[name].columns:
        assert not isinstance(column.type, DateTime | Time), f"{name}.{column.name} keeps a time of day"
        counts_up = isinstance(column.type, Integer) and column.primary_key and not column.foreign_keys
        assert not counts_up, f"{name}.{column.name} would count answers as they arrive"
        if isinstance(column.type, Date):
            assert column.default is None, f"{name}.{column.name} is stamped by the database, not given"
            assert column.server_default is None, f"{name}.{column.name} is stamped by the database, not given"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The statements by which a migrated SQLite installation holds its tables, by name."""
    instance = tmp_path_factory.mktemp("instance")
    settings = load_settings({"ENGAGE_INSTANCE": str(instance)})
    upgrade(settings.database_url, settings.drafts_url)
    found: dict[str, str] = {}
    for path in Path(instance).rglob("*"):
        if path.is_file() and path.read_bytes().startswith(b"SQLite format 3"):
            with sqlite3.connect(path) as connection:
                found.update(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
            connection.close()
    return found


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_sqlite_keeps_no_row_number_beside_an_answer(migrated: dict[str, str], name: str) -> None:
    # A row number grows with every row, so it would tell who came before whom.
    assert migrated[name].rstrip().upper().endswith("WITHOUT ROWID")
