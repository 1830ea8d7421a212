"""What somebody typed into a form of the staff pages, to be shown again where it cannot be saved."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

AUTOSAVE = "X-Autosave"
"""The header by which a script says that it saves on its own and wants no page back."""

# Passwords and codes are typed there, which nobody wants to see again.
_SECRET = ("/staff/sign-in", "/staff/second-factor", "/staff/account", "/staff/invitation")
_HIDDEN = ("csrf_token", "revision", "seen")


def typed_texts() -> list[str]:
    """What somebody typed into the form that was sent, without what the form carries by itself."""
    if request.method != "POST" or request.path.startswith(_SECRET):
        return []
    try:
        fields = request.form.lists()
    except (RequestEntityTooLarge, OSError):
        return []
    return [text for name, texts in fields if name not in _HIDDEN for text in texts if " " in text.strip()]
