"""Tasks beside the passages that answer them, and a plan beside last year's."""

from __future__ import annotations

import time

import govdoc
from govdoc.measuring.tasks import LEAST, MOST, Task, answers, kinships, passages_of, tasks_of
from score_tasks import hits, labelled, read_pair


def test_the_labelled_tasks_find_their_passages() -> None:
    total, first, third, missed = hits()
    assert total >= 40
    assert first / total >= 0.85, missed
    assert third / total >= 0.95, missed


def test_a_wrong_summary_answers_less() -> None:
    tasks, _ = read_pair("004", "001")
    _, elsewhere = read_pair("003", "000")
    wanted = labelled()["004", "001"]
    found = dict(zip((task.label for task in tasks), answers(tasks, elsewhere), strict=True))
    held = [
        any(word in elsewhere[one.passage].text for one in found[label] for word in wanted[label]) for label in wanted
    ]
    assert sum(held) / len(held) < 0.7


def test_every_numbered_item_is_a_task() -> None:
    tasks, passages = read_pair("004", "001")
    assert [task.label for task in tasks] == [f"{number}." for number in range(1, 31)]
    assert tasks[0].heading == "学习贯彻党的二十大精神"
    assert tasks[0].section == ("一、坚持将政治建设摆在首位，加强党对教育工作的全面领导",)
    assert {task.year for task in tasks} == {2023}
    assert {passage.year for passage in passages} == {2023}


def test_at_most_three_in_order() -> None:
    for found in answers(*read_pair("004", "001")):
        likeness = [one.likeness for one in found]
        assert len(found) <= MOST
        assert likeness == sorted(likeness, reverse=True)
        assert all(one >= LEAST for one in likeness)


PLAN = """安平县教育局2025年工作要点

一、主要任务

1.扩大学位供给。新建学校5所，新增学位3000个，缓解城区入学压力。

2.建设平安校园。开展校园安全隐患排查，实现视频监控全覆盖。

二、保障措施

（一）加强组织领导，压实各单位责任，建立工作台账，每月通报进度。

安平县教育局
2025年2月3日
"""
LAST = PLAN.replace("2025", "2024").replace("新建学校5所，新增学位3000个", "新建学校7所，新增学位4200个")
LAST = LAST.replace(
    "2.建设平安校园。开展校园安全隐患排查，实现视频监控全覆盖。", "2.发展职业教育。推进产教融合，建设实训基地。"
)


def test_this_years_plan_beside_last_years() -> None:
    now, before = (tasks_of(govdoc.parse(text)[0]) for text in (PLAN, LAST))
    assert [(task.label, task.heading) for task in now] == [
        ("1.", "扩大学位供给"),
        ("2.", "建设平安校园"),
        ("（一）", ""),
    ]
    found = [(one.state, one.now, one.before) for one in kinships(now, before)]
    assert found == [("changed", 0, 0), ("new", 1, None), ("kept", 2, 2), ("dropped", None, 1)]


def test_a_table_of_tasks() -> None:
    text = "关于印发2025年重点任务的通知\n\n一、任务清单\n\n现将任务印发。\n\n序号\t重点任务\t完成时限\n"
    text += "1\t新建学校5所\t12月底\n2\t招聘教师200人\t9月底\n\n某某县教育局\n2025年1月3日\n"
    assert [(one.label, one.heading) for one in tasks_of(govdoc.parse(text)[0])] == [
        ("1.", "新建学校5所"),
        ("2.", "招聘教师200人"),
    ]


def test_what_is_wanting_answers_no_task() -> None:
    text = "安平县教育局2024年工作总结\n\n一、主要工作\n\n全年新建学校5所，新增学位3000个。\n\n二、存在问题\n\n"
    text += "学位供给仍然不足，缺口1200个。\n\n安平县教育局\n2025年1月3日\n"
    assert [one.text for one in passages_of(govdoc.parse(text)[0])] == ["全年新建学校5所，新增学位3000个。"]


def test_time_does_not_grow_with_the_square() -> None:
    def seconds(times: int) -> float:
        texts = [f"第{i}项任务{chr(0x4E00 + i % 5000)}{chr(0x5E00 + i % 3001)}建设完成工作" for i in range(times)]
        tasks = [Task(f"{i}.", "", text, (), 0, 0, 2025) for i, text in enumerate(texts)]
        begun = time.perf_counter()
        kinships(tasks, tasks[:50])
        return time.perf_counter() - begun

    seconds(50)
    assert seconds(2000) < 40 * max(seconds(200), 0.005)
