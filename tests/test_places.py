"""Places: of agencies and titles, certain or null, with the codes of their year."""

from __future__ import annotations

import pytest

import govdoc
from govdoc.parsing.places import Place, place_of, place_of_document

CERTAIN = {
    "苏州市教育局": ("江苏省", "苏州市", None, "320500"),
    "太仓市教育局": ("江苏省", "苏州市", "太仓市", "320585"),
    "江苏省教育厅": ("江苏省", None, None, "320000"),
    "中共安平县委办公室": ("河北省", "衡水市", "安平县", "131125"),
    "北京市海淀区教育委员会": ("北京市", "北京市", "海淀区", "110108"),
    "浦东新区人民政府": ("上海市", "上海市", "浦东新区", "310115"),
    "重庆市忠县教育委员会": ("重庆市", "重庆市", "忠县", "500233"),
    "仙桃市人民政府": ("湖北省", None, "仙桃市", "429004"),
    "吉林市教育局": ("吉林省", "吉林市", None, "220200"),
    "大理州教育体育局": ("云南省", "大理白族自治州", None, "532900"),
    "关岭县人民政府": ("贵州省", "安顺市", "关岭布依族苗族自治县", "520424"),
    "海南州教育局": ("青海省", "海南藏族自治州", None, "632500"),
    "海南省教育厅": ("海南省", None, None, "460000"),
    "朝阳市教育局": ("辽宁省", "朝阳市", None, "211300"),
    "河北区人民政府": ("天津市", "天津市", "河北区", "120105"),
    "国家税务总局苏州市税务局": ("江苏省", "苏州市", None, "320500"),
    "2024年太仓市政府工作报告": ("江苏省", "苏州市", "太仓市", "320585"),
    "江苏省太仓高级中学": ("江苏省", None, None, "320000"),
}


@pytest.mark.parametrize(("office", "place"), CERTAIN.items())
def test_a_place_and_what_it_belongs_to(office: str, place: tuple[str | None, ...]) -> None:
    assert tuple(place_of(office))[1:] == place


@pytest.mark.parametrize(
    ("bare", "with_parent", "code"),
    [
        ("鼓楼区人民政府", "南京市鼓楼区人民政府", "320106"),
        ("鼓楼区人民政府", "福建省福州市鼓楼区人民政府", "350102"),
        ("城关区教育局", "兰州市城关区教育局", "620102"),
        ("朝阳区教育局", "吉林省朝阳区教育局", "220104"),
        ("通州区教育局", "南通市通州区教育局", "320612"),
        ("郊区教育局", "铜陵市郊区教育局", "340711"),
    ],
)
def test_a_name_of_several_places_is_certain_only_with_what_it_belongs_to(
    bare: str, with_parent: str, code: str
) -> None:
    assert place_of(bare) == Place(bare[: bare.index("区") + 1])
    assert place_of(with_parent).adcode == code


@pytest.mark.parametrize(
    ("office", "year", "city", "code"),
    [
        ("下城区教育局", 2019, "杭州市", "330103"),
        ("临平区教育局", 2022, "杭州市", "330113"),
        ("莱芜市人民政府", 2015, "莱芜市", "371200"),
        ("莱芜区人民政府", 2022, "济南市", "370116"),
        ("吴县人民政府", 1990, "苏州市", "320524"),
        ("太仓县教育局", 1988, "苏州市", "320522"),
        ("黄岛区教育局", 1950, "青岛市", "370211"),
    ],
)
def test_a_code_is_that_of_its_year(office: str, year: int, city: str, code: str) -> None:
    found = place_of(office, year=year)
    assert (found.city, found.adcode) == (city, code)


@pytest.mark.parametrize(
    ("office", "region", "province", "city"),
    [
        ("青山县教育局", "青山县", None, None),
        ("苏州市高新区教育局", "苏州市高新区", "江苏省", "苏州市"),
        ("义务教育学区管理办公室", None, None, None),
        ("某某大学", None, None, None),
        ("福建师范大学", None, None, None),
        ("市政府办公室", None, None, None),
        ("", None, None, None),
    ],
)
def test_what_the_table_does_not_have_has_no_code(
    office: str, region: str | None, province: str | None, city: str | None
) -> None:
    assert place_of(office) == Place(region, province, city)


def test_the_place_of_a_document_is_that_of_its_agency_in_its_year() -> None:
    text = "关于做好防汛工作的通知\n各学校：\n请做好防汛工作。\n杭州市下城区教育局\n2019年6月3日\n"
    [document] = govdoc.parse(text)
    assert place_of_document(document) == Place("杭州市下城区", "浙江省", "杭州市", "下城区", "330103")
    [other] = govdoc.parse(text.replace("杭州市下城区教育局", "教务处").replace("关于做好", "南京市关于做好"))
    assert place_of_document(other).adcode == "320100"
