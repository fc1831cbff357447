"""What fills the ``{{names}}`` of a master: the addresses of the published course."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import yaml

from coursekit._addresses import Addresses


def filled(root: Path) -> dict[str, str]:
    """Return by name what a master's ``{{names}}`` stand for.

    Parameters
    ----------
    root : Path
        The repository. ``_config.yml`` has the addresses, ``pyproject.toml`` the version; where only masters
        and addresses lie, as in a folder for tests, the version is that of the package installed.

    Returns
    -------
    dict of str
        ``repository`` and its ``branch``, what pip has to ``install``, and, where the site has an address,
        the ``book``, without a slash at its end.
    """
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    repository = config["repository"]
    site = str(config.get("sphinx", {}).get("config", {}).get("html_baseurl", "")).rstrip("/")
    addresses = Addresses(str(repository["url"]), str(repository["branch"]), site, _version(root))
    values = {"repository": addresses.repository, "branch": addresses.branch, "install": addresses.install}
    return values | ({"book": site} if site else {})


def _version(root: Path) -> str:
    project = root / "pyproject.toml"
    if not project.is_file():
        return metadata.version("cnn-course")
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
