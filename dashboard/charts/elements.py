"""Elements of HTML and SVG as trees: whoever writes one out escapes every text and attribute in it."""

from xml.etree.ElementTree import Element, tostring

from indicators.core.plain_text import visible


def element(tag: str, *content: str | Element, **attributes: str) -> Element:
    """Return an element with texts and elements inside it.

    Args:
        attributes: Its attributes; `_` stands for a hyphen and is left out at the end, as in `class_`.

    Example:
        >>> written(element("p", "a < b ", element("b", "c"), " d", class_="x"))
        '<p class="x">a &lt; b <b>c</b> d</p>'
    """
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = Element(tag, names)
    for part in content:
        if isinstance(part, Element):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + visible(part)
        else:
            made.text = (made.text or "") + visible(part)
    return made


def written(root: Element) -> str:
    """Return an element as HTML that is XML as well."""
    return tostring(root, encoding="unicode", short_empty_elements=False)
