"""Readers without a browser: each speaks a framework's own protocol and moves its slider.

They run in the peers' environment, in one process apart from the servers, and draw nothing: what they time is the
server alone.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import Any, Protocol

import aiohttp

REPLY_SECONDS = 60
PANEL = "morale_panel"


class Client(Protocol):
    """A reader of one page."""

    async def start(self) -> None:
        """Open the page."""

    async def step(self, value: int) -> None:
        """Move the slider and wait for all that it changes."""

    async def move(self) -> None:
        """Go to another page, or to the same one again where there is no other."""

    async def close(self) -> None:
        """Leave the page."""


class _SocketClient:
    socket: aiohttp.ClientWebSocketResponse | None = None

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, url.rstrip("/")

    async def connect(self, path: str, **options: Any) -> None:
        address = self.url.replace("http", "ws", 1) + path
        self.socket = await self.http.ws_connect(address, max_msg_size=0, **options)

    async def receive(self) -> str | bytes:
        assert self.socket is not None
        message = await self.socket.receive(timeout=REPLY_SECONDS)
        if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
            raise ConnectionError(f"expected a message from {self.url}, the server closed: {str(message)[:200]}")
        return message.data

    async def document(self, path: str = "/") -> None:
        async with self.http.get(self.url + path) as reply:
            await reply.read()

    async def start(self) -> None:
        raise NotImplementedError

    async def move(self) -> None:
        await self.close()
        await self.start()

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()


class StreamlitClient(_SocketClient):
    """Moves the first slider of a Streamlit page, or that of a panel of ours; `url` may name a page and a query."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        address, _, self.query = url.partition("?")
        host, _, self.page = address.removeprefix("http://").partition("/")
        super().__init__(http, f"http://{host}")

    async def start(self) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        self.outgoing, self.incoming = BackMsg, ForwardMsg
        self.sliders: dict[str, list[float]] = {}
        self.panel, self.serial = "", 0
        self.fragments: dict[str, str] = {}
        self.page_hash = ""
        await self.document(f"/{self.page}")
        await self.connect("/_stcore/stream", protocols=["streamlit"])
        await self._run(first=True)

    async def go(self, path: str) -> None:
        """Go to another page of the same site, in the same session.

        Args:
            path: Address of the page; it may have a query.
        """
        self.page, _, self.query = path.removeprefix("/").partition("?")
        self.panel, self.sliders = "", {}
        await self._run(first=True)

    async def move(self) -> None:
        """Go to the first page, in the same session; the next start opens the client's own page again."""
        own = self.page, self.query
        await self.go("/")
        self.page, self.query = own

    async def step(self, value: int) -> None:
        if self.panel:
            self.serial, self.released = self.serial + 1, value
        else:
            self.sliders[next(iter(self.sliders))] = [float(value)]
        await self._run()

    async def _run(self, first: bool = False) -> None:
        message = self.outgoing()
        rerun = message.rerun_script
        rerun.query_string = self.query
        if first:
            rerun.page_name = self.page
        else:
            rerun.page_script_hash = self.page_hash
            for name, values in self.sliders.items():
                widget = rerun.widget_states.widgets.add()
                widget.id = name
                widget.double_array_value.data.extend(values)
            if self.panel:
                widget = rerun.widget_states.widgets.add()
                widget.id = self.panel
                release = {"serial": self.serial, "values": {"weekly": float(self.released)}}
                widget.json_value = json.dumps({"drawn": True, "released": release})
            else:
                rerun.fragment_id = self.fragments[next(iter(self.sliders))]
        assert self.socket is not None
        await self.socket.send_bytes(message.SerializeToString())
        seen = False
        while True:
            reply = self.incoming()
            reply.ParseFromString(await self.receive())
            kind = reply.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = reply.new_session.page_script_hash
            elif kind == "navigation":
                # Of several pages, the new session names the first; the navigation names the one that is shown.
                self.page_hash = reply.navigation.page_script_hash
            elif kind == "delta" and reply.delta.WhichOneof("type") == "new_element":
                element = reply.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise RuntimeError(f"the page failed: {element.exception.message[:200]}")
                if element.bidi_component.component_name.endswith(PANEL):
                    self.panel, seen = element.bidi_component.id, True
                if element.WhichOneof("type") == "slider":
                    self.sliders.setdefault(element.slider.id, list(element.slider.default))
                    self.fragments[element.slider.id] = reply.delta.fragment_id
                    seen = True
            elif kind == "script_finished":
                if not first and not seen:
                    raise RuntimeError(f"expected the slider of {self.page or 'the page'} again, got another page")
                return


class DashClient:
    """Calls the callback of a Dash page."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, url.rstrip("/")

    async def start(self) -> None:
        for path in ("/", "/_dash-layout"):
            async with self.http.get(self.url + path) as reply:
                await reply.read()
        async with self.http.get(self.url + "/_dash-dependencies") as reply:
            self.output = (await reply.json())[0]["output"]
        names = [name.rsplit(".", 1) for name in self.output.strip(".").split("...")]
        self.outputs = [{"id": element, "property": attribute} for element, attribute in names]

    async def step(self, value: int) -> None:
        inputs = [{"id": "rate", "property": "value", "value": value}]
        inputs += [{"id": "growth", "property": "value", "value": 0.5}]
        body = {"output": self.output, "outputs": self.outputs, "changedPropIds": ["rate.value"], "inputs": inputs}
        async with self.http.post(self.url + "/_dash-update-component", json=body) as reply:
            content = await reply.read()
            if reply.status != 200:
                raise RuntimeError(f"the callback failed: {content[:200]!r}")

    async def move(self) -> None:
        await self.start()

    async def close(self) -> None:
        """There is no connection to end."""


class PanelClient(_SocketClient):
    """Patches the slider's model of a Panel page."""

    async def start(self) -> None:
        async with self.http.get(self.url) as reply:
            token = re.search(r'"token":"([^"]+)"', await reply.text())
        if token is None:
            raise RuntimeError(f"expected a session token in {self.url}, found none")
        await self.connect("/ws", protocols=["bokeh", token[1]])
        await self._receive_until("ACK")
        document = await self._ask("PULL-DOC-REQ", {}, "PULL-DOC-REPLY")
        self.slider = re.findall(r'"name":"(?:panel\.models\.)?[A-Za-z.]*Slider","id":"([^"]+)"', document)[0]

    async def step(self, value: int) -> None:
        event = {"kind": "ModelChanged", "model": {"id": self.slider}, "attr": "value", "new": value}
        await self._ask("PATCH-DOC", {"events": [event]}, "OK")
        await self._receive_until("PATCH-DOC", text="_render_count")  # the figure follows the acknowledgement

    async def _ask(self, kind: str, content: object, answer: str) -> str:
        name = uuid.uuid4().hex
        assert self.socket is not None
        for part in ({"msgid": name, "msgtype": kind}, {}, content):
            await self.socket.send_str(json.dumps(part))
        return await self._receive_until(answer, name)

    async def _receive_until(self, kind: str, request: str | None = None, text: str = "") -> str:
        while True:
            header = json.loads(await self.receive())
            _, content = await self.receive(), str(await self.receive())
            for _ in range(2 * header.get("num_buffers", 0)):
                await self.receive()
            if header["msgtype"] == "ERROR":
                raise RuntimeError(content[:300])
            if header["msgtype"] == kind and request in (None, header.get("reqid")) and text in content:
                return content


class ShinyClient(_SocketClient):
    """Sets the slider's input of a Shiny page."""

    async def start(self) -> None:
        await self.document()
        await self.connect("/websocket/")
        names = ("pixelratio", "url_search", "url_pathname", "url_hostname", "url_port", "url_protocol", "url_hash")
        data: dict[str, object] = {f".clientdata_{name}": "" for name in (*names, "url_hash_initial", "singletons")}
        data |= {".clientdata_pixelratio": 1, "rate:shiny.number": 100, "growth:shiny.number": 0.5}
        for output in ("tile0", "tile1", "tile2", "tile3", "history", "fan"):
            shown = {"hidden": False, "width": 900, "height": 400}
            data |= {f".clientdata_output_{output}_{name}": value for name, value in shown.items()}
        await self._send("init", data, last='"values": {}')

    async def step(self, value: int) -> None:
        await self._send("update", {"rate:shiny.number": value}, last="_py2js_update")

    async def _send(self, method: str, data: object, last: str) -> None:
        """Send, then wait for the new tile and after it for the chart's own message."""
        assert self.socket is not None
        await self.socket.send_str(json.dumps({"method": method, "data": data}))
        tile = False
        while True:
            text = str(await self.receive())
            tile = tile or ('"values"' in text[:20] and '"tile2"' in text)
            if tile and (last in text or '"values": {}' in text):
                return


class MarimoClient(_SocketClient):
    """Sets the slider of a marimo notebook in run mode."""

    async def start(self) -> None:
        async with self.http.get(self.url + "/") as reply:
            token = re.search(r'"serverToken":\s*"([^"]+)"', await reply.text())
        session = "s_" + uuid.uuid4().hex[:6]
        self.headers = {"Marimo-Session-Id": session, "Marimo-Server-Token": token[1] if token else ""}
        self.slider = ""
        await self.connect(f"/ws?session_id={session}")
        await self._completed()

    async def step(self, value: int) -> None:
        body = {"objectIds": [self.slider], "values": [value]}
        address = self.url + "/api/kernel/set_ui_element_value"
        async with self.http.post(address, json=body, headers=self.headers) as reply:
            await reply.read()
        await self._completed()

    async def _completed(self) -> None:
        while True:
            data = await self.receive()
            text = data if isinstance(data, str) else data.decode(errors="replace")
            if not self.slider:
                found = re.search(r"object-id=[\\'\"]+([A-Za-z0-9_-]+)[\\'\"]+[^>]*>\s*<marimo-slider", text)
                self.slider = found[1] if found else ""
            if '"completed-run"' in text[:60]:
                return


CLIENTS: dict[str, type[Any]] = {
    "streamlit": StreamlitClient,
    "dash": DashClient,
    "panel": PanelClient,
    "shiny": ShinyClient,
    "marimo": MarimoClient,
}
