from emulator.gbcs.meaning.tree import Tree, document, lines

TREE = Tree("a", "1", (Tree("b", "", (Tree("c", "2"),), 4), Tree("c", "3")), 0)


def test_a_tree_is_indented_lines() -> None:
    assert list(lines(TREE)) == ["a: 1", "  b", "    c: 2", "  c: 3"]


def test_every_tree_with_a_label_is_found_in_reading_order() -> None:
    assert [each.value for each in TREE.find("c")] == ["2", "3"]


def test_a_document_leaves_out_what_says_nothing() -> None:
    assert document(TREE) == {
        "label": "a",
        "value": "1",
        "offset": 0,
        "children": [
            {"label": "b", "offset": 4, "children": [{"label": "c", "value": "2"}]},
            {"label": "c", "value": "3"},
        ],
    }
