"""Where everything lies once the course is published.

One public repository holds the built site at its root, the notebooks, the wheel and the archives, so that one
address and one branch lead to all of them. Book and grader make their links here, from ``_config.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import quote, urlencode

COLAB = "https://colab.research.google.com"
BINDER = "https://mybinder.org"


def version(root: Path) -> str:
    """Return the version that ``pyproject.toml`` names; where there is none, the installed one."""
    import tomllib  # here: a student's notebook loads this module, and needs no version of a repository

    project = root / "pyproject.toml"
    if not project.is_file():
        return metadata.version("cnn-course")
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


@dataclass(frozen=True)
class Addresses:
    """The addresses of one published course.

    Parameters
    ----------
    repository : str
        The public repository, ``https://github.com/OWNER/NAME``.
    branch : str
        Its branch, which holds the site at its root.
    site : str
        Where that branch is served.
    version : str
        The released version, which the wheel's name carries.
    """

    repository: str
    branch: str
    site: str
    version: str

    @property
    def wheel(self) -> str:
        """Path in the public repository of the wheel that students install."""
        return f"wheels/cnn_course-{self.version}-py3-none-any.whl"

    @property
    def install(self) -> str:
        """What pip installs: a version of its own, under which nothing changes in mid-term."""
        return f"cnn-course @ {self.file(self.wheel)}"

    def file(self, path: str) -> str:
        """Address of a file of the public repository, as it is."""
        return f"{self.repository.rstrip('/')}/raw/{quote(self.branch)}/{quote(path)}"

    def page(self, name: str) -> str:
        """Address of a page of the book, by its name without suffix."""
        return f"{self.site.rstrip('/')}/{quote(name)}.html"

    def colab(self, notebook: str) -> str:
        """Address at which Colab opens a notebook of the public repository."""
        return f"{COLAB}/github/{self._slug}/blob/{quote(self.branch)}/{quote(notebook)}"

    def binder(self, notebook: str) -> str:
        """Address at which Binder opens it."""
        return f"{BINDER}/v2/gh/{self._slug}/{quote(self.branch, safe='')}?{urlencode({'labpath': notebook})}"

    def hub(self, hub: str, notebook: str) -> str:
        """Address at which a JupyterHub with nbgitpuller fetches the repository and opens it."""
        name = self._slug.rpartition("/")[2]
        asked = {
            "repo": self.repository.rstrip("/"),
            "branch": self.branch,
            "urlpath": f"lab/tree/{name}/{notebook}",
        }
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"

    @property
    def _slug(self) -> str:
        return quote(self.repository.rstrip("/").removeprefix("https://github.com/"))
