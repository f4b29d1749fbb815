"""The reader's words: the grammar of reports, and beside it the nouns that the catalogue's phrases bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.catalogue import Catalogue, Indicator
from core.vi.phrases import ROLES, expand_phrase
from etl.find.prose_words import Item, Quantity

# What a word means for the reading of the number beside it, whatever the indicator.
GRAMMAR = {
    "link": (
        "đạt", "là", "chiếm", "bằng", "được", "thực hiện", "thực hiện được", "ước", "ước tính", "ước đạt", "có",
        "ở mức", "với", "với tổng số tiền", "tương đương", "tương ứng", "hoàn thành", "đạt tỷ lệ", "tỷ lệ",
        "đạt chuẩn", "đạt được", "ước thực hiện", "ước cả năm", "đã", "hiện", "hiện nay", "thu được", "cả năm",
        "ước thu", "đạt khoảng", "nay", "đến nay", "sẽ", "mới", "chỉ", "duy trì", "cũng", "đều", "vẫn", "dự ước",
        "ước đạt được", "lũy kế", "thực hiện đạt", "đã thu", "thu đạt", "đã thu được", "hiện có", "đảm bảo",
        "bảo đảm", "th",
    ),
    "level": (
        "còn", "chỉ còn", "xuống", "xuống còn", "giảm còn", "giảm xuống", "giảm xuống còn", "lên", "tăng lên",
        "nâng lên", "hiện còn", "còn lại", "hiện còn lại", "nay còn", "tăng lên đến", "giảm chỉ còn", "hạ xuống còn",
        "đến nay còn",
    ),
    "change": (
        "tăng", "giảm", "cao hơn", "thấp hơn", "tăng thêm", "tăng trưởng", "tăng bình quân", "giảm được",
        "giảm thêm", "giảm bình quân", "tăng gần", "giảm gần", "hụt", "thiếu", "giảm nghèo", "tiết kiệm",
    ),
    "exceed": (
        "vượt", "vượt mức", "tăng vượt", "đạt và vượt", "vượt chỉ tiêu", "vượt kế hoạch", "vượt dự toán", "vượt xa",
        "hoàn thành [và] [hoàn thành] vượt mức", "hoàn thành vượt", "hoàn thành và vượt",
    ),
    "nearly": ("gần", "gần như", "ngót"),
    "over": ("hơn", "trên", "trê", "vượt mốc", "vượt ngưỡng"),
    "per_head": ("bình quân đầu người", "bq đầu người", "bình quân mỗi người"),
    "about": ("khoảng", "xấp xỉ", "chừng", "khoảng trên", "vào khoảng", "đạt khoảng"),
    "under": ("dưới", "giảm còn dưới"),
    "estimate": ("ước", "ước tính", "ước đạt", "ước thực hiện", "ước cả năm", "ước thu", "dự ước", "ước đạt được"),
    "final": ("quyết toán",),
    "plan": (
        "dự toán", "kế hoạch", "kh", "chỉ tiêu", "pháp lệnh", "kế hoạch giao", "dự toán giao", "chỉ tiêu giao",
        "nghị quyết", "kế hoạch năm", "dự toán năm", "dt", "kế hoạch đề ra", "nq", "chỉ tiêu pháp lệnh",
        "vượt chỉ tiêu", "vượt kế hoạch", "vượt dự toán", "mục tiêu đề ra", "hđnd", "nhiệm vụ [thu] [được] giao",
        "nhiệm vụ thu", "chỉ tiêu đề ra", "nghị quyết đề ra", "chỉ tiêu nghị quyết",
        "(nghị quyết|nq) (hđnd|hội đồng nhân dân) [phường|xã|thị trấn|tỉnh|thành phố|tp|quận|huyện|thị xã]",
    ),
    "less": ("giảm", "hụt", "thiếu", "thấp hơn", "tiết kiệm"),
    "compare": (
        "cùng kỳ", "cùng kì", "năm trước", "năm ngoái", "cùng thời điểm", "so với năm", "so năm", "so cùng kỳ",
        "đầu nhiệm kỳ", "so với cùng kỳ", "ck",
    ),
    "against": ("so với", "so", "so với năm", "so năm", "so sánh"),
    "target": (
        "phấn đấu", "mục tiêu", "đặt mục tiêu", "đề ra mục tiêu", "phương hướng", "giải pháp", "dự kiến",
        "đặt ra mục tiêu", "chỉ tiêu chủ yếu năm", "chỉ tiêu năm", "nhiệm vụ năm", "quyết tâm", "đề ra chỉ tiêu",
        "mục tiêu đến năm", "kế hoạch phấn đấu", "các chỉ tiêu chủ yếu năm", "chỉ tiêu (là|gồm)",
    ),
    "outlook": ("phương hướng", "giải pháp"),  # they head targets, yet in a sentence they announce none
    "programme": ("chương trình mục tiêu", "mục tiêu quốc gia", "mục tiêu kép", "chương trình mục tiêu quốc gia"),
    "start": ("đầu năm", "đầu kỳ"),
    "sets": ("đề ra", "đặt ra", "xác định", "thống nhất"),
    "adopts": ("thông qua", "quyết nghị", "biểu quyết thông qua"),
    "lists": ("cụ thể", "cụ thể là", "theo đó", "trong đó", "trong đó có", "gồm"),
    "at_least": ("trở lên",),
    "reached": (
        "đạt mục tiêu", "vượt mục tiêu", "hoàn thành mục tiêu", "so với mục tiêu", "đạt chỉ tiêu", "mục tiêu đề ra",
    ),
    "register": (
        "đăng ký", "đăng kí", "bình xét", "tham gia bình xét", "được xét", "phát động", "tuyên truyền",
        "ký cam kết", "họp", "tổ chức", "tham gia xét", "chưa đạt", "không đạt", "đăng ký xây dựng",
    ),
    "special": (
        "tiêu biểu", "kiểu mẫu", "xuất sắc", "liền", "liên tục", "liên tiếp", "nhiệm kỳ", "tiên tiến", "mới",
        "lần đầu", "lần", "lần thứ", "cấp (tỉnh|thành phố|quốc gia|huyện)",
    ),
    "ceremony": (
        "trao chứng nhận", "trao giấy chứng nhận", "trao tặng chứng nhận", "trao tặng giấy chứng nhận",
        "trao bằng công nhận", "gắn biển", "cấp giấy chứng nhận", "trao danh hiệu", "trao quyết định",
        "trao giấy công nhận", "trao quyết định công nhận", "trao bằng", "tặng quà", "trao quà", "trao tặng",
        "hỗ trợ",
    ),
    "title": (
        "danh hiệu", "chuẩn", "tiêu chuẩn", "đạt", "công nhận", "được công nhận", "đạt chuẩn", "giữ vững",
        "đạt danh hiệu", "là", "duy trì", "đề nghị công nhận",
    ),
    "filler": (
        "số", "tổng số", "các", "tổng", "trên tổng số", "trong tổng số", "trong số", "toàn bộ", "những", "của",
        "trên", "lượt", "cả", "tổng cộng", "số thu", "tổng số thu", "số tiền", "tổng số tiền",
    ),
    "from": ("từ",),
    "inside": ("trong đó", "trong đó có", "gồm", "bao gồm", "riêng"),
    "commend": (
        "khen thưởng", "khen", "khen cho",
        "(tặng|trao tặng|trao|nhận) [thưởng] (giấy khen|bằng khen|cờ thi đua|huân chương|huy chương)",
        "biểu dương khen thưởng", "khen thưởng cho", "trao thưởng", "được tặng", "truy tặng",
        "(tặng|truy tặng|trao tặng|nhận|trao) huân chương", "tặng thưởng", "trao giấy khen", "giấy khen",
        "bằng khen", "huân chương", "khen tặng", "cờ thi đua",
    ),
    "propose": ("đề nghị", "đề xuất", "được đề nghị", "đề cử", "giới thiệu", "xét đề nghị"),
    "handled": (
        "kiểm tra", "thẩm định", "hướng dẫn", "ra mắt", "khảo sát", "phúc tra", "chấm điểm", "đề nghị công nhận",
        "đề nghị [xét] công nhận", "hướng dẫn cho", "thẩm định cho", "kiểm tra tại",
        "(thu hồi|tước|xóa) [quyết định công nhận|giấy công nhận] [danh hiệu]",
    ),  # what is done with groups or households before they bear a title
    "passive": ("được",),
    "central_honour": (
        "huân chương", "chính phủ", "thủ tướng", "chủ tịch nước", "nhà nước tặng", "thủ tướng chính phủ",
        "tặng huân chương", "truy tặng huân chương", "trao tặng huân chương", "nhận huân chương",
        "trao huân chương",
    ),
    "ward_giver": (
        "phường", "xã", "thị trấn", "ubnd (phường|xã|thị trấn)", "ủy ban nhân dân (phường|xã|thị trấn)",
        "mttq (phường|xã)", "đảng ủy", "(chủ tịch|lãnh đạo) [ubnd] (phường|xã|thị trấn)", "hđnd (phường|xã)",
        "đảng ủy (phường|xã)", "ủy ban mttq [việt nam] (phường|xã)", "cấp (phường|xã)",
    ),
    "district_giver": (
        "quận", "huyện", "thị xã", "ubnd (quận|huyện|thị xã|tx)", "ủy ban nhân dân (quận|huyện|thị xã)", "quận ủy",
        "huyện ủy", "thị ủy", "chủ tịch ubnd (quận|huyện|thị xã|tx)", "cấp (quận|huyện)",
    ),
    "city_giver": (
        "thành phố", "tp", "ubnd (thành phố|tp)", "ủy ban nhân dân thành phố", "thành ủy",
        "chủ tịch ubnd (thành phố|tp)", "cấp thành phố",
    ),
    "province_giver": ("tỉnh", "ubnd tỉnh", "ủy ban nhân dân tỉnh", "tỉnh ủy", "chủ tịch ubnd tỉnh", "cấp tỉnh"),
    "council": (
        "hđnd", "hội đồng nhân dân", "hđnd (phường|xã|thị trấn)",
        "(nghị quyết|nq) (hđnd|hội đồng nhân dân) [phường|xã|thị trấn]",
    ),
    "assigned": (
        "cấp trên", "trên giao", "pháp lệnh", "trung ương giao",
        "(hđnd|ubnd) (tỉnh|thành phố|tp|quận|huyện|thị xã)", "chỉ tiêu pháp lệnh",
        "(nghị quyết|nq) (hđnd|hội đồng nhân dân) (tỉnh|thành phố|tp|quận|huyện|thị xã)",
    ),
    "adjusted": ("điều chỉnh", "bổ sung"),
    "stretch": ("phấn đấu",),
    "given": (
        "giao", "được giao", "kế hoạch giao", "dự toán giao", "chỉ tiêu giao", "giao cho phường", "giao cho xã",
        "giao cho chúng ta",
    ),
    "group": (
        "tổ dân phố", "tdp", "khu phố", "khối phố", "khu dân cư", "kdc", "khóm", "thôn", "xóm", "ấp", "tổ", "khối",
        "bản", "làng", "tổ nhân dân", "chi bộ", "khu", "buôn",
    ),
    "unit": ("phường", "xã", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh", "tp"),
    "whole_higher": (
        "toàn (quận|huyện|tỉnh|thành phố|thị xã)", "cả nước", "cả tỉnh", "toàn thành phố", "toàn quốc",
    ),
    "term": (
        "giai đoạn", "nhiệm kỳ", "nhiệm kỳ qua", "nửa [đầu] nhiệm kỳ",
        "bình quân [trong] (5|năm) năm", "(5|năm) năm qua",
        "trong (5|năm) năm",
    ),
    "average": ("(hằng|hàng|mỗi) năm", "(bình quân|trung bình) (hằng|hàng|mỗi|một) năm", "qua các năm"),
    "months": ("sáu tháng", "chín tháng", "quý", "tính đến ngày", "tính đến", "đến ngày", "nửa đầu năm"),
    "later": ("cuối năm", "còn lại"),
    "done": (
        "tổng kết", "kết quả", "đánh giá", "báo cáo", "tình hình", "sơ kết", "kiểm điểm", "nhìn lại", "kết thúc",
        "giữa năm", "cuối năm", "điểm lại", "đánh giá kết quả", "báo cáo kết quả", "kết quả thực hiện",
        "bình xét cuối năm", "trong năm", "kết quả bình xét",
    ),
    "ahead": (
        "phương hướng", "nhiệm vụ", "kế hoạch", "phấn đấu", "mục tiêu", "phát động", "bàn", "bàn việc", "dự toán",
        "triển khai", "sang", "bước sang", "giải pháp", "chương trình", "đặt mục tiêu", "nhiệm vụ năm",
        "chỉ tiêu năm", "dự kiến", "kế hoạch năm", "dự toán năm", "hướng tới", "phương hướng năm",
        "phương hướng nhiệm vụ", "bàn nhiệm vụ", "[biểu quyết] thông qua nghị quyết", "vào",
    ),
    "half": ("sáu tháng đầu năm", "nửa đầu năm"),
}  # fmt: skip


_UNITS = frozenset(("phường", "xã", "thị", "quận", "huyện", "thành", "tỉnh"))

_LONGEST = 14  # words of a name
_COUNTS = frozenset((":", "là", "còn", "đạt", "có"))


@dataclass(slots=True)
class Topic:
    """What one set of phrases speaks of: a count and its rate, an amount and its attainment, or one alone."""

    name: str
    family: str
    count: Indicator | None = None
    rate: Indicator | None = None
    amount: Indicator | None = None
    attainment: Indicator | None = None
    recipient: str = ""
    roles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Lexicon:
    """A tree of word sequences with what each means: grammar names, and (role, topic name) of the catalogue."""

    tree: dict
    topics: dict[str, Topic]
    _named: dict[frozenset, tuple[tuple[str, Topic], ...]] = field(default_factory=dict)

    def named(self, entries: frozenset) -> tuple[tuple[str, Topic], ...]:
        """The roles and topics among the meanings of a run of words, recipients of awards left out."""
        if entries not in self._named:
            pairs = sorted(entry for entry in entries if isinstance(entry, tuple))
            topics = [(role, self.topics[name]) for role, name in pairs]
            self._named[entries] = tuple((role, topic) for role, topic in topics if not topic.recipient)
        return self._named[entries]

    def match(self, items: Sequence[Item], place: int) -> tuple[int, frozenset]:
        """The longest known run of words from a place: how many items it takes and what it means.

        Only names of the catalogue run over a comma: "dự toán, giao quân" are two things.
        """
        node, best, means, listed = self.tree, 0, frozenset(), False
        shorter = (0, frozenset())
        for length, item in enumerate(items[place : place + _LONGEST], 1):
            if item.text == "," and length > 1:  # "khiếu nại, tố cáo", "cơ quan, đơn vị"; not "thu ngân sách, phường"
                follows = items[place + length].text if place + length < len(items) else ""
                if follows in _UNITS or self._has_own_number(items, place + length):
                    break
                listed = True
                continue
            node = node.get(item.text) if item.kind == "word" else None
            if node is None:
                break
            meant = node.get("", frozenset())
            if listed:
                meant = frozenset(entry for entry in meant if isinstance(entry, tuple))
            if meant:
                shorter, best, means = (best, means), length, meant
        given = place + best < len(items) and items[place + best].text == "giao"
        given = given and any(isinstance(entry, tuple) for entry in means)
        if given and best > 1 and items[place + best - 1].text in _UNITS:  # "thu ngân sách / quận giao"
            return shorter
        return best, means

    def _has_own_number(self, items: Sequence[Item], place: int) -> bool:
        """Whether what a comma is followed by is counted itself: "31 hộ, cận nghèo 54" are two things."""
        node, named, at = self.tree, False, place
        while at < len(items) and items[at].kind == "word" and items[at].text in node and at - place < _LONGEST:
            node, at = node[items[at].text], at + 1
            named = any(isinstance(entry, tuple) and entry[0] in ("whole", "subject") for entry in node.get("", ()))
        while named and at < len(items) and items[at].text in _COUNTS and at - place < _LONGEST:
            at += 1
        return named and at < len(items) and items[at].quantity is not None

    def _overlapped(self, items: Sequence[Item], place: int) -> tuple[int, frozenset]:
        """The match at a place, cut short where its last word begins a name: "ước / thu ngân sách", not "ước thu"."""
        length, means = self.match(items, place)
        if length > 1 and not any(isinstance(entry, tuple) for entry in means):
            last, named = self.match(items, place + length - 1)
            if last > 1 and any(isinstance(entry, tuple) for entry in named):
                return self.match(items[place : place + length - 1], 0)
        return length, means

    def mark(self, items: Sequence[Item]) -> list[Item]:
        """Items with known runs of words joined into one and given their meanings."""
        marked, place = [], 0
        while place < len(items):
            length, means = self._overlapped(items, place) if items[place].kind == "word" else (0, frozenset())
            if not length:
                marked.append(items[place])
                place += 1
                continue
            first, last = items[place], items[place + length - 1]
            words = " ".join(item.text for item in items[place : place + length])
            marked.append(Item("word", words, first.start, last.end, first.capital, entries=means))
            place += length
        return _join_fractions(marked)


_OUT_OF = ("trên tổng số", "trong tổng số", "trong số", "trên", "trong")


def _join_fractions(items: Sequence[Item]) -> list[Item]:
    """Items with "13 tổ/18 tổ" and "13 trên tổng số 18 tổ" as one quantity before its noun."""
    joined: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        noun, after = None, place + 1
        if _is_bare(item):
            if after + 1 < len(items) and items[after].kind == "word" and items[after + 1].text == "/":
                noun, after = items[after], after + 2
            elif after < len(items) and items[after].text in _OUT_OF:
                after += 1
            else:
                after = len(items)
        if after < len(items) and _is_bare(item) and _is_bare(items[after]):
            whole = Quantity(item.quantity.readings, "", items[after].quantity.readings)
            joined.append(Item("quantity", "", item.start, items[after].end, quantity=whole))
            place = after + 1
            if noun and not (place < len(items) and items[place].text == noun.text):
                joined.append(Item("word", noun.text, item.end, items[after].end, entries=noun.entries))
            continue
        joined.append(item)
        place += 1
    return joined


def _is_bare(item: Item) -> bool:
    return item.quantity is not None and not item.quantity.unit and not item.quantity.of


def _topics(catalogue: Catalogue) -> dict[str, Topic]:
    """Indicators joined by rate_of and attainment_of into topics, each under its own ids."""
    heads: dict[str, Topic] = {}
    for indicator in catalogue.indicators.values():
        head = indicator.rate_of or indicator.attainment_of or indicator.id
        topic = heads.setdefault(head, Topic(head, indicator.family))
        if indicator.attainment_of:
            topic.attainment = indicator
        elif indicator.kind in ("percent", "share"):
            topic.rate = indicator
        elif indicator.kind == "amount":
            topic.amount = indicator
        else:
            topic.count = indicator
            topic.recipient = indicator.recipient if not indicator.honour else ""
    return heads


def _grow(tree: dict, words: Sequence[str], meanings: set) -> None:
    node = tree
    for word in words:
        node = node.setdefault(word, {})
    node[""] = node.get("", frozenset()) | meanings


@lru_cache(maxsize=1)
def lexicon_of(catalogue: Catalogue) -> Lexicon:
    """The grammar's words and every form of every phrase of a catalogue, built once for the catalogue last used."""
    tree: dict = {}
    for name, phrases in GRAMMAR.items():
        for phrase in phrases:
            for words in expand_phrase(phrase):
                _grow(tree, words, {name})
    topics = _topics(catalogue)
    said: dict[tuple[str, ...], set] = defaultdict(set)
    for indicator in catalogue.indicators.values():
        topic = topics[indicator.rate_of or indicator.attainment_of or indicator.id]
        for role, phrases in indicator.phrases.items():
            if role not in ROLES:
                continue
            topic.roles.add(role)
            for phrase in phrases:
                for words in expand_phrase(phrase):
                    said[words].add((role, topic.name))
    for words, meanings in said.items():
        _grow(tree, words, meanings)
        for at in range(len(words) - 1):
            if words[at : at + 2] == ("văn", "hóa"):  # offices shorten the word: "đạt chuẩn VH"
                _grow(tree, (*words[:at], "vh", *words[at + 2 :]), meanings)
    return Lexicon(tree, topics)
