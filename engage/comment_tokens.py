"""What stands in a comment for something hidden, set apart so that its brackets stay around it in any direction."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from surveys.comments.showing import REDACTED, WITHHELD
from surveys.masking import KINDS

_TOKENS = re.compile("|".join(re.escape(token) for token in sorted({*KINDS.values(), REDACTED, WITHHELD})))


def with_tokens(words: str) -> Markup:
    """The words with each token as a stretch of its own that runs from left to right."""
    marked = _TOKENS.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', str(escape(words)))
    return Markup(marked)  # noqa: S704 The words were escaped, and tokens hold nothing to escape.
