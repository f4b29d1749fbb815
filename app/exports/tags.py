"""The tags of a .pdf: what each piece of text is, for programs that read aloud or copy tables."""

from __future__ import annotations

from collections.abc import Iterator

from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFArray


class _Kids(PDFArray):
    """What stands under the document: written are its own children, gone through is everything under them."""

    def __iter__(self) -> Iterator[StructElem]:
        for child in super().__iter__():
            yield from _all(child)

    def serialize(self, *args, **kwargs) -> str:
        """The references of the children alone."""
        return PDFArray(super().__iter__()).serialize(*args, **kwargs)


def _all(element: StructElem) -> Iterator[StructElem]:
    yield element
    for child in element.k:
        if isinstance(child, StructElem):
            yield from _all(child)


class Tags(StructureTreeBuilder):
    """A tree of tags; the library's own is flat and knows pictures only."""

    def __init__(self) -> None:
        super().__init__()
        self.doc_struct_elem.k = _Kids()
        self._marks: dict[int, int] = {}

    def opened(self, tag: str, *, inside: StructElem | None = None, title: str = "", page: int = 1) -> StructElem:
        """A tag that holds others, such as a table or its row."""
        parent = inside or self.doc_struct_elem
        element = StructElem(f"/{tag}", parent, [], page, title or None)
        parent.k.append(element)
        return element

    def marked(self, page: int, tag: str, inside: StructElem | None) -> tuple[int, int]:
        """A tag for the next words of a page: the number they carry, and that of the page."""
        parents = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        number = self._marks.get(page, 0)
        self._marks[page] = number + 1
        element = self.opened(tag, inside=inside, page=page)
        element.k.append(number)
        self.struct_tree_root.parent_tree.nums[parents].append(element)
        return number, parents
