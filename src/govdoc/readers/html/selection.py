"""Which lines of a page are its document's, and why the others are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govdoc.readers.html.article import (
    Titles,
    acts,
    find_article,
    heads_links,
    is_head,
    is_imprint,
    is_tail,
    is_tool,
    leads_away,
    names_agency,
    reaches_people,
)
from govdoc.readers.html.page import Page
from govdoc.readers.html.records import Records, Said, marks_of, meta_entries, window_title
from govdoc.rules.text import squeeze
from govdoc.span import Mark, Notice

FURNITURE, OUTSIDE, RECORD, LINKS = "H201", "H202", "H204", "H205"
SHORTEST_PROSE = 30
HEAD_WITHIN = 6
TITLE_WITHIN = 5
LEFT_IN = "left in: text outside the article found; look whether it belongs to the document"


@dataclass
class Selection:
    """Why each line that is left out is, by number; and what the page said on the way."""

    dropped: dict[int, str] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class _Selector:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.found = Selection()
        self.records = Records(page)
        window, meta = window_title(page.tree), meta_entries(page.tree)
        self.entries: list[Said] = list(meta)
        if window:
            self.found.marks.append(Mark("page-title", window.start, window.stop, value=window.value))
        names = [said.value for said in (*([window] if window else []), *meta) if said.key in ("", "标题")]
        self.titles = Titles(page, names)
        article = find_article(page)
        inside = [i for i, line in enumerate(page.lines) if page.within(article, line.element)]
        self.first, self.stop = (inside[0], inside[-1] + 1) if inside else (0, len(page.lines))
        self.spoken: list[Said] = []

    def run(self) -> Selection:
        dropped = self.found.dropped
        for i, entries in self.records.table.items():
            dropped[i] = RECORD
            self.spoken += entries
        title = self._above()
        self._below()
        self._inside(title)
        keys = {said.key for said in self.spoken}
        self.spoken += [said for said in self.entries if said.key not in keys]
        self.found.marks += marks_of(self.spoken)
        return self.found

    def _drop_record(self, i: int, *, inside: bool) -> bool:
        said = self.records.publication(i, inside=inside)
        if said:
            self.found.dropped[i] = RECORD
            self.spoken += said
        return bool(said)

    def _above(self) -> range:
        """The lines before the article: its title and what stands between stay, its red head, and prose."""
        page, dropped = self.page, self.found.dropped
        for i in range(self.first):
            if i not in dropped:
                self._drop_record(i, inside=False)
        title = self._title()
        top = title.start
        while top > 0 and title.start - top < HEAD_WITHIN and (top - 1 in dropped or self._stays_above(top - 1)):
            top -= 1
        for i in range(self.first):
            if i in dropped or i in title or (i >= top and title and not self._is_evident(i)):
                continue
            if not self._is_prose(i):
                dropped[i] = FURNITURE if page.around[page.lines[i].element] else OUTSIDE
        if title and self._repeated(title):
            dropped.update(dict.fromkeys(title, OUTSIDE))
        return title

    def _stays_above(self, i: int) -> bool:
        return is_head(self.page, i) and not self.page.around[self.page.lines[i].element]

    def _is_evident(self, i: int, *, named: bool = True) -> bool:
        """Whether a line beside the article is known to be none of it; by the names around it if ``named``."""
        page = self.page
        return (
            (named and page.around[page.lines[i].element])
            or is_tool(page, i)
            or leads_away(page, i)
            or is_imprint(page.texts[i])
            or heads_links(page, i)
        )

    def _title(self) -> range:
        """The lines of the title above the article: what the page's own title names, a heading, what reads as one."""
        above = [i for i in range(self.first - 1, -1, -1) if i not in self.found.dropped]
        for i in above:
            if count := self.titles.stands_at(i, self.first):
                return range(i, i + count)
        above = [i for i in above if not self.page.around[self.page.lines[i].element]]
        for test in (self.titles.is_heading, self.titles.is_named_as_one):
            for i in above:
                if test(i):
                    return range(self._opening_of(i), i + 1)
        for i in range(self.first - 1, -1, -1):  # a title in the page's header
            heading = self.titles.is_heading(i) and not names_agency(self.page.texts[i])
            if heading and not self.page.lines[i].linked and self.page.in_header(i):
                return range(i, i + 1)
        return range(self.first, self.first)

    def _opening_of(self, i: int) -> int:
        """The first line of a title that ends in line ``i``: with what precedes it in its element, and an agency."""
        page = self.page
        begin = i
        while begin > 0 and i - begin < 3 and not page.lines[begin - 1].linked and begin - 1 not in self.found.dropped:
            here, above = page.lines[i].element, page.lines[begin - 1].element
            beside = page.elements[here].parent == page.elements[above].parent and names_agency(page.texts[begin - 1])
            if here != above and not (beside and not page.around[above]):
                break
            begin -= 1
        return begin

    def _repeated(self, title: range) -> bool:
        """Whether the article begins with its title, too."""
        whole = squeeze("".join(self.page.texts[i] for i in title))
        top = [squeeze(text) for text in self.page.texts[self.first : min(self.first + TITLE_WITHIN, self.stop)]]
        return any(
            "".join(top[begin:end]) == whole
            for begin in range(len(top))
            for end in range(begin + 1, min(begin + 5, len(top) + 1))
        )

    def _is_prose(self, i: int) -> bool:
        """Whether a line outside the article is a sentence in no part of the page that is known: it stays."""
        page = self.page
        prose = page.prose[i] >= SHORTEST_PROSE and "。" in page.texts[i] and not is_imprint(page.texts[i])
        if not prose or page.around[page.lines[i].element]:
            return False
        line = page.lines[i]
        self.found.notices.append(Notice("H301", "warning", LEFT_IN, (line.start, line.stop)))
        return True

    def _below(self) -> None:
        """The lines behind the article: up to the first that is known to be the page's, all stay; then its tail."""
        page, dropped = self.page, self.found.dropped
        open_ = True
        left: list[int] = []
        for i in range(self.stop, len(page.lines)):
            if i in dropped or self._drop_record(i, inside=False):
                continue
            around = page.around[page.lines[i].element]
            tail = is_tail(page, i) and not around
            open_ = open_ and (tail or not self._is_evident(i))
            if open_ and not tail and not page.prose[i]:
                left.append(i)
            elif not tail and not self._is_prose(i):
                dropped[i] = FURNITURE if around else OUTSIDE
        if left:
            span = (page.lines[left[0]].start, page.lines[left[-1]].stop)
            self.found.notices.append(Notice("H301", "warning", LEFT_IN, span))

    def _inside(self, title: range) -> None:
        """The lines of the article: only what is known to be none of its is left out."""
        page, dropped = self.page, self.found.dropped
        lines = range(self.first, self.stop)
        prose = [i for i in lines if page.prose[i] >= SHORTEST_PROSE and i not in dropped]
        begin, end = (prose[0], prose[-1]) if prose else (self.stop, self.stop)
        for i in lines:
            if i in dropped or (i < begin and self._drop_record(i, inside=True)):
                continue
            if self._is_furniture(i):
                dropped[i] = FURNITURE
        self._drop_link_lists([i for i in lines if i > end or i < begin])

    def _is_furniture(self, i: int) -> bool:
        page = self.page
        if page.attached(i):
            return False
        links = page.links_of(i)
        line = page.lines[i]
        if links and line.linked >= page.ink[i] and all(acts(href) for _, href in links):
            return True
        if not page.around[line.element] or page.prose[i] or is_tail(page, i) or is_head(page, i):
            return False
        if not (page.surely_around(line.element) or self._is_evident(i, named=False)):
            return False
        return not self.titles.is_heading(i) and not self.titles.stands_at(i, self.stop)

    def _drop_link_lists(self, lines: Sequence[int]) -> None:
        """Leave out lines that are nothing but links to other pages, at either end of the article."""
        page, dropped = self.page, self.found.dropped
        for i in lines:
            if (
                i not in dropped
                and page.lines[i].linked * 10 >= page.ink[i] * 8
                and not page.attached(i)
                and any(not reaches_people(href) for _, href in page.links_of(i))
            ):
                dropped[i] = LINKS


def select(page: Page) -> Selection:
    """The lines of a page that are no part of its document."""
    return _Selector(page).run()
