"""Pages that are compressed before it is known what stands in them arrive as they were written."""

import gzip

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from engage.respond.shells import Filled, Shell

REPEATED = "<p>Words that come again and again, before the hidden fields and after them.</p>" * 400


@given(st.text(max_size=300), st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_a_page_reads_the_same_compressed_or_not(words: str, hidden: list[str]) -> None:
    shell = Shell(
        lambda state: f"{escape(words)}{REPEATED}{state.text('a')}{state.hidden_fields()}{REPEATED}{escape(words)}"
    )
    for fields in map(str, map(escape, hidden)):
        plain, packed = shell.fresh(fields, compressed=False), shell.fresh(fields, compressed=True)
        assert packed.is_compressed
        assert gzip.decompress(packed.body) == plain.body
        assert fields.encode() in plain.body


def test_what_follows_the_hidden_fields_is_compressed_with_what_precedes_them() -> None:
    shell = Shell(lambda state: f"{REPEATED}{state.hidden_fields()}{REPEATED}")
    whole = gzip.compress((REPEATED * 2).encode(), 9)
    assert len(shell.fresh("", compressed=True).body) <= len(whole) + 40


def test_a_filled_page_holds_the_answer_where_the_fresh_one_holds_none() -> None:
    shell = Shell(lambda state: f"<textarea>{state.text('a')}</textarea>{state.hidden_fields()}")
    assert shell.fresh("", compressed=False).body == b"<textarea></textarea>"
    assert shell.filled(Filled({"a": ("<b>",)}), compressed=False).body == b"<textarea>&lt;b&gt;</textarea>"
