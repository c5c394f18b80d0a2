"""A lighter drawing library: the bundle that comes with Plotly, without the kinds of chart that no page draws.

A browser spends most of a second on starting the whole bundle, nearly all of it on maps, 3-D and other kinds of chart.
The bundle is one list of definitions, most of them modules that run when something first asks for them. Here the list
of kinds that register themselves is shortened, and what then nothing asks for is left out. Nothing is rewritten: what
stays, stays as it was, licences included.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

KINDS = ("bar",)
"""Kinds of trace that charts here use; "scatter" is part of the library's core."""

_REGISTRATION = re.compile(rb"\.register\(\[((?:[\w$]+\(\),)+[\w$]+\(\))\]\)")
_CALL = re.compile(rb"([\w$]+)\(\)")
_FORWARDING = re.compile(rb"\.exports=([\w$]+)\(\)\}")
_KIND = re.compile(rb'moduleType:"trace",name:"(\w+)"')
# A name after a dot is a property, unless the dots are those of a spread.
_NAME = re.compile(rb"(?:(?<![\w$.])|(?<=\.\.\.))[A-Za-z_$][\w$]*")
_LONGEST_CHAIN = 8


class UnknownBundleError(ValueError):
    """The bundle is not built the way this module knows."""


@dataclass(frozen=True)
class _Definition:
    name: bytes
    keyword: bytes
    text: bytes


def lighter_library(bundle: bytes, kinds: Collection[str] = KINDS) -> bytes:
    """Return the drawing library with some kinds of chart only.

    Args:
        kinds: Kinds to keep besides "scatter", such as "bar".

    Raises:
        UnknownBundleError: If the bundle is built in another way, or has no such kind.
    """
    root = Parser(Language(tree_sitter_javascript.language())).parse(bundle).root_node
    if root.has_error:
        raise UnknownBundleError("expected a script, found text that is no JavaScript")
    body = _body(root)
    definitions = list(_definitions(body))
    by_name: dict[bytes, list[_Definition]] = {}
    for definition in definitions:
        by_name.setdefault(definition.name, []).append(definition)
    shortened = [_with_kinds(definition, by_name, kinds) for definition in definitions]
    if shortened == definitions:
        raise UnknownBundleError("expected a list of kinds that register themselves, found none")
    kept = _reachable(shortened)
    licences = [node.text or b"" for node in (*root.named_children, *_outer_children(body)) if node.type == "comment"]
    head = b'"use strict";window.Plotly=(()=>{'
    return b"\n".join([*licences[:1], head, *(_statement(item) for item in kept), b"})();", *licences[1:], b""])


def _body(root: Node) -> Node:
    """Return the innermost block that holds most of the bundle: the list of all definitions."""
    node, body = root, None
    while node.named_children:
        node = max(node.named_children, key=_length)
        if _length(node) < _length(root) / 2:
            break
        if node.type == "statement_block":
            body = node
    if body is None:
        raise UnknownBundleError("expected a function around all definitions, found none")
    return body


def _length(node: Node) -> int:
    return node.end_byte - node.start_byte


def _outer_children(body: Node) -> list[Node]:
    """Return the statements beside the library, where the licences of its parts stand."""
    node = body.parent
    while node is not None and node.type != "statement_block":
        node = node.parent
    return [] if node is None else node.named_children


def _definitions(body: Node) -> Iterator[_Definition]:
    """Yield everything that the library consists of, in order; what has no name is always needed."""
    named: set[bytes] = set()
    for node in body.named_children:
        text = node.text or b""
        if node.type in ("variable_declaration", "lexical_declaration"):
            keyword = text.split(maxsplit=1)[0]
            for part in node.named_children:
                name = part.child_by_field_name("name")
                if name is None or name.type != "identifier":
                    raise UnknownBundleError(f"expected a plain name in {text[:60]!r}")
                named.add(name.text or b"")
                yield _Definition(name.text or b"", keyword, part.text or b"")
        elif name := node.child_by_field_name("name"):
            named.add(name.text or b"")
            yield _Definition(name.text or b"", b"", text)
        elif node.type != "comment":
            # What a module exports is listed beside it: name({...}) belongs to the first name it is given.
            listed = re.match(rb"[\w$]+\(([\w$]+),\{", text)
            yield _Definition(listed[1] if listed and listed[1] in named else b"", b"", text)


def _with_kinds(
    definition: _Definition, by_name: Mapping[bytes, list[_Definition]], kinds: Collection[str]
) -> _Definition:
    """Return the definition that registers the kinds with only some of them, and any other as it is."""
    registration = _REGISTRATION.search(definition.text)
    if registration is None:
        return definition
    found = {_kind(name, by_name): name for name in _CALL.findall(registration[1])}
    absent = set(kinds) - set(found)
    if absent:
        raise UnknownBundleError(f"expected the kinds {sorted(kinds)}, found no {', '.join(sorted(absent))}")
    start, end = registration.span(1)
    calls = b",".join(found[kind] + b"()" for kind in kinds)
    return _Definition(definition.name, definition.keyword, definition.text[:start] + calls + definition.text[end:])


def _kind(name: bytes, by_name: Mapping[bytes, list[_Definition]]) -> str:
    """Return the kind of trace that a module describes; modules may hand on what another one exports."""
    for _ in range(_LONGEST_CHAIN):
        text = b"".join(definition.text for definition in by_name.get(name, []))
        if kind := _KIND.search(text):
            return kind[1].decode()
        forwarded = _FORWARDING.search(text)
        if forwarded is None:
            break
        name = forwarded[1]
    return ""


def _reachable(definitions: list[_Definition]) -> list[_Definition]:
    """Keep what has no name and what is asked for by something that is kept."""
    by_name: dict[bytes, list[int]] = {}
    for place, definition in enumerate(definitions):
        by_name.setdefault(definition.name, []).append(place)
    kept: set[int] = set()
    waiting = [place for place, definition in enumerate(definitions) if not definition.name]
    while waiting:
        place = waiting.pop()
        if place not in kept:
            kept.add(place)
            for name in set(_NAME.findall(definitions[place].text)):
                waiting += by_name.get(name, [])
    return [definitions[place] for place in sorted(kept)]


def _statement(definition: _Definition) -> bytes:
    text = definition.keyword + b" " + definition.text if definition.keyword else definition.text
    return text if text.endswith((b";", b"}")) and not definition.keyword else text + b";"
