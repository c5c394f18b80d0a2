"""The rules of how words get onto a page and into its address, in the form of `architecture_rules`."""

from __future__ import annotations

import ast

from architecture_rules import Rule, Tree, calls, dotted, parsed

DRAWING = ("page", "components", "component", "main", "app")
WRITERS = {"write", "markdown", "caption", "text", "info", "warning", "error", "success", "exception", "toast", "badge"}
WRITERS |= {"latex", "table", "metric", "write_stream", "html"}
"""Functions of Streamlit that show a text, most of them as Markdown."""
IN_ANY_PLACE = {"markdown", "caption", "metric"}
"""Those whose names nothing else has, so that they are known on a column as well."""
LABELLED = {
    "title",
    "header",
    "subheader",
    "expander",
    "popover",
    "status",
    "tabs",
    "button",
    "download_button",
    "toggle",
}
LABELLED |= {"link_button", "page_link", "checkbox", "radio", "pills", "segmented_control", "selectbox", "multiselect"}
LABELLED |= {
    "slider",
    "select_slider",
    "number_input",
    "text_input",
    "text_area",
    "date_input",
    "time_input",
    "feedback",
}
LABELLED |= {"file_uploader", "color_picker", "data_editor", "form_submit_button", "chat_input", "camera_input"}
"""Titles and controls: their first argument and what stands in these is read as Markdown too."""
WORDS = {"label", "help", "body"}
ESCAPING = {"escaped", "markup"}


def text_gets_onto_a_page_in_one_way(tree: Tree) -> list[str]:
    """Only `dashboard/shell/writing.py` writes text; names of controls and titles are our own words or escaped."""
    found = []
    for path, _, syntax in parsed(tree, *DRAWING):
        if path == "dashboard/shell/writing.py":
            continue
        for call, name in calls(syntax):
            *before, last = name.split(".")
            if last in WRITERS and (before == ["st"] or (before and last in IN_ANY_PLACE)):
                if last != "html" or not all(map(_own_words, call.args)):  # styles of our own are no text
                    found.append(f"{path}:{call.lineno}: writes by {name}")
            elif last in LABELLED and before:
                words = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg in WORDS)]
                words = words[last == "page_link" :]  # its first argument is a page
                found += [f"{path}:{word.lineno}: {name} takes raw text" for word in words if not _own_words(word)]
    return found


def one_module_binds_controls_to_the_address(tree: Tree) -> list[str]:
    """Only `dashboard/shell/settings_in_address.py` binds controls, so that each bad value gets its sentence."""
    return [
        f"{path}:{call.lineno}: binds {name} to the address"
        for path, _, syntax in parsed(tree, *DRAWING)
        if path != "dashboard/shell/settings_in_address.py"
        for call, name in calls(syntax)
        if any(keyword.arg == "bind" for keyword in call.keywords)
    ]


WRITING_RULES: tuple[Rule, ...] = (text_gets_onto_a_page_in_one_way, one_module_binds_controls_to_the_address)


def _own_words(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _own_words(node.body) and _own_words(node.orelse)
    if isinstance(node, ast.Name):
        return node.id.isupper()  # a constant of the code
    called = dotted(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Constant) or called in ESCAPING
