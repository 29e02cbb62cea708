"""年度对比 and 地区对比: what may stand in one row, what may not, and that a person sees what was put together."""

from __future__ import annotations

import io
from itertools import groupby
from typing import Any

import openpyxl
import pandas as pd
import pytest

import govdoc
from govdoc import workbook
from govdoc.indicator import Indicator
from govdoc.measuring.series import measure_of, spot_of
from govdoc.source import Source
from govdoc.workbook import Corrected, series
from workbook_records import document, load, record

SUMMARY = """{place}教育局{year}年工作总结

一、资源建设

1.学位供给。全年新建学校{schools}所，{verb}学位{seats}个，{hire}教师{teachers}人。{own}公办幼儿园占比达{share}%。

2.经费投入。{whole}一般公共预算教育支出{money}亿元，同比增长{rise}%。

{place}教育局
{next}年1月5日
"""
ANPING = {2022: (3, 2400, 120, "51.2", "8.15", "5.2"), 2023: (4, 2800, 130, "52.6", "8.52", "4.5"),
          2024: (5, 3100, 90, "55", "9.03", "6")}  # fmt: skip
QINGSHAN = {2022: (1, 900, 60, "48", "4.4", "3.1"), 2023: (2, 1200, 75, "49.5", "4.6", "4.5"),
            2024: (2, 1500, 80, "50.1", "4.9", "6.5")}  # fmt: skip


def page(place: str, year: int, figures: tuple[Any, ...], **words: str) -> str:
    names = ("schools", "seats", "teachers", "share", "money", "rise")
    said = {"verb": "新增", "hire": "招聘", "own": "", "whole": ""} | words
    return SUMMARY.format(place=place, year=year, next=year + 1, **dict(zip(names, figures, strict=True)), **said)


def sheets(pages: list[str]) -> tuple[bytes, dict[str, pd.DataFrame]]:
    documents = [one for i, text in enumerate(pages) for one in govdoc.parse(Source(text.encode(), name=f"{i}.txt"))]
    data = workbook.write_xlsx(govdoc.measure(documents), documents)
    return data, pd.read_excel(io.BytesIO(data), sheet_name=None)


@pytest.fixture(scope="module")
def six() -> tuple[bytes, dict[str, pd.DataFrame]]:
    pages = [page("安平县", year, figures, own="安平县") for year, figures in ANPING.items()]
    pages[2] = pages[2].replace("新增学位", "扩增学位")
    return sheets(pages + [page("青山县", y, f, hire="招录", whole="全县") for y, f in QINGSHAN.items()])


def test_three_years_of_two_places(six: tuple[bytes, dict[str, pd.DataFrame]]) -> None:
    years = six[1]["年度对比"].set_index(["指标名称", "地区"])[["2022年", "2023年", "2024年"]]
    expected = {
        ("新建学校", 0, 1), ("新增学位", 1, 1), ("公办幼儿园占比", 3, 1),
        ("一般公共预算教育支出", 4, 100_000_000), ("一般公共预算教育支出同比增长", 5, 1),
    }  # fmt: skip
    for name, at, scale in expected:
        for place, figures in (("安平县", ANPING), ("青山县", QINGSHAN)):
            wanted = [float(figures[year][at]) * scale for year in (2022, 2023, 2024)]
            assert years.loc[(name, place)].tolist() == pytest.approx(wanted)
    assert years.loc[("招聘教师", "安平县")].tolist() == [120, 130, 90]
    assert years.loc[("招录教师", "青山县")].tolist() == [60, 75, 80]
    assert len(years) == 12
    names = six[1]["年度对比"].set_index(["指标名称", "地区"])["所含名称"].dropna()
    assert names.to_dict() == {("新增学位", "安平县"): "新增学位、扩增学位"}


def test_places_stand_side_by_side_year_by_year(six: tuple[bytes, dict[str, pd.DataFrame]]) -> None:
    data, frames = six
    frame = frames["地区对比（县级）"]
    assert list(frame.columns) == ["指标名称", "角色", "单位", "年度", "安平县", "青山县", "所含名称", "备注"]
    assert len(frame) == 18
    assert not frame[["安平县", "青山县"]].isna().any().any()
    rows = frame.set_index(["指标名称", "年度"])
    assert rows.loc[("新增学位", 2024), ["安平县", "青山县"]].tolist() == [3100, 1500]
    assert set(rows.loc[("新增学位", 2024), "所含名称"].split("、")) == {"新增学位", "扩增学位"}
    hired = frame[frame["所含名称"].notna() & frame["所含名称"].str.contains("招录", na=False)]
    assert hired["年度"].tolist() == [2022, 2023, 2024]
    blocks = [unit for unit, _ in groupby(frame["单位"].replace({"所": "个"}))]
    assert len(blocks) == len(set(blocks)), "what has one unit stands together"
    book = load(data)
    for row in book["地区对比（县级）"].iter_rows(min_row=2):
        if row[0].value == "新建学校":
            for cell in row[4:6]:
                title, address = cell.hyperlink.location.split("!")
                assert f"全年新建学校{cell.value}所" in str(book[title.strip("'")][address].value)


def test_a_city_never_stands_beside_a_county() -> None:
    pages = [page("安平县", 2024, ANPING[2024]), page("江苏省苏州市", 2024, QINGSHAN[2024], whole="全市")]
    _, frames = sheets(pages)
    assert not [title for title in frames if title.startswith("地区对比")]
    _, frames = sheets([*pages, page("江苏省无锡市", 2024, ANPING[2023]), page("青山县", 2024, QINGSHAN[2024])])
    assert [title for title in frames if title.startswith("地区对比")] == ["地区对比（市级）", "地区对比（县级）"]
    assert list(frames["地区对比（市级）"].columns)[4:6] == ["江苏省无锡市", "江苏省苏州市"]
    assert list(frames["地区对比（县级）"].columns)[4:6] == ["安平县", "青山县"]


def test_a_copy_counts_once() -> None:
    first, second = page("安平县", 2024, ANPING[2024]), page("青山县", 2024, QINGSHAN[2024])
    _, alone = sheets([first, second])
    _, copied = sheets([first, first.replace("\n\n", "\n \n") + "\n", second])
    _, twice = sheets([first, first, second])
    pd.testing.assert_frame_equal(alone["地区对比（县级）"], copied["地区对比（县级）"])
    pd.testing.assert_frame_equal(alone["地区对比（县级）"], twice["地区对比（县级）"])


def of(value: str, place: str = "安平县", **changes: Any) -> Indicator:
    sentence = f"{place}新增学位{value}个（{changes}）。"
    return record(f"{value}个", sentence, value, "个", name=changes.pop("name", "新增学位"), region=place, **changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "新建学校"}, {"name": "改造学校"}),
        ({"name": "公办园占比"}, {"name": "普惠园占比"}),
        ({"role": "target"}, {"role": "actual"}),
        ({"unit_norm": "个"}, {"unit_norm": "人"}),
        ({"kind": "count"}, {"kind": "change"}),
        ({"subject": "市直学校"}, {"subject": None}),
        ({"scope": "全国"}, {"scope": None}),
        ({"title": "2024年上半年工作总结"}, {"title": "2024年工作总结"}),
        ({"name": "苏州市智慧校园"}, {"name": "江苏省智慧校园"}),
    ],
)
def test_what_is_not_the_same_measure(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert measure_of(of("1", **one)) != measure_of(of("1", **other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "安平县“新增学位”"}, {"name": "扩增学位"}),
        ({"name": "全县公办幼儿园占比"}, {"name": "公办园所占比重"}),
        ({"unit_norm": "个"}, {"unit_norm": "所"}),
        ({"name": "教育支出同比增长", "kind": "change"}, {"name": "教育支出提高", "kind": "change"}),
        ({"scope": "全县"}, {"scope": None}),
    ],
)
def test_what_is_the_same_measure(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert measure_of(of("1", **one)) == measure_of(of("1", **other))


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ({"province": "江苏省", "city": "苏州市", "county": "太仓市", "adcode": "320585", "region": "太仓市"}, "县级"),
        ({"province": "江苏省", "city": "苏州市", "adcode": "320500", "region": "苏州市"}, "市级"),
        ({"province": "江苏省", "adcode": "320000", "region": "江苏省"}, "省级"),
        ({"province": "北京市", "city": "北京市", "adcode": "110000", "region": "北京市"}, "省级"),
        ({"province": "江苏省", "city": "苏州市", "region": "苏州市高新区"}, "县级"),
        ({"region": "海陵市"}, "级别不明的市"),
        ({"region": "安平县"}, "县级"),
        ({"region": None}, None),
    ],
)
def test_the_level_of_a_place(place: dict[str, Any], level: str | None) -> None:
    spot = spot_of(record("1个", "新增1个。", "1", "个", **place))
    assert (spot and spot.level) == level


def test_two_figures_for_one_place_are_both_named() -> None:
    records = [of("300"), of("400"), of("500", "青山县"), of("50", "海东县", bound="ge")]
    frame = pd.read_excel(io.BytesIO(workbook.write_xlsx(records, [document()])), sheet_name="地区对比（县级）")
    assert frame["安平县"].isna().all()
    assert frame[["青山县", "海东县"]].to_numpy().tolist() == [[500, 50]]
    assert set(frame["备注"][0].split("；")) == {"安平县有不同的数：300个、400个", "海东县为≥50个"}


def test_what_a_person_says_is_no_indicator_is_left_out() -> None:
    records = [of("300"), of("500", "青山县")]
    assert "地区对比（县级）" in load(workbook.write_xlsx(records, [])).sheetnames
    said = Corrected(records, {records[0].id: "不是指标"})
    assert "地区对比（县级）" not in load(workbook.write_xlsx(said, [])).sheetnames


def test_many_places_go_on_in_further_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "_MOST_PLACES", 3)
    records = [of(str(100 + i), f"{name}县") for i, name in enumerate("甲乙丙丁戊")]
    book = load(workbook.write_xlsx(records, []))
    titles = [title for title in book.sheetnames if title.startswith("地区对比")]
    assert titles == ["地区对比（县级1）", "地区对比（县级2）"]
    heads = [cell.value for title in titles for cell in book[title][1] if str(cell.value).endswith("县")]
    assert sorted(heads) == sorted(f"{name}县" for name in "甲乙丙丁戊")
    assert len({table for title in titles for table in book[title].tables}) == 2


def test_heads_are_lawful_and_no_two_alike() -> None:
    records = [
        of("1", "=鼓楼区", adcode="320106", province="江苏省"), of("2", "鼓楼区", adcode="350102", province="福建省"),
        of("3", "指标名称县"), of("4", "鼓楼\n区", adcode="410204"),
    ]  # fmt: skip
    book: openpyxl.Workbook = load(workbook.write_xlsx(records, []))
    sheet = book["地区对比（县级）"]
    heads = [str(cell.value) for cell in sheet[1]]
    assert len(set(heads)) == len(heads)
    (table,) = sheet.tables.values()
    assert table.column_names == heads
    assert not any(head[0] in "=+-@" for head in heads)


def test_a_copy_is_no_second_result_and_no_rival() -> None:
    plan = "安平县教育局2024年工作要点\n\n1.扩大学位供给。新增学位3000个，招聘教师90人。\n\n"
    plan += "2.抓好安全。排查隐患，建立台账。\n\n安平县教育局\n2024年2月5日\n"
    summary = page("安平县", 2024, ANPING[2024])
    _, alone = sheets([plan, summary])
    data, copied = sheets([plan, summary, summary.replace("\n\n", "\n \n") + "\n"])
    heads = ["三级指标", "年度指标值", "实际完成值", "结论"]
    pd.testing.assert_frame_equal(alone["目标完成对照"][heads], copied["目标完成对照"][heads])
    assert "超额完成" in set(alone["目标完成对照"]["结论"])
    assert len(alone["任务落实对照"]) == len(copied["任务落实对照"]) == 2
    assert len(copied["指标明细"]) == len(alone["指标明细"]) + 6
    said = [str(cell.value) for row in load(data)["概览"].iter_rows() for cell in row if cell.value]
    assert "2.txt（与1.txt相同，对照时只计一次）" in said
