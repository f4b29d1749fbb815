"""Words in a figure: broken where they are long, and put where they cover nothing."""

from app.charts.lettering import Room, room, two_lines


def test_only_long_words_are_broken_and_in_their_middle():
    """A word without a space, or one that is broken already, stays as it is."""
    assert two_lines("ngắn", 10) == "ngắn"
    assert two_lines("mộttừthậtdàikhôngcódấucách", 10) == "mộttừthậtdàikhôngcódấucách"
    assert two_lines("một<br>hai ba bốn", 10) == "một<br>hai ba bốn"
    assert two_lines("Giấy khen của quận, huyện, sở, ngành", 20) == "Giấy khen của quận,<br>huyện, sở, ngành"
    assert room("ab<br>abcd") == room("abcd")


def test_a_value_stands_over_its_dot_or_under_it_where_nothing_is_in_the_way():
    """The side without the plan; the last one at the right."""
    assert Room(0, 0, 400, 200).place(200, 100, "91,6%", under=False) == (0, 16, "center")
    assert Room(0, 0, 400, 200).place(200, 100, "91,6%", under=True) == (0, -16, "center")
    assert Room(0, 0, 400, 200).place(200, 100, "91,6%", under=False, edge=True) == (10, 0, "left")


def test_a_value_avoids_the_edge_a_break_and_another_value():
    """Each of them pushes it to the next place that is free."""
    assert Room(0, 0, 400, 200).place(390, 100, "91,6%", under=False) == (5, 16, "right")
    assert Room(0, 0, 400, 200, uprights=(215,)).place(200, 100, "14/14", under=False) == (5, 16, "right")
    shared = Room(0, 0, 400, 200)
    shared.place(200, 100, "13/14", under=False)
    across, up, anchor = shared.place(216, 102, "14/14", under=False)
    assert (across, up, anchor) not in ((0, 16, "center"), (5, 16, "right"), (-5, 16, "left"))


def test_a_line_of_data_is_crossed_only_where_nothing_else_is_left():
    """Between lines and an edge the value stays inside."""
    steep = (180.0, 100.0, 220.0, 140.0)
    _, up, anchor = Room(0, 0, 400, 200, lines=(steep,)).place(200, 100, "5", under=False)
    assert up <= 0 or anchor != "center"
    assert Room(150, 80, 250, 130, lines=(steep,)).place(200, 100, "91,6%", under=False)[1] >= 0
