"""What fills the ``{{names}}`` of a master: the addresses of the published course."""

from __future__ import annotations

from pathlib import Path

import yaml

from coursekit._addresses import Addresses, version


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
    there = of(root)
    values = {"repository": there.repository, "branch": there.branch, "install": there.install}
    return values | ({"book": there.site} if there.site else {})


def of(root: Path) -> Addresses:
    """Return the addresses of the published course; ``site`` is empty or has no slash at its end."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    repository = config["repository"]
    site = str(config.get("sphinx", {}).get("config", {}).get("html_baseurl", "")).rstrip("/")
    return Addresses(str(repository["url"]), str(repository["branch"]), site, version(root))
