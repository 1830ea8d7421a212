"""The forms of the theme pages, and what they hold of a theme."""

from __future__ import annotations

import re
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from engage.studio.opening import DesignForm
from surveys.designing.themes import MOST_SENTENCES, ThemeWords

LONGEST_TITLE = 300
_TITLE = Length(max=LONGEST_TITLE, message=f"Use at most {LONGEST_TITLE} characters for the title")
_LINK = Regexp(
    r"^(https://[^\s/]+(/\S*)?|(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9_./-]*)$",
    message="Enter an address that begins with https://, or the name of a file",
)
_LINK_LENGTH = Length(max=1_000, message="Use an address of at most 1,000 characters")


class ThemesForm(DesignForm):
    """The list: what to do, and to which theme; or the title of a new one."""

    act = HiddenField(validators=[Optional(), Regexp(r"^(up|down|remove) [A-Za-z0-9_-]{1,60}$")])
    title = StringField("Title of a new theme", [_TITLE])

    def validate_title(self, field: Any) -> None:
        if not self.act.data and not field.data:
            raise ValidationError("Write the title of the theme that you want to add")


class ThemeForm(DesignForm):
    title = StringField("Official title", [_TITLE])
    plain_title = StringField("Plain title", [_TITLE])
    explanation = TextAreaField(
        "What this theme means", [Length(max=3_000, message="Use at most 3,000 characters; 60 words are best")]
    )
    easy_title = StringField("Title in easy words", [_TITLE])
    easy_sentences = TextAreaField("Sentences in easy words", [Length(max=3_000, message="Use fewer words")])
    picture = StringField("Picture", [Optional(), _LINK_LENGTH, _LINK])
    alt = StringField("What the picture shows", [Length(max=300, message="Say it in at most 300 characters")])
    audio = StringField("Recording of somebody reading it aloud", [Optional(), _LINK_LENGTH, _LINK])
    video = StringField("Video, for example in British Sign Language", [Optional(), _LINK_LENGTH, _LINK])

    def validate_easy_sentences(self, field: Any) -> None:
        if len(_lines(field.data)) > MOST_SENTENCES:
            raise ValidationError(f"Use at most {MOST_SENTENCES} sentences in easy words, each on a line of its own")

    def words(self) -> ThemeWords:
        """What was typed."""
        return ThemeWords(
            title=self.title.data or "",
            plain_title=self.plain_title.data or "",
            explanation=self.explanation.data or "",
            easy_title=self.easy_title.data or "",
            easy_sentences=tuple(_lines(self.easy_sentences.data)),
            picture=self.picture.data or "",
            alt=self.alt.data or "",
            audio=self.audio.data or "",
            video=self.video.data or "",
        )


def values_of(words: ThemeWords) -> dict[str, str]:
    """What the form shows of a theme's words, by field."""
    return {
        "title": words.title,
        "plain_title": words.plain_title,
        "explanation": words.explanation,
        "easy_title": words.easy_title,
        "easy_sentences": "\n".join(words.easy_sentences),
        "picture": words.picture,
        "alt": words.alt,
        "audio": words.audio,
        "video": words.video,
    }


def _lines(text: str | None) -> list[str]:
    return [line for line in re.split(r"\s*\n\s*", (text or "").strip()) if line]
