"""Words for a reference, as the built page shows them: numbers of figures and equations, titles, authors."""

from pathlib import Path

from course_lists import counts
from pybtex.database import Entry, parse_file
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join

_NUMBERED = {"figure": "Fig.", "table": "Table", "code-block": "Listing"}


class ReferenceWords:
    """Look up references after the build has read every page.

    Parameters
    ----------
    env
        Sphinx's environment.
    bibliography
        The BibTeX file.
    """

    def __init__(self, env: BuildEnvironment, bibliography: Path) -> None:
        self.env = env
        self.entries = parse_file(str(bibliography), bib_format="bibtex").entries

    def __call__(self, role: str, target: str, page: str) -> str:
        """Words for one role and target on a page; the target's own words where nothing is known of it."""
        if "cite" in role:
            return self._citation(target, in_text=role.endswith(":t"))
        if role == "count":
            return str(counts(self.env)[target])
        if role == "eq":
            return self._equation(target)
        if role == "doc":
            title = self.env.titles.get(docname_join(page, target))
            return title.astext() if title else target
        if role in {"ref", "numref", "prf:ref"}:
            return self._label(target)
        return target

    def _citation(self, key: str, *, in_text: bool) -> str:
        entry: Entry = self.entries[key]
        names = [" ".join(person.last_names) for person in entry.persons.get("author", [])] or [key]
        shown = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
        year = entry.fields.get("year", "undated")
        return f"{shown} ({year})" if in_text else f"[{shown}, {year}]"

    def _equation(self, label: str) -> str:
        page, number = self.env.get_domain("math").equations.get(label, (None, None))  # type: ignore[attr-defined]
        if page is None:
            return label
        numbers = self.env.toc_fignumbers.get(page, {}).get("displaymath", {}).get(f"equation-{label}")
        return f"({'.'.join(map(str, numbers or (number,)))})"

    def _label(self, label: str) -> str:
        standard = self.env.get_domain("std")
        page, anchor = standard.anonlabels.get(label, ("", ""))[:2]  # type: ignore[attr-defined]
        for kind, numbers in self.env.toc_fignumbers.get(page, {}).items():
            if anchor in numbers:
                number = ".".join(map(str, numbers[anchor]))
                return f"{_NUMBERED.get(kind, kind.capitalize())} {number}"
        titled = standard.labels.get(label)  # type: ignore[attr-defined]
        return titled[2] if titled else label.replace("-", " ")
