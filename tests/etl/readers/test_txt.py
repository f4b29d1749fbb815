"""Plain text: paragraphs as blocks, wrapped lines together."""

from etl.readers import read_file
from tests.etl.readers.making import blocks

WRAPPED = ("Thu ngân sách trên địa bàn năm 2020 của phường đạt 12,5 tỷ đồng, bằng\n"
           "101% kế hoạch. Chi đạt 8,2 tỷ.\n")


def test_lines_are_blocks_and_know_their_number():
    """Empty lines are none."""
    read = read_file("a.txt", "Phường Mẫu\n\nThu đạt 101%.\r\n".encode())
    assert [(block.text, block.place) for block in read.blocks] == [
        ("Phường Mẫu", "dòng 1"), ("Thu đạt 101%.", "dòng 3")]


def test_wrapped_lines_are_put_together():
    """A long line without an end goes on; a list item or a heading does not join what is before it."""
    assert blocks(read_file("a.txt", WRAPPED.encode())) == [" ".join(WRAPPED.split())]
    lines = ["- " + "Thu ngân sách đạt kết quả cao hơn so với cùng kỳ năm trước đó rất nhiều",
             "2. Văn hóa", "- gia đình văn hóa"]
    assert blocks(read_file("a.txt", "\n".join(lines).encode())) == lines


def test_utf16_as_notepad_writes_it():
    """With its mark at the beginning."""
    assert blocks(read_file("a.txt", "Thu đạt 101%".encode("utf-16"))) == ["Thu đạt 101%"]
