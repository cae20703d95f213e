"""Fetching: only public addresses, pinned, within bounds; against a server on loopback."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from summarizer import readers
from summarizer.errors import InputError
from summarizer.readers import read, web

Answer = Callable[[BaseHTTPRequestHandler], None]
PAGE = "<html><body><article><h1>Rat berät</h1><p>{}</p></article></body></html>".format(
    "Der Rat der Stadt hat am Montag beraten. Er fasste keinen Beschluss. " * 5
).encode()


def anywhere(_: object) -> bool:
    return True


def send(status: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


class Site:
    """A server whose paths are answers, and whose requests are noted."""

    def __init__(self) -> None:
        self.paths: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            running.requests.append((self.path, dict(self.headers)))
            running.paths[self.path](self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their secrets
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert web.is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/",
        "http://127.1/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "http://0/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_in_any_spelling(url: str) -> None:
    with pytest.raises(InputError, match="not a public address"):
        read(url)


def test_a_page_is_fetched(site: Site) -> None:
    site.paths["/a"] = send(200, PAGE, content_type="text/html; charset=utf-8")
    page = web.fetch(site.url("/a"), permitted=anywhere)
    assert (page.url, page.media_type, page.data) == (site.url("/a"), "text/html", PAGE)
    assert site.requests[0][1]["User-Agent"].startswith("brief/")
    assert site.requests[0][1]["Host"] == f"127.0.0.1:{site.port}"


def test_a_redirect_into_the_private_network_is_refused(site: Site) -> None:
    site.paths["/a"] = send(302, location=site.url("/geheim", host="127.0.0.2"))
    with pytest.raises(InputError, match=r"127\.0\.0\.2, which is not a public address"):
        web.fetch(site.url("/a"), permitted=lambda address: str(address) == "127.0.0.1")
    assert [path for path, _ in site.requests] == ["/a"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:70/"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, target: str) -> None:
    site.paths["/a"] = send(302, location=target)
    with pytest.raises(InputError, match="only http and https"):
        web.fetch(site.url("/a"), permitted=anywhere)


def test_the_connection_goes_to_the_address_that_was_looked_at(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private a moment later leads nowhere else."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host: Any, *arguments: Any, **options: Any) -> Any:
        if host != "artikel.example":
            return real(host, *arguments, **options)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    site.paths["/a"] = send(200, PAGE)
    page = web.fetch(site.url("/a", host="artikel.example"), permitted=lambda address: str(address) == "127.0.0.1")
    assert page.data == PAGE
    assert asked == ["artikel.example"]
    assert site.requests[0][1]["Host"] == f"artikel.example:{site.port}"


def test_one_private_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        read("https://artikel.example/a")


def test_redirects_end(site: Site) -> None:
    site.paths["/a"] = send(301, location="/a")
    with pytest.raises(InputError, match="redirects"):
        web.fetch(site.url("/a"), permitted=anywhere)
    assert len(site.requests) == web.MAX_REDIRECTS + 1


def test_a_relative_redirect_gives_the_final_address(site: Site) -> None:
    site.paths["/a"] = send(302, location="b")
    site.paths["/b"] = send(200, PAGE)
    assert web.fetch(site.url("/a"), permitted=anywhere).url == site.url("/b")


def test_size_is_counted_after_decompression(site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    site.paths["/a"] = send(200, bomb, content_encoding="gzip")
    with pytest.raises(InputError, match="larger than 1 MB"):
        web.fetch(site.url("/a"), permitted=anywhere, max_bytes=2**20)


@pytest.mark.parametrize("drip", ["headers", "body"])
def test_a_server_that_drips_is_left_in_time(site: Site, drip: str) -> None:
    done = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"content-length: 900\r\n\r\n" if drip == "body" else b"x: "))
        try:
            while not done.is_set():
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.02)
        except OSError:
            pass

    site.paths["/a"] = answer
    try:
        with pytest.raises(InputError, match="takes more than"):
            web.fetch(site.url("/a"), permitted=anywhere, max_seconds=0.2)
    finally:
        done.set()


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500])
def test_what_the_server_refuses_is_said(site: Site, status: int) -> None:
    site.paths["/a"] = send(status)
    with pytest.raises(InputError, match=f"answers {status}"):
        web.fetch(site.url("/a"), permitted=anywhere)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://person:geheim@artikel.example/", "user name"),
        ("http://", "no web address"),
        ("ftp://artikel.example/a.txt", "only http and https"),
        ("file:///etc/hosts", "only http and https"),
        ("http://artikel.invalid/", "no host"),
        ("http://[::1/", "cannot be fetched"),
    ],
)
def test_addresses_that_are_none(url: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(InputError, match=words) as caught:
        read(url)
    assert "geheim" not in str(caught.value)


def test_a_media_type_that_is_not_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "fetch", lambda url: web.Page(url, "image/png", b""))
    with pytest.raises(InputError, match="image/png"):
        read("https://artikel.example/bild")


def test_the_source_of_a_page_names_where_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "fetch", lambda url: web.Page(url + "?b", "text/html", PAGE))
    source = read("https://artikel.example/a")
    assert (source.name, source.url, source.format) == (
        "https://artikel.example/a",
        "https://artikel.example/a?b",
        "html",
    )
