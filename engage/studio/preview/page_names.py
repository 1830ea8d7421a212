"""The pages of a preview by their names in addresses: what they are called, and where each is edited."""

from __future__ import annotations

from engage.languages import wording
from engage.respond.page_answers import page_of
from engage.respond.question_pages import page_title
from surveys.questionnaire import Questionnaire

START, LEAFLET, ALL, CHECK = "start", "leaflet", "all", "check"
AFTER, THANK_YOU = "after/test", "after/test/thank-you"
TOKEN = "test"  # noqa: S105 Stands where an answer's own token stands in addresses; it opens nothing.

_NAMES = {
    START: "Start page",
    LEAFLET: "About the themes",
    ALL: "Everything on one page",
    CHECK: "Check your answers",
    AFTER: "Questions about you",
    THANK_YOU: "Thank you",
}


def question_page(page_id: str) -> str:
    """The name of a page with questions."""
    return f"page/{page_id}"


def is_page(questionnaire: Questionnaire, page: str) -> bool:
    """Whether the preview has this page."""
    return page in _NAMES or (
        page.startswith("page/") and page_of(questionnaire, page.removeprefix("page/")) is not None
    )


def path_of(page: str) -> tuple[str, ...]:
    """The parts of the page's address below its language."""
    return () if page == START else tuple(page.split("/"))


def named(questionnaire: Questionnaire, page: str) -> str:
    """What the page is called on staff pages, in the survey's own language."""
    if page in _NAMES:
        return _NAMES[page]
    found = page_of(questionnaire, page.removeprefix("page/"))
    if found is None:
        return "A page that was taken out"
    if not found.theme and not found.questions:
        return "A page without questions"
    title = str(page_title(found, wording(questionnaire.language)))
    return f"Theme {questionnaire.themes.index(found.theme) + 1}: {title}" if found.theme else title


def edit_address(slug: str, questionnaire: Questionnaire, page: str) -> str | None:
    """Where the words of the page are written; None where they belong to every survey."""
    here = f"/staff/surveys/{slug}"
    if page in (START, THANK_YOU):
        return f"{here}/about"
    if page == LEAFLET:
        return f"{here}/themes"
    if page == AFTER:
        return f"{here}/equality"
    if page == ALL:
        return f"{here}/questions"
    found = page_of(questionnaire, page.removeprefix("page/"))
    if found is None:
        return None
    if found.theme:
        return f"{here}/themes/{found.theme.id}"
    return f"{here}/questions/{found.questions[0].id}" if found.questions else f"{here}/questions"
