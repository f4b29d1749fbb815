"""The rules every figure keeps, each a small function: it yields what is wrong with one drawing, or nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise

from core.status import GOOD
from core.texts import text
from tests.app.charts.drawing import CLEAR, Drawing, Mark, Word, known, one, plain
from tests.app.charts.test_theme import contrast

Rule = Callable[[Drawing], Iterator[str]]
TIME = ("plan_actual", "line", "ladder")  # a row of the table a year
SLOTS = (*TIME, "coverage", "matrix", "multiples")  # years across
SMALL_BASE = 30
_DIRECTION = {
    "vi": r"tăng|giảm|vượt|hụt|cao|thấp|nhiều|ít|đều|đạt|bằng|hơn|mọi|chưa",
    "en": r"\bup\b|down|ahead|behind|most|least|highest|lowest|\ball\b|every|\bmet\b|missed|\bno\b|as in",
}  # fmt: skip
_UNITS = {
    "vi": r"đồng|%|tổ|hộ|cơ quan|tập thể|cá nhân|người|công trình|hồ sơ|đơn thư|chỉ tiêu|lượt|đơn vị",
    "en": r"VND|%|groups?|households|agencies|collectives|individuals|people|works|files|complaints|targets|awards"
          r"|units|indicators|percentage point",
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_ESTIMATE = {"vi": "ước", "en": "estimate"}
_NOTHING = re.compile(r"\b(?:nan|NaN|None|NaT|inf|null|undefined)\b")


def finding(drawing: Drawing) -> Iterator[str]:
    """The title states the finding: at most 90 characters, with a number or a direction."""
    title = drawing.view.title
    if not 0 < len(title) <= 90:
        yield f"{len(title)} characters: {title}"
    if not re.search(r"\d", title) and not re.search(_DIRECTION[drawing.view.lang], title, re.IGNORECASE):
        yield f"neither number nor direction: {title}"


def where_and_when(drawing: Drawing) -> Iterator[str]:
    """The subtitle has unit, place and period; the rows of a strip are places themselves."""
    said = drawing.view.subtitle
    if drawing.place not in said and drawing.view.kind != "strip":
        yield f"no place: {said}"
    if not re.search(_YEAR, said):
        yield f"no period: {said}"
    if not re.search(_UNITS[drawing.view.lang], said.replace(drawing.place, ""), re.IGNORECASE):
        yield f"no unit: {said}"


def bars_from_zero(drawing: Drawing) -> Iterator[str]:
    """Bars start at 0, and 0 is on their axis; the hatched cells of a matrix are no bars."""
    for trace in drawing.traces:
        if trace["type"] != "bar" or drawing.view.kind == "coverage":
            continue
        ref = trace.get("xaxis", "x") if trace.get("orientation") == "h" else trace.get("yaxis", "y")
        low, high = sorted(drawing.axis(ref)["range"])
        if "base" in trace or not low <= 0 <= high:
            yield f"bars on {ref} from {low}"


def one_axis(drawing: Drawing) -> Iterator[str]:
    """No dual axis: no axis lies over another, no two panels share their room, none stands at the right."""
    axes = {name: axis for name, axis in drawing.layout.items() if re.fullmatch(r"yaxis\d*", name)}
    for name, axis in axes.items():
        if axis.get("overlaying") or axis.get("side") == "right":
            yield f"{name} overlays or stands at the right"
    for (first, one_of), (second, other) in combinations(axes.items(), 2):
        rooms = [_room(drawing, axis) for axis in (one_of, other)]
        if all(min(a[1], b[1]) - max(a[0], b[0]) > 1e-6 for a, b in zip(*rooms, strict=True)):
            if {one_of.get("anchor", "x"), other.get("anchor", "x")} != {"x"} or rooms[0] != rooms[1]:
                yield f"{first} and {second} share their room"
            else:
                yield f"{first} and {second} are two scales of one panel"


def _room(drawing: Drawing, axis: dict) -> tuple[tuple[float, float], tuple[float, float]]:
    across = drawing.axis(axis.get("anchor", "x")).get("domain", (0, 1))
    return tuple(across), tuple(axis.get("domain", (0, 1)))


def plain_charts(drawing: Drawing) -> Iterator[str]:
    """Bars, lines and dots: no pie, no 3-D, no gauge."""
    yield from {trace["type"] for trace in drawing.traces} - {"bar", "scatter"}


def years_in_order(drawing: Drawing) -> Iterator[str]:
    """Years are categories in order; a missing year keeps its slot."""
    if drawing.view.kind not in SLOTS:
        return
    labels = [label for label in drawing.view.detail["slots"] if label]
    years = [int(re.match(_YEAR, label).group()) for label in labels]
    if any(not 0 <= after - here <= 1 for here, after in pairwise(years)):
        yield f"years {years}"
    if drawing.phone or drawing.view.kind == "multiples":
        return
    low, high = sorted(drawing.axis("x")["range"])
    if low > -0.5 or high < len(drawing.view.detail["slots"]) - 0.5:
        yield f"{len(drawing.view.detail['slots'])} slots on an axis from {low} to {high}"
    printed = {plain(word.text) for word in drawing.words}
    yield from (f"{label} is not printed" for label in labels if plain(label) not in printed)


def same_colour(drawings: Iterable[Drawing]) -> Iterator[str]:
    """The same indicator has the same colour on all pages, in each theme."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for drawing in drawings:
        for indicator, colours in _data_colours(drawing).items():
            for colour in colours:
                found[drawing.theme.name, indicator].setdefault(colour, drawing.view.id)
    for (theme, indicator), colours in found.items():
        if len(colours) > 1:
            yield f"{indicator} in {theme}: {colours}"


def _data_colours(drawing: Drawing) -> dict[str, set[str]]:
    """Indicator -> colours of its own bars and lines, those of plans, states and split years left out."""
    theme, view = drawing.theme, drawing.view
    aside = {theme.grey, theme.muted, theme.orange, theme.bg, theme.no_data, *CLEAR}
    found: dict[str, set[str]] = {}
    if view.kind == "multiples":
        for facet, axis in zip(view.detail["facets"], _panels(drawing), strict=True):
            own = [trace for trace in drawing.traces if trace.get("yaxis", "y") == axis]
            found[facet["id"]] = {colour for trace in own for colour in _trace_colours(trace)} - aside
    elif view.kind in ("plan_actual", "line"):
        found[view.table.raw["indicator"].iloc[0]] = {
            colour for trace in drawing.traces for colour in _trace_colours(trace)
        } - aside
    return found


def _panels(drawing: Drawing) -> list[str]:
    names = [name for name in drawing.layout if re.fullmatch(r"yaxis\d*", name)]
    return [f"y{name[5:]}" for name in sorted(names, key=lambda name: int(name[5:] or 1))]


def _trace_colours(trace: dict) -> set[str]:
    marker = trace.get("marker", {})
    parts = [marker.get("color"), marker.get("line", {}).get("color")] if "line" not in trace.get("mode", "") else []
    if "lines" in trace.get("mode", ""):
        parts = [trace.get("line", {}).get("color")]
    if marker.get("opacity") == 0:
        parts = []
    return {colour for part in parts for colour in (part if isinstance(part, list) else [part]) if colour}


def few_colours(drawing: Drawing) -> Iterator[str]:
    """At most four series in colour; the rest is grey."""
    colours = {
        colour for mark in drawing.marks if mark.what in ("bar", "marker") for colour in (mark.fill, mark.stroke)
        if colour and _chroma(colour) > 40
    }  # fmt: skip
    if len(colours) > 4:
        yield f"{len(colours)} colours: {sorted(colours)}"


def _chroma(colour: str) -> int:
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return max(parts) - min(parts)


def labelled(drawing: Drawing) -> Iterator[str]:
    """Direct labels: no legend, and what each mark stands for is printed beside it."""
    if drawing.layout.get("showlegend") is not False or any(trace.get("showlegend") for trace in drawing.traces):
        yield "a legend"
    printed = _unbroken(" ".join(word.plain for word in drawing.words))
    wanted = LABELS[drawing.view.kind](drawing)
    yield from (f"{words} is not printed" for words in wanted if _unbroken(plain(words)) not in printed)


def _unbroken(said: str) -> str:
    """A fraction may be broken after its stroke."""
    return said.replace("/ ", "/")


def _line_labels(drawing: Drawing) -> list[str]:
    known_rows = drawing.view.frame[drawing.view.frame["value"].notna()]
    return list(known_rows["printed"].iloc[-1:])


def _column_labels(drawing: Drawing) -> list[str]:
    frame = drawing.view.frame
    return [] if drawing.phone else [*frame["foot"], *frame["attained"], *frame["gap_words"]]


def _ladder_labels(drawing: Drawing) -> list[str]:
    frame = drawing.view.frame
    rows = frame[frame["state"] == "given"]
    return list(rows.loc[rows["slot"] == drawing.view.detail["chosen"] if drawing.phone else rows.index, "printed"])


def _slope_labels(drawing: Drawing) -> list[str]:
    """On a phone a fraction stands without its percentage."""
    words = [*drawing.view.frame["old_printed"], *drawing.view.frame["new_printed"]]
    return [said.split(" (")[0] for said in words] if drawing.phone else words


# kind of a view -> what must be printed in it; a new kind says here what its direct labels are
LABELS: dict[str, Callable[[Drawing], list[str]]] = {
    "bars": lambda drawing: list(drawing.view.frame["printed"]),
    "bullets": lambda drawing: [*drawing.view.frame["printed"], *drawing.view.frame["gap_words"]],
    "coverage": lambda drawing: [] if drawing.phone else list(drawing.view.frame["name"].unique()),
    "ladder": _ladder_labels,
    "line": _line_labels,
    "matrix": lambda drawing: [words for words, _ in drawing.view.detail["streaks"]],
    "multiples": lambda drawing: [facet["name"] for facet in drawing.view.detail["facets"]],
    "plan_actual": _column_labels,
    "slope": _slope_labels,
    "strip": lambda drawing: [*drawing.view.frame["name"], *drawing.view.frame["printed"]],
    "waffle": lambda drawing: [] if drawing.view.detail["form"] == "share" else list(drawing.view.frame["name"]),
}


def marks_stand_out(drawing: Drawing) -> Iterator[str]:
    """A mark needed to understand the figure has 3 to 1 against what it lies on, by its fill or its outline.

    Two marks of one colour over each other are one.
    """
    for mark in drawing.marks:
        if mark.what == "image" or _is_ground(mark, drawing):
            continue
        colours = [colour for colour in (mark.fill, mark.stroke) if colour not in CLEAR]
        grounds = [drawing.ground_at(*spot, below=mark) for spot in _spots(mark)]
        seen = [max(min(contrast(colour, each) for each in ground) for colour in colours) for ground in grounds]
        if max(seen) < 3 and not set(colours) & {colour for ground in grounds for colour in ground}:
            yield f"{mark.what} {colours} on {grounds}"
    for trace in drawing.traces:
        if "lines" in trace.get("mode", ""):
            ground = drawing.layout["paper_bgcolor"]
            if contrast(trace["line"]["color"], ground) < 3:
                yield f"line {trace['line']['color']} on {ground}"


def _spots(mark: Mark) -> list[tuple[float, float]]:
    """The middle of a mark; of a line or a dot its ends too, for it is seen where it stands out of what it crosses."""
    box = mark.box
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    ends = {"line": [(box.left, box.top), (box.right, box.bottom)], "marker": [(box.left, y), (box.right, y)]}
    return [(x, y), *ends.get(mark.what, ())]


def _is_ground(mark: Mark, drawing: Drawing) -> bool:
    """Bands, gridlines, hairlines and what is painted in the page's colour to leave something out are no marks."""
    theme = drawing.theme
    quiet = {theme.bg, theme.year_band, theme.grid, theme.rule, *theme.bands, *CLEAR}
    return {mark.fill, mark.stroke} <= quiet


def words_stand_out(drawing: Drawing) -> Iterator[str]:
    """Text has 4.5 to 1 against what it is printed on, over its whole length."""
    for word in drawing.words:
        middle = (word.box.top + word.box.bottom) / 2
        places = [word.box.left + 3, (word.box.left + word.box.right) / 2, word.box.right - 3]
        for grounds in {drawing.ground_at(x, middle) for x in places} if word.ground is None else {(word.ground,)}:
            weak = [colour for colour in word.colours for ground in grounds if contrast(colour, ground) < 4.5]
            if word.plain.strip() and weak:
                yield f"{word.plain!r} {weak} on {grounds}"


def theme_colours(drawing: Drawing) -> Iterator[str]:
    """Every colour comes from the theme."""
    theme = drawing.theme
    given = {value for name in theme.__dataclass_fields__ for value in _flat(getattr(theme, name)) if value[:1] == "#"}
    used = {colour for colour in re.findall(r"#\w{6}\b|rgba?\([^)]*\)", repr(drawing.json))} - set(CLEAR)
    yield from sorted(used - given)


def _flat(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def states_in_words(drawing: Drawing) -> Iterator[str]:
    """Status is never told by colour alone: its word stands in the hover text and the table."""
    if drawing.view.kind not in ("bullets", "plan_actual", "line", "multiples"):
        return
    table = " ".join(cell for row in drawing.view.table.rows for cell in row).lower()
    for row in drawing.view.frame.itertuples():
        words = {text(f"status.{name}{row.state}", drawing.view.lang) for name in ("", *_spending(row.state))}
        if not any(word.lower() in row.hover.lower() for word in words):
            yield f"{row.state} not in {row.hover}"
        if drawing.view.kind != "multiples" and not any(word.lower() in table for word in words):
            yield f"{row.state} not in the table"


def _spending(state: str) -> tuple[str, ...]:
    return ("spending_",) if state in ("reached", "missed") else ()


def states_in_grey(drawing: Drawing) -> Iterator[str]:
    """Without colour the states still differ: in outline, hatch or shape of what stands where the state is told."""
    if drawing.view.kind not in ("bullets", "coverage", "plan_actual", "waffle", "matrix", "ladder"):
        return
    looks: dict[str, set[tuple]] = defaultdict(set)
    for row in drawing.view.frame.itertuples():
        look = _look(drawing, row)
        if look is not None:
            good = row.state in GOOD and drawing.view.kind in ("bullets", "plan_actual")
            looks["good" if good else row.state].add(look)
    for (first, those), (second, others) in combinations(looks.items(), 2):
        told = {"good", "near", "missed", "reached", "given", "reported", "computed", "estimate", "plan", "missing"}
        if those & others and {first, second} & told:
            yield f"{first} looks like {second}: {those & others}"


def _look(drawing: Drawing, row: object) -> tuple | None:
    """What stands at a row's places with colours taken away; None where nothing of it is drawn."""
    looks = []
    for spot in _places(drawing, row):
        here = [mark for mark in drawing.marks if mark.box.holds(*spot) and not _is_background(mark, drawing)]
        bars = [mark for mark in here if mark.what == "bar"]
        here = bars[-1:] or here  # of bars over one another the last is seen
        looks.append(tuple(sorted({(mark.what, _filling(mark, drawing.theme.bg), mark.dash) for mark in here})))
    return tuple(looks) or None


def _places(drawing: Drawing, row: object) -> list[tuple[float, float]]:
    """Where a row's state is told: both halves of a bar in the tier and of a bullet's bar, else at its hover text."""
    spot = drawing.spot(row.hover)
    if drawing.view.kind == "plan_actual":
        ends = [
            (drawing.at("y2", 0) + drawing.at("y2", y)) / 2
            for trace in drawing.traces if trace.get("yaxis") == "y2" and "hovertemplate" in trace
            for x, y in zip(trace["x"], trace["y"], strict=True) if x == row.place
        ]  # fmt: skip
        judged = ends and not row.split and row.state in ("near", "missed", *GOOD)
        return [(drawing.at("x", row.place + half), ends[0]) for half in (-0.15, 0.15)] if judged else []
    if drawing.view.kind == "bullets":
        drawn = spot is not None and known(row.bar) and row.bar > 0
        return [(drawing.at("x", min(row.bar, 60) / 2), spot[1] + half) for half in (-2, 2)] if drawn else []
    return [spot] if spot else []


def _is_background(mark: Mark, drawing: Drawing) -> bool:
    return mark.below and _is_ground(mark, drawing)


def _filling(mark: Mark, bg: str) -> str:
    return "hatched" if mark.pattern else "open" if mark.fill in (*CLEAR, bg) else "filled"


def readable(drawing: Drawing) -> Iterator[str]:
    """No text under 14 px."""
    sizes = [word.size for word in drawing.words]
    sizes += [drawing.layout["font"]["size"], drawing.layout["hoverlabel"]["font"]["size"]]
    if min(sizes) < 14 or re.search(r"font-size|<su[bp]>", repr(drawing.json)):
        yield f"{min(sizes)} px"


def horizontal(drawing: Drawing) -> Iterator[str]:
    """All text lies flat."""
    yield from (word.plain for word in drawing.words if word.angle)
    for name, axis in drawing.layout.items():
        if not name.startswith("xaxis") or axis.get("visible") is False or axis.get("showticklabels") is False:
            continue
        if axis.get("tickangle") != 0:
            yield f"{name} may turn its labels"


def numbers_of_the_language(drawing: Drawing) -> Iterator[str]:
    """Numbers are written as the language writes them, with a true minus; axis labels carry one unit."""
    decimal, group = (",", ".") if drawing.view.lang == "vi" else (".", ",")
    for said in map(plain, drawing.texts):
        words = re.sub(r"\S*/\S*[^\d\s,.;)]\S*|\d{1,2}/(?:\d{1,2}/)?\d{4}", " ", said)  # decisions and dates
        for number in re.findall(r"(?<![\w/.,])\d[\d.,]*\d(?![\w/])|(?<![\w/.,])\d(?![\w/.,])", words):
            whole, *rest = number.split(decimal)
            parts = whole.split(group)
            if len(rest) > 1 or any(len(part) != 3 for part in parts[1:]) or group in "".join(rest):
                yield f"{number!r} in {said!r}"
            elif len(parts) == 1 and len(whole) > 3 and not re.fullmatch(_YEAR, whole):
                yield f"{number!r} without group marks in {said!r}"
        if re.search(r"(?<![\w)\d])-\d", words):
            yield f"a hyphen for a minus in {said!r}"
    for name, axis in drawing.layout.items():
        if re.fullmatch(r"[xy]axis\d*", name) and axis.get("ticktext"):
            units = {re.sub(r"[\d.,+\N{MINUS SIGN}\s]", "", said) for said in axis["ticktext"]}
            if not units <= {"", "%"}:
                yield f"{name} has units {units}"


def fraction_with_percent(drawing: Drawing) -> Iterator[str]:
    """A percentage of a base under 30 stands with its fraction."""
    raw, detail = drawing.view.table.raw, drawing.view.detail
    bases = [float(of) for of in raw["of"] if known(of) and of is not None] if raw is not None and "of" in raw else []
    bases += [detail["of"]] if "of" in detail else []
    if not bases or max(bases) >= SMALL_BASE or drawing.view.kind in ("bullets", "bars"):
        return
    printed = [drawing.view.title, *(word.text for word in drawing.words if word.box), *drawing.hovers]
    for said in map(plain, printed):
        if re.search(r"\d%", said) and not re.search(r"\d/\d", said):
            yield said


def honest_rounding(drawing: Drawing) -> Iterator[str]:
    """What is printed never contradicts the state: 99,96 % prints as less than 100, a gap never as nought."""
    frame = drawing.view.frame
    if drawing.view.kind != "plan_actual":
        return
    spending = drawing.view.detail["spending"]
    for row in frame.itertuples():
        percent = re.search(r"([\d.,]+)%", row.attained or "")
        if percent:
            value = _number(percent[1], drawing.view.lang)
            good = value <= 100 if spending else value >= 100
            if row.state in (*GOOD, "near", "missed") and good != (row.state in GOOD):
                yield f"{row.attained} is {row.state}"
        if known(row.gap) and row.gap and not re.search(r"[1-9]", row.gap_words):
            yield f"a gap of {row.gap} prints as {row.gap_words}"


def _number(said: str, lang: str) -> float:
    return float(said.replace(".", "").replace(",", ".") if lang == "vi" else said.replace(",", ""))


def sourced(drawing: Drawing) -> Iterator[str]:
    """A source stands under each chart."""
    if not drawing.view.source.strip():
        yield "no source"


def broken_series(drawing: Drawing) -> Iterator[str]:
    """A break is a gap, a dotted vertical and a note, never a joined line; nor is a missing year bridged."""
    if any(trace.get("connectgaps") for trace in drawing.traces):
        yield "connectgaps"
    if drawing.view.kind not in SLOTS:
        return
    slots = drawing.view.detail["slots"]
    gaps = [place for place, label in enumerate(slots) if not label]
    if gaps and not drawing.view.notes and drawing.view.kind not in ("ladder",):
        yield "a break without a note"
    dotted = [shape for shape in drawing.layout.get("shapes", ()) if shape.get("line", {}).get("dash") == "dot"
              and (shape["x0"] == shape["x1"] or shape["y0"] == shape["y1"])]  # fmt: skip
    if gaps and not dotted and not (drawing.phone and drawing.view.kind in ("ladder", "matrix", "plan_actual")):
        yield "a break without a dotted line"
    yield from _joined(drawing, gaps)


def _joined(drawing: Drawing, gaps: list[int]) -> Iterator[str]:
    for trace in drawing.traces:
        if "lines" not in trace.get("mode", ""):
            continue
        for here, after in pairwise(trace["x"]):
            if after - here > 1 or any(here < gap < after for gap in gaps if drawing.view.kind != "multiples"):
                yield f"a line from slot {here} to {after}"
    if drawing.view.kind == "matrix":
        for shape in drawing.layout["shapes"]:
            solid = shape["type"] == "rect" and not shape.get("line", {}).get("dash") and shape.get("layer") != "below"
            if solid and shape.get("xref") != "paper" and any(shape["x0"] < gap < shape["x1"] for gap in gaps):
                yield f"a bar from {shape['x0']} to {shape['x1']}"


def nothing_for_missing(drawing: Drawing) -> Iterator[str]:
    """What is not known is never drawn as 0: a slot without a value has no bar and says so in words or a dash."""
    if drawing.view.kind != "plan_actual" or drawing.phone:
        return
    actual = next(trace for trace in drawing.traces if trace["type"] == "bar" and "hovertemplate" in trace)
    drawn = {x for x, y in zip(actual["x"], actual["y"], strict=True) if known(y)}
    printed = {word.plain for word in drawing.words}
    for row in drawing.view.frame[drawing.view.frame["actual"].isna()].itertuples():
        if row.place in drawn:
            yield f"{row.label} has a column"
        if not row.words or plain(row.words) not in printed:
            yield f"{row.label} has no words"


def cut_bars_are_marked(drawing: Drawing) -> Iterator[str]:
    """A bar cut at the end of its axis has a mark of the page's colour across it, and its number printed."""
    cut = drawing.view.detail.get("cut") if drawing.view.kind == "plan_actual" else None
    frame = drawing.view.frame
    if drawing.view.kind == "bullets":
        end = max(drawing.axis("x")["range"])
        long = frame[frame["bar"] > end]
    elif cut:
        shown = frame if not drawing.phone else frame[frame["hover"].isin(drawing.hovers)]
        long = shown[shown[["plan", "actual"]].max(axis=1) > cut]
    else:
        return
    bg = drawing.theme.bg
    strokes = [mark for mark in drawing.marks if mark.what in ("line", "path") and bg in (mark.fill, mark.stroke)]
    bars = [mark for mark in drawing.marks if mark.what == "bar"]
    crossed = sum(any(bar.box.overlap(mark.box) >= 0 for mark in strokes) for bar in bars)
    if crossed < len(long):
        yield f"{len(long)} bars are cut, {crossed} have a mark"


def told_aloud(drawing: Drawing) -> Iterator[str]:
    """Alternative text of one or two sentences."""
    alt = drawing.view.alt.strip()
    if not alt or len(re.findall(r"[.!?](?:\s|$)", alt)) > 2:
        yield alt or "no alternative text"


def table_twin(drawing: Drawing) -> Iterator[str]:
    """A table says the same: caption, header, as many cells in each row, and a row for every year or bar."""
    table = drawing.view.table
    if not table.caption.strip() or not table.header or any(len(row) != len(table.header) for row in table.rows):
        yield f"table {table.caption!r} with {len(table.header)} columns"
    kind, frame = drawing.view.kind, drawing.view.frame
    if kind in (*TIME, "multiples"):
        wanted = sum(bool(label) for label in drawing.view.detail["slots"])
    elif kind in ("coverage", "matrix"):
        wanted = frame["row"].nunique()
    elif kind == "waffle":
        wanted = len(frame) if frame["name"].any() else 3
    else:
        wanted = len(frame)
    if len(table.rows) < wanted:
        yield f"{len(table.rows)} rows for {wanted} marks"


def provisional(drawing: Drawing) -> Iterator[str]:
    """An estimate is hatched or open and called one: in hover and table, and in a key or a note."""
    frame = drawing.view.frame
    if "estimate" not in frame or not frame["estimate"].any():
        return
    word = _ESTIMATE[drawing.view.lang]
    rows = frame[frame["estimate"] & frame["hover"].isin(drawing.hovers)]
    yield from (f"{row.hover} does not say {word}" for row in rows.itertuples() if word not in row.hover.lower())
    said = " ".join([*drawing.view.notes, *(plain(word.text) for word in drawing.words)]).lower()
    if len(rows) and word not in said:
        yield f"no key and no note says {word}"
    hatched = {said for trace in drawing.traces for place, said in enumerate(_customs(trace))
               if one(trace.get("marker", {}).get("pattern", {}).get("shape"), place)}  # fmt: skip
    if drawing.view.kind == "plan_actual":
        yield from (f"{row.label} is not hatched" for row in rows.itertuples() if row.hover not in hatched)


def _customs(trace: dict) -> list[str]:
    return [str(row[0] if isinstance(row, list) else row) for row in trace.get("customdata", ())]


def no_nothings(drawing: Drawing) -> Iterator[str]:
    """No NaN, None or infinity is ever printed."""
    yield from (said for said in map(plain, drawing.texts) if _NOTHING.search(said))


def hovers(drawing: Drawing) -> Iterator[str]:
    """What can be pointed at says something, without the trace's name; everything else is silent."""
    for trace in drawing.traces:
        if trace.get("hoverinfo") == "skip":
            continue
        if not str(trace.get("hovertemplate", "")).endswith("<extra></extra>"):
            yield f"a {trace['type']} without hover text"
        elif len(_customs(trace)) != len(trace["x"]) or not all(said.strip() for said in _customs(trace)):
            yield f"a {trace['type']} with empty hover texts"


def words_apart(drawing: Drawing) -> Iterator[str]:
    """No text lies over another, none is cut by the edge of the picture."""
    words = [word for word in drawing.words if word.plain.strip()]
    wide, high = drawing.size
    for first, second in combinations(words, 2):
        if _ink(first).overlap(_ink(second)) > 2 and first.text != second.text:
            yield f"{first.plain!r} over {second.plain!r}"
    for word in words:
        box = word.box
        if box.left < -1.5 or box.right > wide + 1.5 or box.top < -1.5 or box.bottom > high + 1.5:
            yield f"{word.plain!r} is cut"


def _ink(word: Word) -> object:
    """A text's box without the empty room above and below its letters."""
    box = word.box
    room = (box.bottom - box.top) - (word.text.count("<br>") * 1.3 + 1) * word.size
    return type(box)(box.left, box.top + room / 2, box.right, box.bottom - room / 2)


def lines_beside_words(drawing: Drawing) -> Iterator[str]:
    """No dotted line of a break runs through a text; a number's ring may stand on it."""
    if drawing.view.kind not in SLOTS:
        return
    for order, mark in enumerate(drawing.marks):
        upright = mark.what == "line" and mark.dash == "dot" and mark.box.right - mark.box.left < 1
        for word in drawing.words if upright else ():
            x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
            covered = any(each.fill == drawing.theme.bg and each.box.holds(x, y) for each in drawing.marks[order:])
            crossed = word.box.left + 1 < mark.box.left < word.box.right - 1 and _ink(word).overlap(mark.box) > -1
            if word.plain.strip() and crossed and not covered:
                yield f"a break through {word.plain!r}"


RULES: tuple[Rule, ...] = (
    finding, where_and_when, bars_from_zero, one_axis, plain_charts, years_in_order, few_colours, labelled,
    marks_stand_out, words_stand_out, theme_colours, states_in_words, states_in_grey, readable, horizontal,
    numbers_of_the_language, fraction_with_percent, honest_rounding, sourced, broken_series, nothing_for_missing,
    cut_bars_are_marked, told_aloud, table_twin, provisional, no_nothings, hovers, words_apart, lines_beside_words,
)  # fmt: skip


def faults(drawing: Drawing) -> list[str]:
    """Everything that is wrong with one drawing, with the rule that says so."""
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(drawing)]
