"""Trees against each other: what differs is marked in both, what nobody asked for in none."""

from emulator.bench.running.difference import DIFFERS, document_lines, marked
from emulator.gbcs.meaning.tree import Tree

SEEN = Tree(
    "response", "", (Tree("counter", "2"), Tree("recipient", "A"), Tree("message", "more", (), 7))
)


def test_what_is_alike_has_no_mark() -> None:
    expected, seen = marked(Tree("response", "", (Tree("recipient", "A"),)), SEEN)

    assert "'differs'" not in repr((expected, seen))


def test_a_value_that_differs_is_marked_on_both_sides_and_nowhere_else() -> None:
    expected, seen = marked(Tree("response", "", (Tree("counter", "1"),)), SEEN)

    assert expected == {
        "label": "response",
        "children": [{"label": "counter", "value": "1", DIFFERS: True}],
    }
    assert seen == {
        "label": "response",
        "children": [
            {"label": "counter", "value": "2", DIFFERS: True},
            {"label": "recipient", "value": "A"},
            {"label": "message", "value": "more", "offset": 7},
        ],
    }


def test_what_is_missing_is_marked_where_it_was_expected() -> None:
    expected, _ = marked(Tree("response", "", (Tree("MAC", "any"),)), SEEN)

    assert expected is not None
    assert expected["children"] == [{"label": "MAC", "value": "any", DIFFERS: True}]


def test_labels_that_stand_twice_are_matched_in_order() -> None:
    expected, seen = marked(
        Tree("list", "", (Tree("item", "a"), Tree("item", "b"))),
        Tree("list", "", (Tree("item", "a"), Tree("item", "c"))),
    )

    assert expected is not None
    assert seen is not None
    assert [DIFFERS in each for each in expected["children"]] == [False, True]
    assert [DIFFERS in each for each in seen["children"]] == [False, True]


def test_a_tree_without_a_counterpart_stands_unmarked() -> None:
    assert marked(None, Tree("a", "1")) == (None, {"label": "a", "value": "1"})
    assert marked(Tree("a"), None) == ({"label": "a"}, None)


def test_lines_show_marks_and_depth() -> None:
    document, _ = marked(Tree("response", "", (Tree("counter", "1"),)), SEEN)

    assert document is not None
    assert document_lines(document) == ["  response", ">   counter: 1"]


def test_a_value_differs_whichever_comes_first_in_the_alphabet() -> None:
    for wanted, got in (("1", "2"), ("2", "1")):
        expected, _ = marked(Tree("counter", wanted), Tree("counter", got))

        assert expected == {"label": "counter", "value": wanted, DIFFERS: True}


def test_what_follows_something_missing_is_matched_still() -> None:
    wanted = Tree("response", "", (Tree("MAC", "any"), Tree("counter", "1")))

    expected, seen = marked(wanted, SEEN)

    assert expected is not None
    assert seen is not None
    assert [each["label"] for each in expected["children"]] == ["MAC", "counter"]
    assert seen["children"][0] == {"label": "counter", "value": "2", DIFFERS: True}


def test_each_level_is_indented_further_than_the_one_above() -> None:
    deep = Tree("message", "", (Tree("payload", "", (Tree("item", "", (Tree("value", "7"),)),)),))

    _, document = marked(None, deep)

    assert document is not None
    assert document_lines(document) == [
        "  message",
        "    payload",
        "      item",
        "        value: 7",
    ]
