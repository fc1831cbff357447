"""`autograder similar`: what it takes, what it prints, and a harmless page for every eye."""

import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from autograder.assignment import load
from autograder.limits import Limits
from autograder.records import plan
from autograder.records.store import Conditions, Record, Store
from autograder.release import normalize
from autograder.similarity import comparison, page, sources
from tests.autograder import tiny
from tests.autograder.similar_class import disguised, found, names, program, run

HOSTILE = "<script>alert(1)</script>"
BIDI = "\u202egnp.exe\u2066"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A class of tiny: ann and bob are alike, so are cid, dee and the hostile name; eva is not."""
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    (tmp_path / "build" / "tiny" / "solution.ipynb").write_text(tiny.notebook(program(9)))
    place = tmp_path / "in"
    place.mkdir()
    written = {
        "ann": program(1), "bob": disguised(program(1)), "cid": program(2), "dee": disguised(program(2)),
        f"x{BIDI}<b>": program(2) + "\n" + program(5, 10), "eva": program(3),
    }  # fmt: skip
    for name, source in written.items():
        (place / f"{name}.ipynb").write_text(tiny.notebook(source))
    (place / "fay.ipynb").write_text("{")
    (place / "gus.txt").write_text("my answers")
    return place


def test_machines_get_json(folder):
    made = found()
    hidden = r"x\u202egnp.exe\u2066<b>"  # what cannot be seen is spelled out
    assert {frozenset(n) for n in names(made["pairs"])} == {
        frozenset(p) for p in (("ann", "bob"), ("cid", "dee"), ("cid", hidden), ("dee", hidden))
    }
    first = made["pairs"][0]
    assert (first["score"], first["left_in_right"], first["right_in_left"]) == (1.0, 1.0, 1.0)
    assert first["questions"] == {"q1": [1.0, 1.0]}
    assert first["longest_run"] > 100
    assert made["groups"] == [["cid", "dee", hidden]]
    assert {p["name"]: p["why"].split(":")[0] for p in made["passed_over"]} == {
        "fay": "not a notebook", "gus": "not a notebook",
    }  # fmt: skip
    assert "evidence, not proof" in made["note"]
    assert made["compared"] == 7
    assert not list(folder.parent.glob("*.html"))


def test_the_reference_and_earlier_terms_are_compared_with(folder, tmp_path):
    (folder / "hal.ipynb").write_text(tiny.notebook(disguised(program(9))))
    old = tmp_path / "2025"
    old.mkdir()
    (old / "zoe.zip").write_bytes(normalize.archive({"tiny.ipynb": tiny.notebook(program(3)).encode()}))
    (old / "broken.ipynb").write_text("[]")
    graded = tmp_path / "out-2024"
    for student, source in (("yan", disguised(program(3))), ("una", None)):
        result = tiny.result(tiny.notebook(source) if source else None)
        Store(graded).write(Record("bytes", Conditions("tiny", "", "", "none"), tiny.row(student), result))
    plan.Plan("tiny", "in", "bubblewrap", Limits()).write(graded)
    made = found("--earlier", "2025", "--earlier", "out-2024")
    others = {(p["left"]["name"], p["right"]["name"], p["right"]["origin"], p["right"]["term"]): p["score"]
              for p in made["pairs"] if p["right"]["origin"] != "class"}  # fmt: skip
    assert others == {
        ("hal", "reference solution", "reference", ""): 1.0,
        ("eva", "zoe", "earlier", "2025"): 1.0,
        ("eva", "yan", "earlier", "out-2024"): 1.0,
    }
    assert {"broken", "una"} <= {p["name"] for p in made["passed_over"]}


def test_attempts_of_one_student_are_not_alike_to_each_other(folder):
    for when in ("2026-03-01T10-00-00", "2026-03-02T10-00-00"):
        (folder / f"hal--{when}.ipynb").write_text(tiny.notebook(program(4)))
    (folder / "ida.ipynb").write_text(tiny.notebook(program(4)))
    made = found()
    assert [n for n in names(made["pairs"]) if "hal" in n] == [{"hal", "ida"}] * 2
    assert {p["left"]["attempt"] for p in made["pairs"] if p["left"]["name"] == "hal"} == {1, 2}
    assert len(made["groups"]) == 1  # two students are no group


def test_what_is_handed_out_is_no_evidence(folder):
    given = tiny.notebook(program(7))
    for kind in ("source", "release"):
        (folder.parent / "build" / "tiny" / "nbgrader" / kind / "tiny" / "tiny.ipynb").write_text(given)
    for i, name in enumerate(("hal", "ida")):
        (folder / f"{name}.ipynb").write_text(tiny.notebook(program(7) + "\n    return " + "xy"[i]))
    assert not [n for n in names(found("--threshold", "0")["pairs"]) if "hal" in n]


def test_the_page_is_harmless_and_needs_nobody(folder):
    (folder / "hal.ipynb").write_text(tiny.notebook(program(4) + f"\n    x = '{HOSTILE}\x1b[2J{BIDI}'"))
    (folder / "ida.ipynb").write_text(tiny.notebook(program(4) + f"\n    y = '{HOSTILE}\x1b[2J{BIDI}'"))
    said = run("similar", "tiny", "in", "--to", "similar.html")
    assert said.exit_code == 0, said.output
    assert said.output.endswith("open  similar.html\n")
    written = Path("similar.html").read_text(encoding="utf-8")
    assert "<script" not in written
    assert HOSTILE in BeautifulSoup(written, "html.parser").get_text()
    assert not set("\x1b\u202e\u2066") & set(written)
    soup = BeautifulSoup(written, "html.parser")
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": True})["content"]
    assert not soup.find_all(["script", "link", "img", "iframe", "b"])
    links = {a["href"] for a in soup.find_all("a")}
    assert links == {f"#pair-{i}" for i in range(1, 6)}
    assert all(soup.find(id=link[1:]) for link in links)
    text = " ".join(soup.get_text().split())
    for words in ("evidence, not proof", "No grade depends on it", "gus.txt", "3 students", "q1"):
        assert words in text


def test_both_sides_show_their_own_lines_with_the_same_numbers(folder):
    assert run("similar", "tiny", "in", "--to", "similar.html", "--most", "2").exit_code == 0
    soup = BeautifulSoup(Path("similar.html").read_text(encoding="utf-8"), "html.parser")
    assert "2 shown" in soup.get_text()
    assert len(soup.find_all("details")) == 2
    for facing in soup.select(".facing"):
        sides = facing.find_all("figure")
        assert [figure.figcaption.get_text().split(",")[1] for figure in sides] == [" code cell 2"] * 2
        tags = [{td.get_text() for td in side.select(".tag")} - {""} for side in sides]
        assert tags[0] == tags[1] != set()
        name = sides[0].figcaption.get_text().split(",")[0]
        source = {"ann": program(1), "cid": program(2)}[name].split("\n")
        for row in sides[0].select("tr:has(th)"):
            assert row.find("code").get_text() == source[int(row.th.get_text()) - 1]
        marked = [len(side.select("tr.run")) for side in sides]
        assert marked[0] == marked[1] >= 40
    assert "1 line left out" not in soup.get_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_every_eye_can_read_it(scheme, width, folder, tmp_path, browser: Browser):
    long = "\n    " + "a = " + " + ".join(["b"] * 100)
    for name in ("hal" * 30, "ida"):
        (folder / f"{name}.ipynb").write_text(tiny.notebook(program(4) + long))
    assert run("similar", "tiny", "in", "--to", "similar.html").exit_code == 0
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto((tmp_path / "similar.html").as_uri())
    tab.click("a[href='#pair-2']")
    assert tab.locator("#pair-2").is_visible()  # a link opens what was folded
    tab.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    result = Axe().run(tab)
    assert not [v["id"] for v in result.response["violations"]]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    left, right = (figure.bounding_box() for figure in tab.locator(".facing").first.locator("figure").all())
    assert (left["y"] == right["y"]) == (width > 512)
    context.close()


def test_nothing_alike_and_no_reference(folder):
    (folder.parent / "build" / "tiny" / "solution.ipynb").unlink()
    for name in ("bob", "dee", f"x{BIDI}<b>"):
        (folder / f"{name}.ipynb").unlink()
    assert run("similar", "tiny", "in", "--to", "similar.html").exit_code == 0
    text = Path("similar.html").read_text(encoding="utf-8")
    assert "No two notebooks reach 30 %." in text
    assert "none in the build" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing", "in", "--json"), "run `autograder build nothing` first"),
        (("tiny", "nowhere", "--json"), "nowhere is not a folder"),
        (("tiny", "empty", "--json"), "there is no submission in empty"),
        (("tiny", "in"), "say where the page goes"),
        (("tiny", "in", "--to", "in/similar.html"), "would be taken for a submission"),
        (("tiny", "in", "--to", "empty"), "empty is a folder"),
        (("tiny", "in", "--json", "--earlier", "nowhere"), "--earlier nowhere is not a folder"),
        (("tiny", "in", "--json", "--earlier", "in"), "is the class itself"),
        (("tiny", "in", "--json", "--threshold", "2"), "not in the range"),
        (("tiny", "in", "--json", "--most", "0"), "not in the range"),
    ],
)
def test_a_wrong_call_is_explained(arguments, words, folder):
    (folder.parent / "empty").mkdir()
    said = run("similar", *arguments)
    assert said.exit_code == 2
    assert words in " ".join(said.output.split())
    assert "Traceback" not in said.output


def test_a_page_that_cannot_be_written_is_explained(folder):
    (folder.parent / "file").write_text("")
    said = run("similar", "tiny", "in", "--to", "file/similar.html")
    assert said.exit_code == 1
    assert "file/similar.html cannot be written" in said.output


def test_an_interruption_writes_nothing(folder, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(comparison, "read", stop)
    said = run("similar", "tiny", "in", "--to", "similar.html")
    assert said.exit_code == 130
    assert not Path("similar.html").exists()


@pytest.mark.slow
def test_no_notebook_hangs_or_breaks_it(folder):
    """Huge, deep, binary, a million tokens, a thousand cells, names that are markup: each is one row."""
    cell = {"cell_type": "code", "metadata": {"nbgrader": [1]}, "source": ["x = [" + "1, " * 200_000 + "]"]}
    many = [{**cell, "source": f"y = {i}"} for i in range(4_000)]
    (folder / "million.ipynb").write_text(tiny.notebook("def double(x): pass", more=[cell, cell]))
    (folder / "million2.ipynb").write_text(tiny.notebook("def double(x): return", more=[cell]))
    (folder / "deep.ipynb").write_text("[" * 100_000)
    (folder / "nested.ipynb").write_text(tiny.notebook("(" * 100_000 + ")" * 100_000))
    (folder / "binary.ipynb").write_bytes(bytes(range(256)) * 1000)
    (folder / "cells.ipynb").write_text(tiny.notebook(more=many))
    (folder / f"{HOSTILE.replace('/', '')}.ipynb").write_text(tiny.notebook("\x00\ud800 = \u2028"))
    (folder / "quotes.ipynb").write_text(tiny.notebook("'''" + "\\'''" * 50_000))
    start = time.thread_time()
    said = run("similar", "tiny", "in", "--to", "similar.html", "--threshold", "0")
    assert said.exit_code == 0, said.output
    assert time.thread_time() - start < 20
    text = Path("similar.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert len(text) < page.MOST_CODE
    why = {p["name"]: p["why"] for p in found()["passed_over"]}
    assert "only its first" in why["million"]
    assert {"deep", "binary"} < why.keys()
    assert "internal error" not in str(why)


def test_a_file_that_changes_meanwhile_is_said_so(folder):
    assignment = load("tiny", folder.parent / "build")
    compared = comparison.compare(sources.submissions(folder, assignment), assignment, 0.3)
    (folder / "ann.ipynb").write_text("{")
    (folder / "cid.ipynb").write_text(tiny.notebook(program(2, 5)))
    text = page.similar_page(compared, assignment, 0.3, 50)
    assert text.count("A file changed while the class was being compared.") == 3
