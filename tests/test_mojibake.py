"""Mojibake and literal entities: repaired to the character where nothing was lost, and never where all is well."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdoc import api
from govdoc.rules.mojibake import Damage, gbk_as_western, repairable, utf8_as_gbk, utf8_as_western

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
CLEAN = [path.read_text("utf-8") for path in [*SEEDS, *sorted((HERE / "data" / "clean").glob("*.txt"))]]
CLAUSE_MARK = re.compile(r"[，。；：、“”《》（）\s]")
ENCODING_RULES = {"E101", "E102", "E103", "E104", "E105"}
Finder = Callable[[str], "list[Damage]"]


def as_cp1252(data: bytes) -> str:
    """As browsers read it: the five bytes cp1252 leaves open are C1 controls."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


def as_cp936(data: bytes) -> str:
    """As Windows reads it: byte 0x80 is the euro sign. ``UnicodeDecodeError`` where a byte would be lost."""
    pieces: list[str] = []
    at = 0
    while at < len(data):
        width = 1 if data[at] <= 0x80 else 2
        pair = data[at : at + width]
        pieces.append("€" if pair == b"\x80" else pair.decode("gb18030"))
        at += width
    return "".join(pieces)


HOPS: dict[str, tuple[str, Callable[[bytes], str], Finder]] = {
    "utf-8 as latin-1": ("utf-8", lambda data: data.decode("latin-1"), utf8_as_western),
    "utf-8 as cp1252": ("utf-8", as_cp1252, utf8_as_western),
    "gbk as latin-1": ("gb18030", lambda data: data.decode("latin-1"), gbk_as_western),
    "gbk as cp1252": ("gb18030", as_cp1252, gbk_as_western),
    "utf-8 as gbk": ("utf-8", as_cp936, lambda text: list(utf8_as_gbk(text))),
}


def repaired(text: str, find: Finder) -> str:
    for each in sorted(repairable(find(text)), reverse=True):
        text = text[: each.start] + each.new + text[each.stop :]
    return text


def damaged(text: str, hop: str) -> str | None:
    encoding, read, _ = HOPS[hop]
    try:
        return read(text.encode(encoding))
    except UnicodeDecodeError:
        return None


def rules_used(text: str, *, unsafe: bool = False) -> set[str]:
    return {edit.rule for one in api.clean(text, unsafe=unsafe).ledger for edit in one.edits}


@pytest.mark.parametrize("hop", [hop for hop in HOPS if hop != "utf-8 as gbk"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_whole_texts_come_back_exactly(seed: Path, hop: str) -> None:
    text = seed.read_text("utf-8")
    broken = damaged(text, hop)
    assert broken is not None
    assert repaired(broken, HOPS[hop][2]) == text


@pytest.mark.parametrize("hop", HOPS)
@pytest.mark.parametrize("size", [None, 14])
def test_single_lines_and_short_titles_come_back_exactly(hop: str, size: int | None) -> None:
    lines = {line.strip()[:size] for text in CLEAN for line in text.splitlines()}
    pairs = [(broken, line) for line in lines if sum(map(is_hanzi, line)) >= 4 and (broken := damaged(line, hop))]
    assert len(pairs) > 30
    assert [line for broken, line in pairs if repaired(broken, HOPS[hop][2]) != line] == []


def pieces(kind: str) -> list[str]:
    """Every line of the clean texts, its first fourteen characters, or its clauses, that holds a hanzi."""
    lines = {line.strip() for text in CLEAN for line in text.splitlines()}
    cut = {"lines": lambda line: [line], "titles": lambda line: [line[:14]], "clauses": CLAUSE_MARK.split}[kind]
    least = 2 if kind == "clauses" else 1
    return sorted({piece for line in lines for piece in cut(line) if sum(map(is_hanzi, piece)) >= least})


@pytest.mark.parametrize("hop", HOPS)
@pytest.mark.parametrize(("kind", "wrong_at_most"), [("lines", 0), ("titles", 0), ("clauses", 10)])
def test_matrix_of_lossless_cases(hop: str, kind: str, wrong_at_most: int) -> None:
    """Each piece alone. The clauses that stay are of two hanzi (ÒÀÍÐ) that capitals of another alphabet give too."""
    pairs = [(broken, piece) for piece in pieces(kind) if (broken := damaged(piece, hop)) and broken != piece]
    wrong = [piece for broken, piece in pairs if repaired(broken, HOPS[hop][2]) != piece]
    print(f"{hop}, {kind}: {len(pairs) - len(wrong)} of {len(pairs)} right; wrong: {wrong}")
    assert len(pairs) > 30
    assert len(wrong) <= wrong_at_most


@pytest.mark.parametrize("outer", ["utf-8 as latin-1", "utf-8 as cp1252"])
@pytest.mark.parametrize("inner", [hop for hop in HOPS if hop != "utf-8 as gbk"])
def test_two_misreadings_one_upon_the_other(inner: str, outer: str) -> None:
    text = "\n".join(pieces("lines"))
    broken = damaged(damaged(text, inner) or "", outer)
    assert broken
    assert api.clean(broken).text == api.clean(text).text


@pytest.mark.parametrize("hop", [hop for hop in HOPS if hop != "utf-8 as gbk"])
def test_documents_of_which_some_lines_are_damaged(hop: str) -> None:
    for seed in SEEDS[:3]:
        lines = seed.read_text("utf-8").split("\n")
        mixed = [damaged(line, hop) or line if i % 3 == 0 else line for i, line in enumerate(lines)]
        assert repaired("\n".join(mixed), HOPS[hop][2]) == "\n".join(lines)


LONE = ["ÀÉÈÊËÎÏÔ", "ÄÖÜß", "Ø10×5", "5µ±2", "×÷", "10¹²", "½¼¾", "°C±²", "ÄÄÄ ÖÖÖÖ", "ÏÐÈÊÀÇ", "«À»",
        "É", "ÉÉ", "àé", "¿Qué?", "§§3", "ÅÄÖ", "øæå", "ÉTÉ", "Öö", "ÆØÅ", "²³¹", "·×·", "±×÷"]  # fmt: skip


@pytest.mark.parametrize("text", LONE)
def test_signs_and_letters_alone_on_a_line_are_left_alone(text: str) -> None:
    for whole in (text, f"{text}\n{text}", f"教育局\n{text}\n工作", f"气温{text}以上"):
        assert not rules_used(whole) & ENCODING_RULES


def is_hanzi(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@pytest.mark.parametrize("hop", HOPS)
@pytest.mark.parametrize(
    "title",
    ["通知", "工作要点", "教育局关于印发", "关于做好工作的通知", "全面落实立德树人根本任务", "加强教育团队建设"],
)
def test_short_titles_of_usual_words(title: str, hop: str) -> None:
    if broken := damaged(title, hop):
        cleaned = api.clean(broken)
        assert cleaned.text == title + "\n"
        assert cleaned.undo() == broken.encode()


@pytest.mark.parametrize("hop", HOPS)
@pytest.mark.parametrize(
    "title", ["教育部關於推動閱讀教育實施計畫", "請各校依說明辦理", "臺北市政府教育局公告", "主旨：檢送本部令。"]
)
def test_traditional_titles(title: str, hop: str) -> None:
    if broken := damaged(title, hop):
        assert repaired(broken, HOPS[hop][2]) == title


@pytest.mark.parametrize("hop", [hop for hop in HOPS if hop != "utf-8 as gbk"])
def test_cleaning_a_damaged_text_gives_what_cleaning_the_sound_one_gives(hop: str) -> None:
    for seed in SEEDS[:2]:
        broken = damaged(seed.read_text("utf-8"), hop)
        assert broken is not None
        cleaned = api.clean(broken)
        assert cleaned.text == api.clean(seed).text
        assert cleaned.undo() == broken.encode()
        assert {notice.code for notice in cleaned.notices} & ENCODING_RULES


def test_damage_on_damage() -> None:
    text = "教育局关于印发工作要点的通知"
    twice = as_cp1252(as_cp1252(text.encode()).encode())
    assert api.clean(twice).text == text + "\n"
    escaped = "".join(f"&#{byte};" for byte in text.encode())
    assert api.clean(escaped).text == text + "\n"
    assert api.clean(escaped.replace("&", "&amp;")).text == text + "\n"


SOUND = {
    "english": "The “Department of Education” – café, naïve, Ångström; 3×4 = 12, ±5 %, £5, €7, §3, ½, 10¹²… AT&T, R&D.",
    "french": "L’éducation à l’école : « les élèves, les maîtres », çà et là, Œuvre, ÀÉÈÊËÎÏÔ.",
    "german": "Prüfungsordnung für Schülerinnen: Änderung §§ 3–5, ÄÖÜ äöü ß, ÄÖÜß GRÖẞE ÄÄÄ ÖÖÖÖÖÖ üüüüüü.",
    "finnish": "Ääni kuuluu täällä. Ääniä, ÄÄNTÄ, hyvää yötä, Öölanti, määrää.",
    "portuguese": "A MANHÃ” é NÃO; Ã, Â, «À», nº 5ª, ação.",
    "vietnamese": "Bộ Giáo dục và Đào tạo, Hà Nội, ngày 25 tháng 12 năm 2024.",
    "russian": "Министерство образования утвердило план работы на 2024 год.",
    "japanese": "教育委員会の令和六年度の計画について、各学校へ通知します。ｱｲｳ「東京都」々〆〇",
    "korean": "교육부는 올해 업무계획을 발표하였다. 敎育部",
    "traditional": "教育部關於推動國民中小學閱讀教育實施計畫，請各校依說明辦理。臺北市鎔鍊銆鐨",
    "rare names": "李溁、王濬、张瑈、朱镕基、陶喆、𬀪䶮、鏁欒、锛、閫、澂湉溁滎瀅瀯灪犇猋",
    "signs": "××局××号　××××年××月××日——……“”‘’·①②℃‰№☆★□■→●︰﹏",
    "losses": "教育\ufffd局，锟斤拷，王?明，一□二，是否？",
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_text_of_any_language_is_left_alone(name: str) -> None:
    for text in (SOUND[name], SOUND[name] * 50, "\n".join(SOUND[name])):
        assert not rules_used(text, unsafe=True) & ENCODING_RULES


def test_all_sound_samples_in_one_text_are_left_alone() -> None:
    assert not rules_used("\n".join([*SOUND.values(), *CLEAN]), unsafe=True) & ENCODING_RULES


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_seeds_and_cleaned_texts_are_left_alone(text: str) -> None:
    assert not rules_used(text, unsafe=True) & ENCODING_RULES


def test_one_damaged_line_changes_only_itself() -> None:
    lines = [
        "“Research”与教育“A类”工作——陶行知·晓庄。",
        as_cp1252("加强教育局工作".encode()),
        "café”…、××局、“[附件]”3×4。",
    ]
    cleaned = api.clean("\n".join(lines))
    edits = [edit for one in cleaned.ledger for edit in one.edits if edit.rule in ENCODING_RULES]
    assert [(edit.old, edit.new) for edit in edits] == [(lines[1], "加强教育局工作")]


def test_edits_are_the_damaged_runs() -> None:
    broken = "2024年" + as_cp1252("教育".encode()) + " plan 2024 " + as_cp1252("工作。".encode()) + "完"
    edits = [edit for one in api.clean(broken).ledger for edit in one.edits if edit.rule == "E102"]
    assert [edit.new for edit in edits] == ["教育", "工作。"]
    assert [broken[edit.start : edit.stop] for edit in edits] == [edit.old for edit in edits]


@pytest.mark.parametrize("read_as", ["gb18030", "cp1252"])
def test_losses_are_repaired_on_request_only_and_said(read_as: str) -> None:
    text = SEEDS[0].read_text("utf-8")
    broken = text.encode().decode(read_as, "replace")
    by_default, asked = api.clean(broken), api.clean(broken, unsafe=True)
    assert "E105" not in {edit.rule for one in by_default.ledger for edit in one.edits}
    assert any(notice.code == "E104" and "--unsafe" in notice.message for notice in by_default.notices)
    assert any(notice.code == "E105" and "lost" in notice.message for notice in asked.notices)
    wanted = api.clean(text).text[:3000]
    assert SequenceMatcher(None, wanted, asked.text[:3000], autojunk=False).ratio() > 0.8
    # What came back is right: hanzi that do not stand in the original were not made up.
    invented = {char for char in asked.text if is_hanzi(char)} - set(text)
    assert len(invented) <= 25
    assert asked.undo() == broken.encode()


def test_repairs_are_linear() -> None:
    def seconds(text: str) -> float:
        start = perf_counter()
        api.clean("教育" + text, unsafe=True)
        return perf_counter() - start

    units = (
        "æ•™",
        "é",
        "â€",
        "½Ì",
        "Ä",
        "鏁欒",
        "銆\ufffd",
        "锛?",
        "&amp;",
        "&amp;amp;ldquo;x",
        "&",
        "&nbsp;",
        "€",
        "“&nbsp;”",
    )
    for unit in units:
        short, long = (min(seconds(unit * (size // len(unit))) for _ in range(2)) for size in (2**13, 2**15))
        assert long < 10 * short + 0.5, unit


PIECES = ["æ•™è‚²", "½ÌÓý¾Ö", "閫氱煡", "教育局", "銆\ufffd", "锛?", "€", "Ã—", "Â·", "é", "”…", "&nbsp;",
          "&amp;", "ldquo;", "&#26080;", "2024", " ", "\n", "A", "\x85", "\x90", "\udce6", "“", "，", "Ï", "\U0001f600",
          "ðŸ˜€", "å\x8a\xa0", "åŠ "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join), st.booleans())
def test_any_mixture_can_be_undone_and_cleaned_again(text: str, unsafe: bool) -> None:
    cleaned = api.clean("教" + text, unsafe=unsafe)
    assert cleaned.undo() == ("教" + text).encode("utf-8", "surrogatepass")
    assert api.clean(cleaned.text, unsafe=unsafe).text == cleaned.text
