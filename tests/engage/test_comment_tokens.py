"""What stands for something hidden keeps its brackets around it, whatever the direction of the words."""

from engage.comment_tokens import with_tokens


def test_tokens_run_from_left_to_right_inside_any_words_and_all_else_is_escaped() -> None:
    assert with_tokens("هاتفي [phone number]. <b>[…]</b> [x] & [name]") == (
        'هاتفي <bdi dir="ltr">[phone number]</bdi>. &lt;b&gt;<bdi dir="ltr">[…]</bdi>&lt;/b&gt; [x] &amp; '
        '<bdi dir="ltr">[name]</bdi>'
    )
