"""Every public name is on one page of the reference, and its docstring says what readers need."""

import importlib.util
import inspect
import re
import sys
from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from tests.house.raising import can_raise, definitions, raises_itself
from tests.support import ROOT

PAGES = sorted((ROOT / "book" / "reference").glob("*.rst"))
DIRECTIVE = re.compile(r"^\.\. public-names:: (\S+)\n(?:   :from: (.+)\n)?", re.MULTILINE)
TOLD_ELSEWHERE = re.compile(r"\bsee `(convnet\.functional\.\w+)`")


def _extension() -> ModuleType:
    path = ROOT / "book" / "_ext" / "package_reference.py"
    spec = importlib.util.spec_from_file_location("package_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["package_reference"] = module
    spec.loader.exec_module(module)
    return module


REFERENCE = _extension()
PUBLIC = {
    f"{package}.{name}": value
    for package in REFERENCE.PACKAGES
    for name, value in REFERENCE.public_names(package).items()
}
FUNCTIONS = [name for name, value in PUBLIC.items() if inspect.isfunction(value)]
CLASSES = [name for name, value in PUBLIC.items() if inspect.isclass(value)]
METHODS = {
    f"{name}.{key}": getattr(PUBLIC[name], key)
    for name in CLASSES
    for key, value in vars(PUBLIC[name]).items()
    if inspect.isfunction(value) and not key.startswith("_")
}


def _section(value: Any, title: str) -> str:
    """Return the text of a section of a docstring; empty where there is none."""
    parts = re.split(r"^(\S.*)\n-{3,}$", inspect.getdoc(value) or "", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(title, "")


def _entries(value: Any) -> dict[str, str]:
    """Return the documented parameters, each with its type and description in one text."""
    found = {}
    for entry in re.split(r"^(?=\S)", _section(value, "Parameters"), flags=re.MULTILINE):
        names, _, rest = entry.partition("\n")
        names, _, kind = names.partition(" : ")
        for name in names.split(", "):
            found[name.strip().lstrip("*")] = f"{kind} {rest}".strip()
    found.pop("", None)
    return found


def _parameters(value: Any) -> dict[str, inspect.Parameter]:
    return {name: p for name, p in inspect.signature(value).parameters.items() if name != "self"}


def _computes(value: Any) -> bool:
    """Say whether a function returns numbers, not a description such as a rulebook."""
    return "Array" in str(inspect.signature(value).return_annotation)


def _has_formula(value: Any) -> bool:
    return ".. math::" in (inspect.getdoc(value) or "")


def _has_source(value: Any) -> bool:
    return "Source: " in _section(value, "Notes")


def test_every_public_name_is_on_exactly_one_page() -> None:
    shown = Counter(
        f"{package}.{name}"
        for page in PAGES
        for package, modules in DIRECTIVE.findall(page.read_text(encoding="utf-8"))
        for name in REFERENCE.names_from(package, modules.split())
    )
    assert {name for name, times in shown.items() if times > 1} == set()
    assert set(PUBLIC) - set(shown) == set(), "name its module on a page of book/reference"


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = re.findall(r"file: (reference/\S+)", (ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(f"reference/{page.stem}" for page in PAGES)


def test_a_module_without_public_names_is_refused() -> None:
    with pytest.raises(ValueError, match=r"convnet\.arithmetic\.nowhere defines no public name"):
        REFERENCE.names_from("convnet.arithmetic", ["sizes", "nowhere"])


@pytest.mark.parametrize("name", [*PUBLIC, *METHODS])
def test_docstring_opens_with_one_sentence(name: str) -> None:
    summary, _, rest = (inspect.getdoc({**PUBLIC, **METHODS}[name]) or "").partition("\n")
    assert re.search(r"[.:]$", summary)
    assert rest == "" or rest.startswith("\n")


@pytest.mark.parametrize("name", [*PUBLIC, *METHODS])
def test_sections_stand_apart(name: str) -> None:
    doc = inspect.getdoc({**PUBLIC, **METHODS}[name]) or ""
    for title in re.finditer(r"(?<!\n)\n(\S.*)\n-{3,}$", doc, re.MULTILINE):
        pytest.fail(f"a blank line is missing before {title[1]}")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_tells_what_goes_in_and_what_comes_out(name: str) -> None:
    value = PUBLIC[name]
    entries = _entries(value)
    assert sorted(entries) == sorted(_parameters(value))
    assert _section(value, "Returns") or _section(value, "Yields")
    checked = name.startswith(("convnet.functional.", "convnet.arithmetic.", "convnet.gradcheck."))
    if checked or can_raise(value):
        assert "ValueError" in _section(value, "Raises")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrays_have_shapes(name: str) -> None:
    entries = _entries(PUBLIC[name])
    for parameter, given in _parameters(PUBLIC[name]).items():
        if re.fullmatch(r"(Array|np\.ndarray)( \| (None|float))?", str(given.annotation)):
            assert re.search(r"\bshapes?\b|^As in ", entries[parameter]), parameter
    for entry in re.split(r"^(?=\S)", _section(PUBLIC[name], "Returns"), flags=re.MULTILINE):
        if re.match(r"(.* : )?(Array|arrays?)\b", entry):
            assert re.search(r"\bshapes?\b", entry), entry


@pytest.mark.parametrize("name", CLASSES)
def test_class_tells_what_it_is_made_from(name: str) -> None:
    value = PUBLIC[name]
    init = value.__init__
    if not inspect.isfunction(init) or hasattr(value, "_fields") or hasattr(value, "__dataclass_fields__"):
        return  # its fields have docstrings of their own
    if getattr(value, "_is_protocol", False):
        return
    assert sorted(_entries(value)) == sorted(_parameters(init))
    if any(can_raise(definition, value) for definition in definitions(value, "__init__")):
        assert "ValueError" in _section(value, "Raises")


@pytest.mark.parametrize("name", [name for name in CLASSES if name.startswith("convnet.nn.")])
def test_layer_tells_what_it_refuses(name: str) -> None:
    value = PUBLIC[name]
    if any(can_raise(definition, value) for definition in definitions(value, "forward")):
        assert "ValueError" in _section(value, "Raises")


@pytest.mark.parametrize("name", METHODS)
def test_method_tells_its_errors(name: str) -> None:
    if raises_itself(METHODS[name]):
        assert "ValueError" in _section(METHODS[name], "Raises")


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name.startswith("convnet.functional.")])
def test_operation_has_formula_and_source(name: str) -> None:
    """A backward pass has a formula of its own; its source may be that of its forward pass."""
    value = PUBLIC[name]
    if name.endswith("_backward"):
        forward = name.rpartition(".")[2].replace("_backward", "_forward")
        assert f"`{forward}`" in (inspect.getdoc(value) or "")
    assert _has_source(value)
    assert _has_formula(value) or not _computes(value)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name.startswith("convnet.plain.")])
def test_plain_function_has_formula_source_and_example(name: str) -> None:
    value = PUBLIC[name]
    if name.endswith("_backward"):
        assert f"`{name.rpartition('.')[2].removesuffix('_backward')}`" in (inspect.getdoc(value) or "")
    assert _has_formula(value)
    assert _has_source(value)
    assert ">>> " in _section(value, "Examples")


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name.startswith("convnet.arithmetic.")])
def test_count_has_formula_and_source(name: str) -> None:
    assert _has_formula(PUBLIC[name])
    assert _has_source(PUBLIC[name])


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name.startswith("convnet.models.")])
def test_model_has_its_paper(name: str) -> None:
    assert _has_source(PUBLIC[name])


@pytest.mark.parametrize("name", [name for name in CLASSES if name.startswith("convnet.optim.")])
def test_optimizer_and_schedule_have_formula_and_source(name: str) -> None:
    value = PUBLIC[name]
    if name.rpartition(".")[2] in ("Optimizer", "OptimizerState", "Parameter", "Schedule"):
        return  # what the others share
    assert _has_formula(value)
    assert _has_source(value)


@pytest.mark.parametrize("name", [name for name in CLASSES if name.startswith("convnet.nn.")])
def test_layer_has_a_source_or_says_where_its_operation_is(name: str) -> None:
    doc = inspect.getdoc(PUBLIC[name]) or ""
    if not issubclass(PUBLIC[name], PUBLIC["convnet.nn.Module"]) or inspect.isabstract(PUBLIC[name]):
        return
    if name.rpartition(".")[2] in ("Sequential", "Flatten"):
        return  # nothing is computed
    told = TOLD_ELSEWHERE.search(doc)
    assert told[1] in FUNCTIONS if told else _has_source(PUBLIC[name])
