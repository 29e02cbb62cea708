"""The command line as a user meets it: products, refusals, exit statuses; nothing half-written, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from test_office_reader import container
from word_files import docx, p

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = next(SEEDS.glob("000_*.txt"))


def govdoc(
    *args: str | Path, cwd: Path, stdin: bytes | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from govdoc.cli import main; main()", *map(str, args)]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, check=False, env={**os.environ, **(env or {})}
    )


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    return Path(shutil.copy(SEED, tmp_path / "通知.txt"))


def test_one_input_without_output_prints_the_cleaned_text(seed: Path, tmp_path: Path) -> None:
    done = govdoc("clean", seed, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("关于印发《2024年度教育工作总结》的通知\n太教〔2025〕2号\n")
    assert files(tmp_path) == {"通知.txt"}


def test_standard_input_and_a_locale_without_utf8(tmp_path: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}
    done = govdoc("clean", "-", cwd=tmp_path, stdin="推动 36 个学校 𫖯".encode(), env=env)
    assert done.stdout.decode() == "推动36个学校 𫖯\n"


def test_clean_and_undo_give_back_the_bytes(seed: Path, tmp_path: Path) -> None:
    assert govdoc("clean", seed, "-o", "out", cwd=tmp_path).returncode == 0
    assert files(tmp_path / "out") == {"通知.txt", "通知.edits.jsonl"}
    assert govdoc("undo", "out/通知.edits.jsonl", cwd=tmp_path).stdout == seed.read_bytes()
    (tmp_path / "out/通知.txt").write_text("别的\n", "utf-8")
    done = govdoc("undo", "out/通知.edits.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert b"changed since" in done.stderr


def test_diff(seed: Path, tmp_path: Path) -> None:
    done = govdoc("clean", seed, "--diff", cwd=tmp_path)
    assert done.returncode == 0
    assert "-各镇（区）社会事业办，各中小学、幼教中心及有关单位:" in done.stdout.decode()
    assert "+各镇（区）社会事业办，各中小学、幼教中心及有关单位：" in done.stdout.decode()


def test_a_ledger_line_is_as_promised(seed: Path, tmp_path: Path) -> None:
    govdoc("clean", seed, "-o", "out", cwd=tmp_path)
    head, *edits = map(json.loads, (tmp_path / "out/通知.edits.jsonl").read_text("utf-8").splitlines())
    assert list(head) == ["schema", "source", "encoding", "media_type", "cleaned", "rules", "byte_patches"]
    assert all(list(edit) == ["pass", "rule", "start", "end", "old", "new", "line"] for edit in edits)
    colon = next(edit for edit in edits if edit["rule"] == "P302")
    assert (colon["old"], colon["new"]) == (":", "：")


FAILURES = {
    "missing file": (["clean", "没有.txt"], 3, "no such file"),
    "empty file": (["clean", "empty.txt"], 4, "holds no text"),
    "blank file": (["clean", "blank.txt"], 4, "holds no text"),
    "binary file": (["clean", "binary.txt"], 3, "is binary"),
    "a container": (["clean", "zip.txt"], 3, "ZIP container"),
    "a broken Word file": (["parse", "broken.docx"], 3, "cut short"),
    "a file of another program": (["clean", "old.doc"], 3, "Excel workbook (.xls)"),
    "folder without documents": (["clean", "nothing", "-o", "out"], 4, "no document"),
    "folder without output": (["clean", "some"], 2, "-o DIR"),
    "pattern without match": (["clean", "*.nothing"], 3, "no file matches"),
    "unknown option": (["clean", "--nonsense", "x"], 2, "No such option"),
    "unknown command": (["nonsense"], 2, "No such command"),
    "unknown encoding": (["clean", "通知.txt", "--encoding", "klingon"], 3, "unknown encoding"),
    "no config": (["clean", "通知.txt", "--config", "没有.toml"], 2, "cannot be read"),
    "wrong config": (["clean", "通知.txt", "--config", "wrong.toml"], 2, "did you mean"),
    "output is an input": (["clean", "通知.txt", "-o", ".", "--force"], 7, "is an input"),
    "output under a file": (["clean", "通知.txt", "-o", "blank.txt/deep"], 7, "is a file, not a folder"),
    "output that cannot be made": (["clean", "通知.txt", "-o", "/proc/none/out"], 7, "cannot be written"),
    "output that is a file name": (["clean", "通知.txt", "-o", "新.txt"], 2, "is a file name"),
    "canonical JSON": (["clean", "canonical.json"], 3, "is JSON"),
    "wrong encoding": (["clean", "gbk.txt", "--encoding", "utf-8"], 3, "it reads as gb18030"),
    "impossible date": (["parse", "通知.txt", "--set", "成文日期=2024年13月40日"], 2, "日期"),
    "several products for stdout": (["export", "通知.txt", "-o", "-"], 2, "one product"),
    "two inputs for one name": (["clean", "some/a.txt", "more/a.txt", "-o", "out"], 2, "one name"),
    "no ledger": (["undo", "通知.edits.jsonl"], 3, "no such file"),
    "not a ledger": (["undo", "some/a.txt", "--text", "通知.txt"], 3, "not a ledger"),
    "unknown format": (["indicators", "通知.txt", "-o", "x.doc"], 2, "no format"),
    "unknown rule": (["rules", "S20"], 2, "did you mean S20"),
    "unknown element": (["parse", "通知.txt", "--set", "题=甲"], 2, "题"),
    "malformed element": (["parse", "通知.txt", "--set", "文号"], 2, "ELEMENT=VALUE"),
    "unknown style": (["export", "通知.txt", "--pdf", "--style", "nonsense"], 5, "nonsense"),
}


@pytest.mark.parametrize(("args", "status", "words"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_one_line_with_its_status_and_writes_nothing(
    seed: Path, tmp_path: Path, args: list[str], status: int, words: str
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\n　\n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "zip.txt").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "broken.docx").write_bytes(docx(p("通知"))[:-9])
    (tmp_path / "old.doc").write_bytes(container("Workbook"))
    (tmp_path / "wrong.toml").write_text("[clean]\ndisable = ['S20']\n", "utf-8")
    (tmp_path / "canonical.json").write_text("[]", "utf-8")
    (tmp_path / "gbk.txt").write_bytes("关于做好教育工作的通知".encode("gbk") * 20)
    (tmp_path / "nothing").mkdir()
    for folder in ("some", "more"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("通知", "utf-8")
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}
    done = govdoc(*args, cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == status, said
    assert words in said
    assert "Traceback" not in said
    if status not in (2,):
        assert len(said.strip().splitlines()) == 1, said
    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before


def test_one_bad_input_never_stops_the_others(seed: Path, tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" ", "utf-8")
    done = govdoc("clean", "blank.txt", seed, "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "blank.txt: holds no text" in done.stderr.decode()
    assert files(tmp_path / "out") == {"通知.txt", "通知.edits.jsonl"}


def test_somebody_elses_file_is_not_lost(seed: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    product = tmp_path / "out/通知.txt"
    product.write_text("我的笔记", "utf-8")
    done = govdoc("clean", seed, "-o", "out", cwd=tmp_path)
    assert done.returncode == 7
    assert product.read_text("utf-8") == "我的笔记"
    assert govdoc("clean", seed, "-o", "out", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out/通知.txt.bak").read_text("utf-8") == "我的笔记"
    assert govdoc("clean", seed, "-o", "out", cwd=tmp_path).returncode == 0, "the same bytes are done, not refused"


def test_a_folder_is_walked_and_its_paths_kept(seed: Path, tmp_path: Path) -> None:
    deep = tmp_path / "in/省/市"
    deep.mkdir(parents=True)
    shutil.copy(seed, deep / "a.txt")
    for name in (".hidden.txt", "README.txt", "notes.md"):
        (deep / name).write_text("通知", "utf-8")
    assert govdoc("clean", "in", "-o", "in/out", cwd=tmp_path).returncode == 0
    assert files(tmp_path / "in/out") == {"省/市/a.txt", "省/市/a.edits.jsonl"}
    assert govdoc("clean", "in", "-o", "in/out", cwd=tmp_path).returncode == 0, "products are no inputs"


def test_products_of_an_earlier_run_are_no_inputs(seed: Path, tmp_path: Path) -> None:
    from govdoc.inputs import find_inputs

    assert govdoc("clean", seed, "-o", "earlier", cwd=tmp_path).returncode == 0
    assert [item.path for item in find_inputs([str(tmp_path)])] == [seed]
    (tmp_path / "earlier/通知.txt").write_text("改过的", "utf-8")
    assert len(find_inputs([str(tmp_path)])) == 2, "a text that is not what the ledger made is somebody's own"


def test_stdout_by_name_and_json_through_a_pipe(seed: Path, tmp_path: Path) -> None:
    parsed = govdoc("parse", seed, "-o", "-", cwd=tmp_path).stdout
    exported = govdoc("export", "-", "--markdown", "-o", "-", cwd=tmp_path, stdin=parsed)
    assert exported.returncode == 0
    assert "关于印发《2024年度教育工作总结》的通知" in exported.stdout.decode()
    assert govdoc("clean", seed, "-o", "-", cwd=tmp_path).stdout.decode().startswith("关于印发")
    assert govdoc("parse", "-", cwd=tmp_path, stdin=seed.read_bytes()).stdout.startswith(b'{"schema"')
    assert files(tmp_path) == {"通知.txt"}


def test_where_the_products_are_is_said(seed: Path, tmp_path: Path) -> None:
    done = govdoc("export", seed, "--markdown", "-o", "库", cwd=tmp_path)
    assert "库: 1 product of 1 input\n" in done.stderr.decode()
    assert govdoc("export", seed, "--markdown", "-o", "库", "-q", cwd=tmp_path).stderr == b""


def test_names_that_clash_keep_their_suffix(seed: Path, tmp_path: Path) -> None:
    from govdoc.inputs import find_inputs

    for name in ("x.txt", "x.html"):
        (tmp_path / name).write_text("通知", "utf-8")
    found = find_inputs([str(tmp_path / "x.*")])
    assert {str(item.stem) for item in found} == {"x.txt", "x.html"}


def test_a_closed_pipe_ends_quietly(seed: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text("全市教育系统认真落实。\n" * 50_000, "utf-8")
    command = f'"{sys.executable}" -c "from govdoc.cli import main; main()" clean big.txt | head -1'
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert done.stdout.decode() == "全市教育系统认真落实。\n"
    assert done.stderr == b""


def test_an_error_of_its_own_is_one_line_and_70(seed: Path, tmp_path: Path) -> None:
    code = "import govdoc.cleaning\ngovdoc.cleaning.clean = None\nfrom govdoc.cli import main\nmain()"
    command = [sys.executable, "-c", code, "clean", str(seed)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 70
    assert len(done.stderr.decode().splitlines()) == 1
    assert b"Traceback" in subprocess.run([*command, "-v"], capture_output=True, check=False).stderr


def test_many_notices_of_one_line_are_one(tmp_path: Path) -> None:
    text = "关于放假的通知\n各校：\n现予以放假。\n".encode() * 9 + "云和县教育局办公室印发".encode("gbk") + b"\n"
    (tmp_path / "a.txt").write_bytes(text)
    few, all_of_them = (
        govdoc("clean", "a.txt", *more, cwd=tmp_path).stderr.decode().splitlines() for more in ((), ("-v",))
    )
    lost = [line for line in few if line.startswith("a.txt:") and "error T102: byte" in line]
    assert len(lost) == 1
    assert "a.txt:28: error T102: byte 0xD4" in lost[0]
    said = sum("error T102: byte" in line for line in all_of_them)
    assert f"(and {said - 1} more on this line" in lost[0]


def test_a_rule_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("推动 36 个学校\n", "utf-8")
    (tmp_path / "c.toml").write_text("[clean]\ndisable = ['space-beside-hanzi']\n", "utf-8")
    assert govdoc("clean", "a.txt", "--config", "c.toml", cwd=tmp_path).stdout.decode() == "推动 36 个学校\n"


def test_a_sites_own_chrome_is_removed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("教育在线欢迎您\n推动学校建设\n欢迎您来\n", "utf-8")
    (tmp_path / "c.toml").write_text("[[clean.chrome]]\nsite = 'x'\npattern = '.*欢迎您'\n", "utf-8")
    assert govdoc("clean", "a.txt", "--config", "c.toml", cwd=tmp_path).stdout.decode() == "推动学校建设\n欢迎您来\n"
    (tmp_path / "c.toml").write_text("[[clean.chrome]]\npattern = '('\n", "utf-8")
    done = govdoc("clean", "a.txt", "--config", "c.toml", cwd=tmp_path)
    assert (done.returncode, b"no regular expression" in done.stderr) == (2, True)


def test_the_review_page_is_written(seed: Path, tmp_path: Path) -> None:
    done = govdoc("clean", seed, "--review", "r.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "清洗核对" in (tmp_path / "r.html").read_text("utf-8")


def test_the_catalogues(tmp_path: Path) -> None:
    assert "S201" in govdoc("rules", cwd=tmp_path).stdout.decode()
    assert "Before: 推动 36 个" in govdoc("rules", "S201", cwd=tmp_path).stdout.decode()
    assert json.loads(govdoc("rules", "--format", "json", cwd=tmp_path).stdout)[0]["code"]
    assert json.loads(govdoc("schema", "document", cwd=tmp_path).stdout)["$ref"]
    assert "gbt9704" in govdoc("styles", cwd=tmp_path).stdout.decode()
    assert "仿宋" in govdoc("fonts", cwd=tmp_path).stdout.decode()
