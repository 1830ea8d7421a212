"""The respondents' pages over a design: the same templates, forms that work, and nothing that is kept."""

from __future__ import annotations

from flask import Response, abort, request

from engage.respond.arriving import reception
from engage.respond.check_page import check_page
from engage.respond.one_page import one_page_html
from engage.respond.page_answers import is_conditional, is_visited, page_of, read_answers, shown_on, values_of
from engage.respond.posted import Posted, read_form
from engage.respond.question_pages import TO_CHECK, question_html
from engage.respond.replies import language_links, see_other, show, survey_page
from engage.respond.shells import Filled
from engage.respond.starting import leaflet_html, start_html
from engage.studio.preview.kept_answers import forget_answers, keep_answers, read_answers_of
from engage.studio.preview.page_names import ALL, CHECK, LEAFLET, START, TOKEN, question_page
from engage.studio.preview.reading import Preview, PreviewDoorway, open_doorway
from engage.studio.preview.trying import mark_tried
from surveys.answers import Answers
from surveys.routing import JourneyPage, is_shown, next_page, previous_page

MOST_BYTES = 512 * 1024


def show_start(preview: Preview, language: str | None = None) -> Response:
    """The page that a code on a poster would lead to."""
    doorway, desk = open_doorway(preview, language, START), reception()
    return show(start_html(doorway, desk, desk.documents.of(preview.survey.id), part_way=False))


def begin(preview: Preview, language: str | None = None) -> Response:
    """To the first page, with nothing answered."""
    doorway = open_doorway(preview, language, START)
    first = next_page(preview.questionnaire, None, {})
    response = see_other(doorway.address("page", first.id) if first else doorway.address("check"))
    forget_answers(preview, response)
    return response


def show_leaflet(preview: Preview, language: str) -> Response:
    """All themes with their explanations."""
    return show(leaflet_html(open_doorway(preview, language, LEAFLET)))


def show_all(preview: Preview, language: str) -> Response:
    """Every question on one page."""
    doorway = open_doorway(preview, language, ALL)
    return show(_all_html(preview, doorway, Posted({}), {}))


def send_all(preview: Preview, language: str) -> Response:
    """Send the page, or show it again with what has to be put right."""
    doorway = open_doorway(preview, language, ALL)
    request.max_content_length = MOST_BYTES
    posted = read_form(request)
    cleared = posted.one("clear")
    if cleared:
        return show(_all_html(preview, doorway, posted.without(cleared), {}))
    keys = [item.key for item in preview.questionnaire.items]
    read = read_answers(preview.questionnaire, keys, posted, doorway.wording)
    if read.errors:
        return show(_all_html(preview, doorway, posted, read.errors))
    return _sent(preview, doorway)


def _all_html(preview: Preview, doorway: PreviewDoorway, posted: Posted, errors: dict[str, str]) -> str:
    return one_page_html(
        doorway,
        preview.questionnaire,
        Filled(posted, preview.token()),
        action=None,
        back=doorway.address(),
        languages=language_links(doorway, ("all",)),
        errors=errors,
    )


def show_page(preview: Preview, language: str, page_id: str) -> Response:
    """A page of questions, with what this browser answered before."""
    doorway, page = _page(preview, language, page_id)
    answers = read_answers_of(preview)
    questionnaire = preview.questionnaire
    if is_conditional(questionnaire, page) and not is_shown(questionnaire, page, answers):
        before = previous_page(questionnaire, page_id, answers)
        return see_other(doorway.address("page", before.id) if before else doorway.address())
    return show(_page_html(preview, doorway, page, answers, Posted(values_of(answers)), {}))


def save_page(preview: Preview, language: str, page_id: str) -> Response:
    """Where the button leads, with the answers in the browser's own cookie."""
    doorway, page = _page(preview, language, page_id)
    answers, posted = read_answers_of(preview), read_form(request)
    cleared = posted.one("clear")
    posted = posted.without(cleared) if cleared else posted
    shown = shown_on(preview.questionnaire, page, answers)
    read = read_answers(preview.questionnaire, shown, posted, doorway.wording)
    answers = {**answers, **read.answers}
    errors, action = read.errors, posted.one("action")
    if not errors and action == "send" and all(value is None for value in answers.values()):
        errors = {shown[0] if shown else "maincontent": doorway.wording("Answer at least one question before you send")}
    if errors:
        return show(_page_html(preview, doorway, page, answers, posted, errors))
    if action == "send":
        return _sent(preview, doorway)
    if action == "later":
        return see_other(doorway.address("later"))
    leads_to_more = not set(shown_on(preview.questionnaire, page, answers)) <= set(shown)
    response = see_other(_next(preview, doorway, page, answers, stay=bool(cleared) or leads_to_more))
    keep_answers(preview, response, answers)
    return response


def _next(preview: Preview, doorway: PreviewDoorway, page: JourneyPage, answers: Answers, *, stay: bool) -> str:
    after = f"?{TO_CHECK}" if _leads_to_check() else ""
    if stay:
        return doorway.address("page", page.id) + after
    following = next_page(preview.questionnaire, page.id, answers)
    while after and following is not None and is_visited(following, answers):
        following = next_page(preview.questionnaire, following.id, answers)
    return doorway.address("page", following.id) + after if following else doorway.address("check")


def _leads_to_check() -> bool:
    return request.query_string == TO_CHECK.encode()


def _page(preview: Preview, language: str, page_id: str) -> tuple[PreviewDoorway, JourneyPage]:
    page = page_of(preview.questionnaire, page_id) or abort(404)
    return open_doorway(preview, language, question_page(page_id)), page


def _page_html(
    preview: Preview,
    doorway: PreviewDoorway,
    page: JourneyPage,
    answers: Answers,
    values: Posted,
    errors: dict[str, str],
) -> str:
    back_to = doorway.address("check") if _leads_to_check() else None
    return question_html(
        doorway,
        preview.questionnaire,
        page,
        shown_on(preview.questionnaire, page, answers),
        Filled(values, preview.token(), back_to),
        errors=errors,
        notice=None,
    )


def show_check(preview: Preview, language: str) -> Response:
    """Every answer so far."""
    doorway = open_doorway(preview, language, CHECK)
    return show(check_page(doorway, preview.questionnaire, read_answers_of(preview), preview.token()))


def send_check(preview: Preview, language: str) -> Response:
    """Go on as if the answers had been sent; nothing is."""
    doorway = open_doorway(preview, language, CHECK)
    if read_form(request).one("action") == "later":
        return see_other(doorway.address("later"))
    return _sent(preview, doorway)


def show_later(preview: Preview, language: str) -> Response:
    """What finishing later would be."""
    return _told(
        preview,
        language,
        "Finish this later",
        "Here people get a code with which they can carry on for 7 days. A test keeps no answers, so it has no code.",
    )


def show_sign_up(preview: Preview, language: str) -> Response:
    """What leaving an address would be."""
    return _told(
        preview,
        language,
        "Leave your email address or telephone number",
        "Here people can leave an address, apart from their answers. A test page takes none.",
    )


def _told(preview: Preview, language: str, heading: str, text: str) -> Response:
    doorway = open_doorway(preview, language, START)
    links = [{"address": doorway.address(), "text": doorway.wording("Go to the start of the survey")}]
    html = survey_page("respond/message.html", doorway, heading=heading, paragraphs=[text], links=links)
    return show(html)


def _sent(preview: Preview, doorway: PreviewDoorway) -> Response:
    """Where sending leads. An officer who came so far has tried the survey."""
    if preview.kind == "officer":
        mark_tried(preview)
    asked = bool(preview.questionnaire.equality)
    response = see_other(doorway.address("after", TOKEN, *(() if asked else ("thank-you",))))
    forget_answers(preview, response)
    return response
