"""Storing what people send: every response, from whatever source, passes through here."""

from surveys.collecting.batches import (
    begin_batch,
    complete_batch,
    discard_batch,
    known_foreign_ids,
    responses_by_collector,
    visible_comments,
    visible_responses,
)
from surveys.collecting.equality import add_equality_answers, remove_equality_answers
from surveys.collecting.removing import remove_response
from surveys.collecting.sending import Collected, Mode, Sent, collect, collect_many, sent_before

__all__ = [
    "Collected",
    "Mode",
    "Sent",
    "add_equality_answers",
    "begin_batch",
    "collect",
    "collect_many",
    "complete_batch",
    "discard_batch",
    "known_foreign_ids",
    "remove_equality_answers",
    "remove_response",
    "responses_by_collector",
    "sent_before",
    "visible_comments",
    "visible_responses",
]
