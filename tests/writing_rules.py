"""The rules of how words get onto a page and into its address, in the form of `architecture_rules`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from architecture_rules import MAY_IMPORT, Rule, Tree, calls, dotted, parsed

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
WRITERS_OF_DAYS = {
    "indicators.core.text",
    "indicators.core.plain_text",  # which reads days that people wrote
    "dashboard.charts.frame",  # whose axes the browser writes
}
FOR_READERS = re.compile(r"%[-#aAbBcxXpe]|%$")
"""Directives of a day that follow the locale or that Windows does not know, and a percentage without its space."""
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


def days_and_shares_are_written_in_one_way(tree: Tree) -> list[str]:
    """Only `indicators/core/text.py` writes days, months and percentages for people."""
    return [
        f"{path}:{line}: writes by the format {form!r}"
        for path, module, syntax in parsed(tree, *MAY_IMPORT)
        if module not in WRITERS_OF_DAYS
        for line, form in dict.fromkeys(_formats(syntax))
        if FOR_READERS.search(form)
    ]


def _formats(syntax: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of every format: of an f-string's field, of fields in a text, of a day."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield node.lineno, ast.unparse(node.format_spec)[2:-1]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((node.lineno, field) for field in re.findall(r"(?<!%)\{\w*:([^{}]*)\}", node.value))
            if re.fullmatch(r"(%[-\w][a-zA-Z]?[ .:/-]?)+", node.value):
                yield node.lineno, node.value
    for call, name in calls(syntax):
        if name.split(".")[-1] == "strftime":
            yield call.lineno, " ".join(arg.value for arg in call.args if isinstance(arg, ast.Constant))


WRITING_RULES: tuple[Rule, ...] = (
    text_gets_onto_a_page_in_one_way,
    one_module_binds_controls_to_the_address,
    days_and_shares_are_written_in_one_way,
)


def _own_words(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _own_words(node.body) and _own_words(node.orelse)
    if isinstance(node, ast.Name):
        return node.id.isupper()  # a constant of the code
    called = dotted(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Constant) or called in ESCAPING
