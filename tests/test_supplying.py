"""The people's part: profiles fill, corrections are made on every run, and what lacks is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import govdoc
import page_documents as made
from govdoc.errors import UsageError
from govdoc.model import Document, Genre, Header, Main
from govdoc.parsing.supply import BY_FIELD, supply, value_at
from govdoc.supplying import load_overrides, load_profile, missing
from test_cli import govdoc as run

EXAMPLE = Path(__file__).parents[1] / "examples/profile.toml"
SEED = next((Path(__file__).parents[1] / "seeds").glob("003_*.txt"))
NOTICE = "关于放假的通知\n各学校：\n放假一天，请遵照执行。\n太仓市教育局\n2024年3月1日\n"
BARE = "2024年教育工作要点\n2024年，教育将深入推进改革。\n"
UNIT = """
机关标志 = "太仓市教育局文件"
署名 = "太仓市教育局"
抄送 = ["市委办公室", "市政府办公室"]
签发人 = "王建国"
印发日期 = "同成文日期"
[colophon.printing]
org = "太仓市教育局办公室"
[请示]
附注 = "联系人：李卫"
[印发]
标题 = "关于印发《{标题}》的通知"
正文 = ["现将《{标题}》印发给你们。", "请认真执行。"]
"""


def write(folder: Path, text: str, name: str = "unit.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def corrections(folder: Path, document: Document, lines: str, part: int = 1) -> Path:
    return write(folder, f'["{document.source.sha256[:12]}#{part}"]\n{lines}\n', "corrections.toml")


def of_genre(genre: Genre, title: str = "关于经费的请示") -> Document:
    return made.document(genre=genre, main=Main(title=title, body=(made.text("正文。"),)))


def test_a_profile_fills_what_a_document_lacks_and_nothing_else(tmp_path: Path) -> None:
    [document] = govdoc.parse(NOTICE, profile=write(tmp_path, UNIT))
    header, main, colophon = document.header, document.main, document.colophon
    assert header.issuer_mark is not None
    assert (header.issuer_mark.agencies, header.issuer_mark.suffix) == (("太仓市教育局",), "文件")
    assert colophon.cc is not None
    assert colophon.cc.names == ("市委办公室", "市政府办公室")
    assert colophon.printing is not None
    assert (colophon.printing.org, colophon.printing.date_raw) == ("太仓市教育局办公室", "2024年3月1日")
    assert header.signers == (), "a 通知 names no 签发人"
    assert main.annotation is None, "what is for a 请示 is not for a 通知"
    assert main.title == "关于放假的通知"
    assert "/main/signature_orgs" not in document.origins, "it has a 署名 of its own"
    assert document.origins["/header/issuer_mark"] == "user"


def test_the_printing_date_is_not_invented(tmp_path: Path) -> None:
    profile = write(tmp_path, UNIT.replace('印发日期 = "同成文日期"', ""))
    [document] = govdoc.parse(NOTICE, profile=profile)
    assert document.colophon.printing is not None
    assert document.colophon.printing.date is None
    undated = govdoc.supply(of_genre("通知", "关于放假的通知"), profile=write(tmp_path, UNIT))
    assert undated.colophon.printing is not None
    assert undated.colophon.printing.date is None


@pytest.mark.parametrize(("genre", "signers", "annotation"), [("请示", ("王建国",), "联系人：李卫"), ("函", (), None)])
def test_a_profile_knows_what_a_genre_takes(tmp_path: Path, genre: Genre, signers: tuple[str], annotation: Any) -> None:
    filled = load_profile(write(tmp_path, UNIT)).fill(of_genre(genre))
    assert (filled.header.signers, filled.main.annotation) == (signers, annotation)
    assert (filled.colophon.printing is None) == (genre == "函")


def test_another_units_document_is_left_alone_with_a_notice(tmp_path: Path) -> None:
    [document] = govdoc.parse(NOTICE.replace("太仓市", "昆山市"), profile=write(tmp_path, UNIT))
    assert document.header.issuer_mark is None
    assert document.origins == {}
    assert [(one.code, "昆山市教育局" in one.message) for one in document.notices] == [("K201", True)]


def test_a_text_is_issued_as_the_profile_says(tmp_path: Path) -> None:
    [plain] = govdoc.parse(BARE)
    [document] = govdoc.parse(BARE, profile=write(tmp_path, UNIT))
    [issued] = document.main.attachments
    assert (document.genre, document.kind, document.official) == ("通知", "工作要点", True)
    assert document.main.title == "关于印发《2024年教育工作要点》的通知"
    assert [block.text for block in document.main.body] == ["现将《2024年教育工作要点》印发给你们。", "请认真执行。"]
    assert (issued.role, issued.title, issued.body) == ("issued", plain.main.title, plain.main.body)
    assert document.spans["/main/attachments/0/title"] == plain.spans["/main/title"]
    assert "/main/title" not in document.spans
    assert document.trace is not None


def test_a_text_is_issued_too_where_a_person_says_it_is_a_notice(tmp_path: Path) -> None:
    profile = write(tmp_path, UNIT)
    [told] = govdoc.parse(BARE, profile=profile)
    [plain] = govdoc.parse(BARE)
    said = govdoc.supply(plain, {"文种": "通知"})
    for given in (govdoc.supply(plain, {"文种": "通知"}, profile=profile), govdoc.supply(said, {}, profile=profile)):
        assert given.main == told.main
        assert govdoc.supply(given, {}, profile=profile).main == told.main, "it is issued once"
    against = govdoc.supply(govdoc.parse(BARE)[0], {"文种": "报告"}, profile=profile)
    assert against.main.attachments == ()
    assert [(one.code, "报告" in one.message) for one in against.notices][-1] == ("K202", True)


def test_what_is_missing_of_a_text_that_is_issued_says_of_which_it_is(tmp_path: Path) -> None:
    [plain] = govdoc.parse(BARE + "\n太仓市教育局\n2024年3月1日\n")
    [genre, *_] = missing(plain)
    assert (genre.element, genre.example) == ("文种", None)
    assert "[印发]" in (genre.remark or "")
    date = next(one for one in missing(load_profile(write(tmp_path, UNIT)).fill(plain)) if one.element == "成文日期")
    assert "of the 通知; 2024年3月1日" in (date.remark or "")


def test_issuing_keeps_what_a_person_gave_outside_and_loses_no_text(tmp_path: Path) -> None:
    text = made.document(
        False,
        main=Main(title="工作要点", subtitle="（2024年1月）", body=(made.text("正文。"),), attachment_notes=("名单",),
                  signature_orgs=("太仓市教育局",), issue_date="2024-01-01", issue_date_raw="2024年1月1日"),
    )  # fmt: skip
    done = govdoc.supply(text, {"成文日期": "2024年2月5日"}, profile=write(tmp_path, UNIT))
    [issued] = done.main.attachments
    assert (done.main.issue_date, issued.issue_date) == ("2024-02-05", None)
    assert issued.signature_orgs == ("太仓市教育局",)
    assert [block.text for block in issued.body] == ["（2024年1月）", "正文。", "附件：1.名单"]


def test_a_profile_may_name_a_style_beside_it(tmp_path: Path) -> None:
    assert load_profile(write(tmp_path, '版式 = "ours.toml"')).style == str(tmp_path / "ours.toml")
    assert load_profile(write(tmp_path, 'style = "letter"')).style == "letter"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('机关标记 = "x"', "did you mean 机关标志"),
        ('文号 = "太教〔2025〕2号"', "give it with --set"),
        ('印发日期 = "2024年1月1日"', "同成文日期"),
        ("机关标志 = 3.5", "write it like 太仓市教育局文件"),
        ('抄送 = ""', "write it like"),
        ("机关标志 = 太仓市", "text stands in quotes"),
        ('[印发]\n标题 = "x"', "lacks 正文"),
        ('[印发]\n标題 = "x"', "did you mean 标题"),
        ('[印发]\n标题 = 3\n正文 = "x"', "is no text"),
        ('[请示]\n签发 = "x"', r"\[请示\].*did you mean 签发人"),
        ('[header]\nissuer_marc = "x"', "no element /header/issuer_marc|issuer_mark"),
        ("版式 = 3", "is no style"),
        ("请示 = 3", "is no table"),
    ],
)
def test_a_wrong_profile_is_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        load_profile(write(tmp_path, text))
    assert "unit.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_chinese_keys_need_no_quotes_and_strings_are_left_alone(tmp_path: Path) -> None:
    text = '附注 = """公开 = 是\n"""  # 注 = 释\n'
    text += '机关标志 = {agencies = ["甲局", "乙局"], suffix = "文件"}\n署名 = \'甲 = 局\''
    profile = load_profile(write(tmp_path, text))
    assert profile.elements["/main/annotation"] == "公开 = 是\n"
    assert profile.agencies[:2] == ("甲局", "乙局")


def test_a_correction_is_made_on_every_run(tmp_path: Path) -> None:
    [document] = govdoc.parse(NOTICE)
    path = corrections(tmp_path, document, '成文日期 = {旧 = "2024年3月1日", 新 = "2024年3月2日"}\n署名 = ""')
    for _ in range(2):
        [corrected] = govdoc.parse(NOTICE, overrides=path)
        assert (corrected.main.issue_date, corrected.main.signature_orgs) == ("2024-03-02", ())
        assert corrected.origins["/main/issue_date"] == corrected.origins["/main/signature_orgs"] == "user"
        assert corrected.notices == document.notices
    assert govdoc.supply(corrected, overrides=path) == corrected, "a corrected document read again is right already"


def test_corrections_may_be_json_and_name_pointers(tmp_path: Path) -> None:
    [document] = govdoc.parse(NOTICE)
    table = {document.source.sha256: {"/main/body/0/text": {"old": "放假一天，请遵照执行。", "new": "放假两天。"}}}
    path = write(tmp_path, json.dumps(table), "corrections.json")
    [corrected] = govdoc.parse(NOTICE, overrides=path)
    assert corrected.main.body[0].text == "放假两天。"


@pytest.mark.parametrize(
    ("lines", "title", "body"),
    [
        ('标题 = {旧 = "关于上课的通知", 新 = "关于休假的通知"}', "关于休假的通知", "放假一天，请遵照执行。"),
        ('"/main/body/0/text" = {旧 = "上课。", 新 = "休假。"}', "关于放假的通知", "放假一天，请遵照执行。"),
        ('"/main/body/9/text" = {旧 = "上课。", 新 = "休假。"}', "关于放假的通知", "放假一天，请遵照执行。"),
    ],
)
def test_a_stale_correction_is_a_notice(tmp_path: Path, lines: str, title: str, body: str) -> None:
    [document] = govdoc.parse(NOTICE)
    [corrected] = govdoc.parse(NOTICE, overrides=corrections(tmp_path, document, lines))
    assert (corrected.main.title, corrected.main.body[0].text) == (title, body)
    assert [one.code for one in corrected.notices] == ["K101"]


def test_corrections_of_parts_and_sources_that_are_not_there(tmp_path: Path) -> None:
    [document] = govdoc.parse(NOTICE)
    path = corrections(tmp_path, document, '标题 = "关于休假的通知"', part=2)
    [same] = govdoc.parse(NOTICE, overrides=path)
    assert (same.main.title, [one.code for one in same.notices]) == ("关于放假的通知", ["K102"])
    overrides = load_overrides(path)
    assert overrides.unmet([document.source.sha256]) == []
    assert [one.code for one in overrides.unmet(["0" * 64])] == ["K103"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('["3f9c"]\n标题 = "x"', "at least|12 digits or more"),
        ('标题 = "x"', "names no source"),
        ('["0123456789ab"]\n成文日期 = "昨天"', "write it like 2025年2月7日"),
        ('["0123456789ab"]\n成文日起 = "x"', "did you mean 成文日期"),
        ('["0123456789ab"]\n标题 = {旧 = "x"}', "lacks its new value"),
        ('["0123456789ab"]\n"/main/body/0/text" = "x"', "needs its old value"),
        ('["0123456789ab"]\n"/id" = {旧 = "x", 新 = "y"}', "cannot be given"),
    ],
)
def test_wrong_corrections_are_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        govdoc.supply(made.notice(), overrides=write(tmp_path, text))
    assert "unit.toml" in str(caught.value)


def test_every_field_has_an_english_name_and_may_be_json() -> None:
    document = made.document(False, main=Main(title="要点"))
    for name, element in BY_FIELD.items():
        as_text = supply(document, {name: element.example})
        assert as_text.origins[element.pointer] == "user"
        value = msgspec.to_builtins(as_text)
        for step in element.pointer.split("/")[1:]:
            value = value[step]
        assert supply(document, {element.pointer: value}).origins[element.pointer] == "user", element
    assert supply(made.notice(), {"抄送": None, "成文日期": None}).main.issue_date_raw is None


@pytest.mark.parametrize(
    ("document", "lacks"),
    [
        (made.notice(), []),
        (made.document(genre="函", header=Header(), main=Main(title="关于x的函")),
         ["机关标志", "文号", "主送", "正文", "署名", "成文日期"]),
        (made.order(), ["印发机关", "印发日期"]),
        (made.minutes(), ["期号", "成文日期", "印发机关", "印发日期"]),
        (made.plain(), ["文种", "机关标志", "文号", "主送", "署名", "成文日期"]),
        (made.with_main(made.notice(), attachment_notes=("名单",)), ["附件"]),
        (made.with_main(made.upward(), attachment_notes=(), issue_date="2025-03-15"),
         ["印发机关", "印发日期", "附件说明"]),
    ],
    ids=["whole", "letter", "order", "minutes", "plain", "notes without 附件", "附件 without notes"],
)  # fmt: skip
def test_what_a_document_lacks(document: Document, lacks: list[str]) -> None:
    assert [one.element for one in missing(document)] == lacks == [one.element for one in govdoc.missing(document)]


def test_what_is_missing_can_be_given_as_it_says() -> None:
    for document in (made.plain(), made.order(), made.minutes(), made.upward()):
        for _ in range(2):  # what a text of no 文种 lacks besides is known once it has one
            document = supply(document, {one.element: one.example for one in missing(document) if one.example})
        assert missing(document) == ()


def test_seed_003_is_a_whole_notice_in_one_command(tmp_path: Path) -> None:
    given = ["--set", "文号=武教〔2024〕1号", "--set", "成文日期=2024年2月5日"]
    done = run("export", SEED, "--json", "--profile", EXAMPLE, *given, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    [product] = (tmp_path / "out").glob("*.json")
    [document] = msgspec.json.decode(product.read_bytes(), type=list[Document])
    assert missing(document) == ()
    assert document.main.title == "常州市武进区教育局关于印发《2024年武进教育工作要点》的通知"
    again = run("parse", product, "--missing", cwd=tmp_path)
    assert again.stdout.decode().endswith("(通知): lacks nothing\n")


def test_the_command_line_fills_corrects_and_reports(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = write(tmp_path / "in", NOTICE, "a.txt")
    write(tmp_path, UNIT)
    lines = '标题 = "关于休假的通知"\n["000000000000"]\n标题 = "x"'
    corrections(tmp_path, govdoc.parse(source)[0], lines)
    config = write(tmp_path, 'profile = "unit.toml"\noverrides = "corrections.toml"\n', "config.toml")
    for paths in (["in"], [source]):
        done = run("parse", *paths, "--config", config, cwd=tmp_path)
        document = Document.from_json(done.stdout)
        assert (document.main.title, document.origins["/header/issuer_mark"]) == ("关于休假的通知", "user")
        assert ("000000000000: no such source" in done.stderr.decode()) == (paths == ["in"])
    assert run("parse", "in", "--missing", cwd=tmp_path).stdout.decode().splitlines()[1].split()[:2] == [
        "required",
        "机关标志",
    ]
    asked = run("parse", "in", "--missing", "--format", "json", cwd=tmp_path).stdout
    assert {"element": "文号", "pointer": "/header/doc_number"}.items() <= json.loads(asked)["missing"][1].items()
    assert run("parse", "in", "--missing", "-o", "out", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("name", "given", "pointer", "raw"),
    [
        ("文号", "临教发(2024)5号", "/header/doc_number/raw", "临教发〔2024〕5号"),
        ("文号", "临教发【2024】第005号", "/header/doc_number/raw", "临教发〔2024〕5号"),
        ("文号", "公告2024年第3号", "/header/doc_number/raw", "公告2024年第3号"),
        ("成文日期", "2024-03-05", "/main/issue_date_raw", "2024年3月5日"),
        ("成文日期", "2024.3.5", "/main/issue_date_raw", "2024年3月5日"),
        ("成文日期", "2024年03月05日", "/main/issue_date_raw", "2024年3月5日"),
        ("成文日期", "二〇二四年三月五日", "/main/issue_date_raw", "二〇二四年三月五日"),
        ("印发日期", "2024/3/5", "/colophon/printing/date_raw", "2024年3月5日"),
    ],
)
def test_numbers_and_dates_given_in_other_forms_are_set_as_the_standard_writes_them(
    name: str, given: str, pointer: str, raw: str
) -> None:
    document = govdoc.supply(of_genre("通知", "关于放假的通知"), {name: given})
    assert value_at(json.loads(document.to_json()), pointer) == raw
    assert document.origins[pointer.removesuffix("/raw")] == "user"


@pytest.mark.parametrize(
    ("name", "given"),
    [("成文日期", "20240305"), ("成文日期", "2024-13-05"), ("文号", "临教发(2024)5"), ("签署人", "徐华东")],
)
def test_what_cannot_be_read_is_refused_with_the_right_form(name: str, given: str) -> None:
    with pytest.raises(UsageError, match="write it like"):
        govdoc.supply(of_genre("通知", "关于放假的通知"), {name: given})
