"""Sphinx extension: reference pages made from the docstrings of a package, and from nothing else.

    .. public-names:: convnet.functional
       :from: convolution transposed

documents each public name of the package that one of these modules defines, in the order of the source. So a
page names modules, and a function that joins one of them is on the page with the next build.
"""

import builtins
import importlib
import inspect
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from docutils.statemachine import StringList
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

PACKAGES = (
    "convnet.functional",
    "convnet.plain",
    "convnet.arithmetic",
    "convnet.gradcheck",
    "convnet.nn",
    "convnet.nn.init",
    "convnet.optim",
    "convnet.models",
    "convnet.training",
)
"""What readers import from; a name without its package is looked up here."""

NAME = "convnet-name"


def public_names(package: str) -> dict[str, Any]:
    """Return what a package offers its users: its ``__all__``, or what a plain module defines itself.

    Modules in an ``__all__`` (``convnet.nn.init``) are packages of their own here.
    """
    module = importlib.import_module(package)
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", None) == package]
    names = getattr(module, "__all__", None) or [name for name in own if not name.startswith("_")]
    found = {name: getattr(module, name) for name in names}
    return {name: value for name, value in found.items() if not inspect.ismodule(value)}


def names_from(package: str, modules: list[str]) -> list[str]:
    """Return the public names of a package that these modules of it define, in the order of the source.

    Without modules, all that the package offers.
    """
    homes = {name: value.__module__ for name, value in public_names(package).items()}
    order = [f"{package}.{module}" for module in modules] or list(dict.fromkeys(homes.values()))
    found: list[str] = []
    for home in order:
        here = [name for name, its in homes.items() if its == home]
        if not here:
            raise ValueError(f"{home} defines no public name of {package}")
        place = list(vars(importlib.import_module(home)))
        found += sorted(here, key=place.index)
    return found


def _options(value: Any) -> list[str]:
    """Show what a class has from bases that no page documents, up to the first that a page does."""
    if not inspect.isclass(value) or not issubclass(value, importlib.import_module("convnet.nn").Component):
        return []
    return ["   :inherited-members: Module, Component"]


class PublicNames(SphinxDirective):
    """The directive ``public-names``."""

    required_arguments = 1
    option_spec = {"from": str.split}  # noqa: RUF012   as docutils has it

    def run(self) -> list[nodes.Node]:
        """Let autodoc document each name."""
        package = self.arguments[0]
        public = public_names(package)
        self.env.note_dependency(str(importlib.import_module(package).__file__))
        lines: list[str] = []
        for name in names_from(package, self.options.get("from", [])):
            kind = "autoclass" if inspect.isclass(public[name]) else "autofunction"
            lines += [f".. {kind}:: {package}::{name}", *_options(public[name]), ""]
        section = nodes.section(document=self.state.document)
        self.state.nested_parse(StringList(lines, source=package), self.content_offset, section)
        return section.children


def name_role(
    role: str, rawtext: str, text: str, lineno: int, inliner: Inliner, *_: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Read `single backticks` of a docstring as code; public names among them become links."""
    env: BuildEnvironment = inliner.document.settings.env
    reference = pending_xref(
        rawtext, nodes.literal(rawtext, text), refdomain="", reftype=NAME, reftarget=text, refdoc=env.docname
    )
    reference["within"] = [env.ref_context.get("py:module"), env.ref_context.get("py:class")]
    return [reference], []


def resolve_name(
    app: Sphinx, env: BuildEnvironment, reference: pending_xref, shown: nodes.Element
) -> nodes.Element | None:
    """Lead a name to where it is documented; leave what is no public name as it stands.

    The exceptions in "Raises" are Python's own. Their documentation lies on another host, whose inventory a
    build without a network cannot read.
    """
    target = reference["reftarget"]
    if reference["reftype"] == "exc" and hasattr(builtins, target):
        return shown
    if reference["reftype"] != NAME:
        return None
    documented = env.get_domain("py").data["objects"]
    module, owner = reference["within"]
    places = [".".join(part for part in (module, owner) if part), module, *PACKAGES]
    for name in (target, *(f"{place}.{target}" for place in places)):
        if name in documented:
            entry = documented[name]
            address = app.builder.get_relative_uri(reference["refdoc"], entry.docname)
            return nodes.reference("", "", shown, internal=True, refuri=f"{address}#{entry.node_id}")
    return shown


def leave_out_empty_signatures(
    app: Sphinx, what: str, name: str, value: Any, options: Any, signature: str | None, returned: str | None
) -> tuple[str, str | None] | None:
    """Show no arguments for protocols and typed dictionaries: nobody calls them."""
    is_shape = getattr(value, "_is_protocol", False) or hasattr(value, "__total__")
    return ("", None) if what == "class" and is_shape else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive, the role and the links."""
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.add_directive("public-names", PublicNames)
    app.add_role(NAME, name_role)
    app.connect("missing-reference", resolve_name)
    app.connect("autodoc-process-signature", leave_out_empty_signatures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
