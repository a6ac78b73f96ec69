"""How Sphinx makes the pages of docs/ into a site: `docs/build`."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (ROOT / "include" / "attain" / "core" / "version.hpp").read_text("utf-8")

project = "attain"
author = "the attain developers"
project_copyright = "the attain developers, Boost Software License 1.0"
release = ".".join(re.findall(r"^#define ATTAIN_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", HEADER, re.MULTILINE))

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["requirements.txt"]
root_doc = "index"
suppress_warnings = ["myst.xref_missing"]  # docs/build checks the links between files itself, those out of docs/ too

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

napoleon_use_ivar = True  # attributes that a class describes in its text are described once

autodoc_member_order = "groupwise"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False, "show-inheritance": True}

html_theme = "furo"
html_title = f"attain {release}"
