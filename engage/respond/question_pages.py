"""The pages with questions: made once for each version and language, then filled in."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from engage.languages import Wording, wording
from engage.respond.arriving import Doorway
from engage.respond.fields import fields_of, paragraphs
from engage.respond.logos import Logo
from engage.respond.replies import language_links, survey_page, takes_gzip
from engage.respond.shells import Body, Filled, Shell, ready
from surveys.questionnaire import Questionnaire
from surveys.routing import JourneyPage, journey

TO_CHECK = "then=check"
"""The query of a page that was opened to change one answer and leads back to the list of them."""

Key = tuple[str, Logo | None, str, tuple[str, ...]]


def hidden_fields(token: str, row_version: int) -> Markup:
    """What a form carries: its token, and the state of the draft that it was made from."""
    html = f'<input type="hidden" name="token" value="{token}"><input type="hidden" name="draft" value="{row_version}">'
    return Markup(html)  # noqa: S704 Both parts are made here, of characters that need no escaping.


def question_page(
    doorway: Doorway, questionnaire: Questionnaire, page: JourneyPage, shown: tuple[str, ...], state: Filled
) -> Body:
    """The page with what was answered before."""
    shells = questionnaire.derived(_shells)
    key = (doorway.language, doorway.logo, page.id, shown)
    shell = shells.get(key)
    if shell is None:
        shell = shells[key] = Shell(
            lambda state: question_html(doorway, questionnaire, page, shown, state, errors={}, notice=None)
        )
    if state.back_to or any(name in state.values for name in shown):
        return shell.filled(state, compressed=takes_gzip())
    return shell.fresh(state.hidden, compressed=takes_gzip())


def corrected_page(
    doorway: Doorway,
    questionnaire: Questionnaire,
    page: JourneyPage,
    shown: tuple[str, ...],
    state: Filled,
    *,
    errors: dict[str, str],
    notice: str | None = None,
) -> Body:
    """The page as it was sent, with what has to be put right."""
    html = question_html(doorway, questionnaire, page, shown, state, errors=errors, notice=notice)
    return ready(html, compressed=takes_gzip())


def page_title(page: JourneyPage, words: Wording) -> str:
    """What a page is called: its theme, its title, or its first question."""
    if page.theme:
        return page.theme.plain_title.in_language(words.language)
    if page.page and page.page.title:
        return page.page.title.in_language(words.language)
    return page.questions[0].text.in_language(words.language)


def _shells(_questionnaire: Questionnaire) -> dict[Key, Shell]:
    return {}


def question_html(
    doorway: Doorway,
    questionnaire: Questionnaire,
    page: JourneyPage,
    shown: tuple[str, ...],
    state: Any,
    *,
    errors: dict[str, str],
    notice: str | None,
) -> str:
    """The HTML of a page of questions; ``state`` is what stands in its form."""
    words = wording(doorway.language)
    fields = [
        field for field in fields_of(questionnaire, page, words) if field.kind == "statement" or field.name in shown
    ]
    theme, title = page.theme, page_title(page, words)
    # The page's only question is its heading, unless the page has one of its own.
    is_heading = not theme and not (page.page and page.page.title)
    progress: str | None = None
    explanation: tuple[str, ...] = ()
    if theme:
        number = questionnaire.themes.index(theme) + 1
        progress = words("Theme %(number)s of %(total)s", number=number, total=len(questionnaire.themes))
        explanation = paragraphs(theme.explanation.in_language(words.language))
    return survey_page(
        "respond/questions.html",
        doorway,
        # Addresses are relative, so that one shell serves every collector of the survey.
        languages=_languages(doorway, page),
        back=state.back(_back(doorway, questionnaire, page)),
        title=title,
        is_heading=is_heading,
        progress=progress,
        explanation=explanation,
        fields=fields,
        state=state,
        errors=errors,
        notice=notice,
        clearable=[field for field in fields if field.kind == "radios"],
    )


def _back(doorway: Doorway, questionnaire: Questionnaire, page: JourneyPage) -> str:
    """The page before, whether or not this person's answers lead to it: if not, it leads further back itself."""
    pages = journey(questionnaire)
    place = pages.index(page)
    return f"./{pages[place - 1].id}" if place else f"../../{doorway.language}"


def _languages(doorway: Doorway, page: JourneyPage) -> list[dict[str, str]]:
    return [
        {**link, "address": f"../../{link['language']}/page/{page.id}"}
        for link in language_links(doorway, ("page", page.id))
    ]
