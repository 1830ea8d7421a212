"""Reading what a form posts: the one boundary through which text from respondents comes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from flask import Request

MOST_FIELDS = 4000
LONGEST_NAME = 200
_UNSTORABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(55296, 57344)))


class Posted(Mapping[str, tuple[str, ...]]):
    """The values of each control by its name. A name that was not posted has no values."""

    def __init__(self, values: Mapping[str, tuple[str, ...]]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._values.get(name, ())

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def one(self, name: str) -> str:
        """The first value of the control, or an empty text."""
        values = self._values.get(name)
        return values[0] if values else ""

    def without(self, *names: str) -> Posted:
        """The same without these controls."""
        return Posted({name: values for name, values in self._values.items() if name not in names})


def read_form(request: Request) -> Posted:
    """What the request posts, without characters that no database stores. RequestEntityTooLarge past the limit."""
    if request.mimetype != "application/x-www-form-urlencoded":
        pairs = [(name, value) for name, values in request.form.lists() for value in values]
    else:
        body = request.get_data(cache=True).decode("utf-8", "replace")
        try:
            pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
        except ValueError:
            # More fields than any form of ours has: nothing in it can be trusted to be an answer.
            pairs = []
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if len(name) <= LONGEST_NAME:
            # Answers are composed and stripped when they are parsed; this also covers what is only shown again.
            values[name] = (*values.get(name, ()), value if value.isprintable() else value.translate(_UNSTORABLE))
    return Posted(values)
