"""Places: what an agency's name or a title says for certain (adcodes of GB/T 2260 for the provinces)."""

from __future__ import annotations

import re
from typing import NamedTuple

_PROVINCES: dict[str, str] = dict(
    pair.split("=")
    for pair in [
        "北京市=110000",
        "天津市=120000",
        "河北省=130000",
        "山西省=140000",
        "内蒙古自治区=150000",
        "辽宁省=210000",
        "吉林省=220000",
        "黑龙江省=230000",
        "上海市=310000",
        "江苏省=320000",
        "浙江省=330000",
        "安徽省=340000",
        "福建省=350000",
        "江西省=360000",
        "山东省=370000",
        "河南省=410000",
        "湖北省=420000",
        "湖南省=430000",
        "广东省=440000",
        "广西壮族自治区=450000",
        "海南省=460000",
        "重庆市=500000",
        "四川省=510000",
        "贵州省=520000",
        "云南省=530000",
        "西藏自治区=540000",
        "陕西省=610000",
        "甘肃省=620000",
        "青海省=630000",
        "宁夏回族自治区=640000",
        "新疆维吾尔自治区=650000",
        "台湾省=710000",
        "香港特别行政区=810000",
        "澳门特别行政区=820000",
    ]
)
_MUNICIPALITIES = frozenset(["北京市", "天津市", "上海市", "重庆市"])
# The cities of the provinces whose documents were at hand: city or county → (province, city, adcode).
_CITIES: dict[str, tuple[str, str, str]] = {
    "南京市": ("江苏省", "南京市", "320100"),
    "无锡市": ("江苏省", "无锡市", "320200"),
    "常州市": ("江苏省", "常州市", "320400"),
    "苏州市": ("江苏省", "苏州市", "320500"),
    "南通市": ("江苏省", "南通市", "320600"),
    "张家港市": ("江苏省", "苏州市", "320582"),
    "常熟市": ("江苏省", "苏州市", "320581"),
    "昆山市": ("江苏省", "苏州市", "320583"),
    "太仓市": ("江苏省", "苏州市", "320585"),
    "杭州市": ("浙江省", "杭州市", "330100"),
    "宁波市": ("浙江省", "宁波市", "330200"),
    "广州市": ("广东省", "广州市", "440100"),
    "深圳市": ("广东省", "深圳市", "440300"),
    "武汉市": ("湖北省", "武汉市", "420100"),
    "成都市": ("四川省", "成都市", "510100"),
    "西安市": ("陕西省", "西安市", "610100"),
    "济南市": ("山东省", "济南市", "370100"),
    "青岛市": ("山东省", "青岛市", "370200"),
    "郑州市": ("河南省", "郑州市", "410100"),
    "长沙市": ("湖南省", "长沙市", "430100"),
    "合肥市": ("安徽省", "合肥市", "340100"),
    "福州市": ("福建省", "福州市", "350100"),
    "厦门市": ("福建省", "厦门市", "350200"),
}
_REGION = re.compile(
    r"^(?:中共)?(?P<region>(?:[一-龥]{2,3}省|[一-龥]{2,7}自治区)?(?:[一-龥]{2,5}?(?:市|自治州|地区|盟))?(?:[一-龥]{1,5}?(?:市|区|县|旗))?)"
    r"(?=人民政府|政府|教育|教体|卫生|财政|发展|统计|办公|[市县区省]?委|局|厅|国民经济|20\d\d|民政|人力|自然|住房|交通|农业|文化|文旅|科技|公安|司法|"
    r"生态|水利|商务|应急|审计|市场|医疗|体育|档案|林业|关于|工业|国资|人大|政协|机关)"
)
_NO_PLACE = re.compile(r"教育|学区|校区|学校|全[市区县]|各[市区县]|园区|社区|城区|地区[市区县]|工作")


class Place(NamedTuple):
    """Where a document comes from; each part is ``None`` unless certain."""

    region: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    adcode: str | None = None


def place_of(*texts: str | None) -> Place:
    """The place the first of ``texts`` with one begins with: an agency or a title."""
    for text in texts:
        stripped = re.sub(r"^(?:关于)?(?:印发)?《?(?:\d{4}年度?)?", "", text or "")
        found = _REGION.match(stripped)
        region = found["region"] if found else ""
        if region and not _NO_PLACE.search(region):
            return _known(region)
    return Place()


def _known(region: str) -> Place:
    parts = re.findall(r"[一-龥]+?(?:省|自治区|特别行政区|自治州|地区|盟|市|区|县|旗)", region)
    last = parts[-1] if parts else region
    province = next((part for part in parts if part in _PROVINCES), None)
    if last in _CITIES:
        in_province, in_city, code = _CITIES[last]
        return Place(region, in_province, in_city, last if last != in_city else None, code)
    if last in _PROVINCES:
        return Place(region, last, last if last in _MUNICIPALITIES else None, None, _PROVINCES[last])
    city = next((part for part in parts[:-1] if part in _CITIES), None)
    home = _CITIES[city][0] if city else None
    county = last if city and last.endswith(("区", "县", "市", "旗")) else None
    return Place(region, province or home, city, county, None)
