"""The lighter drawing library: only what the charts here draw, unchanged, from a bundle built as Plotly builds it."""

from __future__ import annotations

import re
from pathlib import Path

import plotly
import pytest

from dashboard import charts
from dashboard.component.drawing_library import KINDS, UnknownBundleError, lighter_library

CHARTS = Path(charts.__file__).parent
INSTALLED = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
AXES_AND_SHAPES = {"category", "data", "date", "line", "rect"}

BUNDLE = b"""/* licence */
(function(root, factory) {root.m = factory()}(this, () => {
"use strict";var Plotly=(()=>{var w=(e,t)=>()=>(t||e((t={exports:{}}).exports,t),t.exports);
var core=w((e,t)=>{t.exports={register:()=>1,trace:scatter(),text:"globe()"}});
var scatter=w((e,t)=>{t.exports={moduleType:"trace",name:"scatter"}});
var bars=w((e,t)=>{t.exports={moduleType:"trace",name:"bar",draw:sticks,near:{...shared}}});
var rod=w((e,t)=>{t.exports=bars()}),bar=w((e,t)=>{t.exports=rod()});
var globes=w((e,t)=>{t.exports={moduleType:"trace",name:"globe",draw:ocean}}),globe=w((e,t)=>{t.exports=globes()});
function sticks(a){return a/2}
function ocean(a){return listed.water}
var shared=/[/"}]/,listed={};
note(listed,{water:()=>1});
var main=w((e,t)=>{var c=core();c.register([globe(),bar()]);t.exports=c});
return main();})();
/* other licences */
window.Plotly = Plotly;
return Plotly;
}));
"""

LIGHTER = b"""/* licence */
"use strict";window.Plotly=(()=>{
var w=(e,t)=>()=>(t||e((t={exports:{}}).exports,t),t.exports);
var core=w((e,t)=>{t.exports={register:()=>1,trace:scatter(),text:"globe()"}});
var scatter=w((e,t)=>{t.exports={moduleType:"trace",name:"scatter"}});
var bars=w((e,t)=>{t.exports={moduleType:"trace",name:"bar",draw:sticks,near:{...shared}}});
var rod=w((e,t)=>{t.exports=bars()});
var bar=w((e,t)=>{t.exports=rod()});
function sticks(a){return a/2}
var shared=/[/"}]/;
var main=w((e,t)=>{var c=core();c.register([bar()]);t.exports=c});
return main();
})();
/* other licences */
"""


def test_only_what_the_kinds_ask_for_is_kept() -> None:
    # "globe" also stands in a text; what is kept may be more than is needed, never less.
    bundle = BUNDLE.replace(b'text:"globe()"', b'text:""')
    assert lighter_library(bundle, ("bar",)) == LIGHTER.replace(b'text:"globe()"', b'text:""')


def test_a_name_in_a_text_keeps_what_it_names() -> None:
    assert b"function ocean" in lighter_library(BUNDLE, ("bar",))


def test_what_a_module_lists_as_its_exports_stays_with_it() -> None:
    assert b"note(listed,{water:()=>1});" in lighter_library(BUNDLE, ("globe",))


@pytest.mark.parametrize(
    ("bundle", "kinds", "said"),
    [
        (BUNDLE, ("bar", "pie"), "found no pie"),
        (BUNDLE.replace(b".register(", b".add("), ("bar",), "register themselves, found none"),
        (b"var a=1;", ("bar",), "a function around all definitions"),
        (b"not ( a script", ("bar",), "no JavaScript"),
        (BUNDLE.replace(b"var listed", b"var {listed}").replace(b"/,listed", b"/,{listed}"), ("bar",), "plain name"),
    ],
)
def test_a_bundle_of_another_build_is_refused(bundle: bytes, kinds: tuple[str, ...], said: str) -> None:
    with pytest.raises(UnknownBundleError, match=re.escape(said)):
        lighter_library(bundle, kinds)


@pytest.mark.thorough
def test_the_installed_bundle_becomes_a_third_and_keeps_its_licences() -> None:
    whole = INSTALLED.read_bytes()
    lighter = lighter_library(whole)
    assert len(lighter) < len(whole) / 3
    assert lighter.startswith(whole[: whole.index(b"*/")])
    assert b"Bundled license information" in lighter
    assert b'name:"bar"' in lighter
    assert b'name:"choropleth"' not in lighter


def test_every_kind_of_trace_in_our_charts_is_kept() -> None:
    used = {
        kind
        for file in CHARTS.rglob("*.py")
        for kind in re.findall(r'"type": "(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert used - AXES_AND_SHAPES == {"scatter", *KINDS}
