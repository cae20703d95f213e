"""Sources that hold many articles: JSON Lines and feeds. One that fails touches no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer import readers
from summarizer.errors import InputError
from summarizer.readers import feed, jsonl, read_bytes, read_many, web

TEXT = "Der Rat der Stadt hat am Montag beraten. Er fasste keinen Beschluss, und die Sitzung wird fortgesetzt. "
PAGE = f"<html><body><article><h1>Rat berät</h1><p>{TEXT * 5}</p></article></body></html>"
LINES = [
    json.dumps({"text": TEXT, "title": "Rat berät", "author": "Erika Beispiel", "date": "2026-03-02T23:30:00Z", "id": "7"}),
    "",
    "kein JSON",
    json.dumps([TEXT]),
    json.dumps({"title": "ohne Text"}),
    json.dumps({"body": "Neue Fähre\n\nDie Fähre fährt am Montag."}),
    '{"text": "\\ud800 halb"}',
    json.dumps({"text": " "}),
]  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "archiv.jsonl"
    file.write_text("\n".join(LINES), encoding="utf-8")
    return file


def test_json_lines_one_article_a_line(archive: Path) -> None:
    entries = list(read_many(archive))
    assert [entry.name for entry in entries] == [f"archiv.jsonl:{number}" for number in (1, 3, 4, 5, 6, 7, 8)]
    first, last = entries[0].read(), entries[4].read()
    assert (first.title, first.byline, first.published) == ("Rat berät", "Erika Beispiel", "2026-03-03")
    assert (first.name, first.format, first.text) == ("archiv.jsonl:1", "jsonl", TEXT)
    assert (last.title, last.published) == ("Neue Fähre", None)
    for entry, word in zip(entries[1:4] + entries[5:], ("JSON", "object", "no text", "half", "no text"), strict=True):
        with pytest.raises(InputError, match=word) as caught:
            entry.read()
        assert entry.name in str(caught.value)


def test_an_endless_line_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 300)
    file = tmp_path / "archiv.jsonl"
    file.write_text("x" * 1000 + "\n" + LINES[5], encoding="utf-8")
    long, good = read_many(file)
    with pytest.raises(InputError, match="longer"):
        long.read()
    assert good.read().title == "Neue Fähre"


def test_another_source_is_one_article_and_read_in_its_turn(tmp_path: Path) -> None:
    (entry,) = read_many(tmp_path / "fehlt.txt")
    with pytest.raises(InputError, match="no file"):
        entry.read()
    with pytest.raises(InputError, match="no file"):
        list(read_many(tmp_path / "fehlt.jsonl"))


@pytest.mark.parametrize("data", [LINES[0].encode(), b"<?xml version='1.0'?><rss version='2.0'></rss>"])
def test_one_article_is_not_read_from_many(data: bytes) -> None:
    with pytest.raises(InputError, match="many articles"):
        read_bytes(data)


def rss(*items: str) -> bytes:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {space}><channel><title>Musterbote</title>{"".join(items)}</channel></rss>'.encode()


def item(link: str, more: str = "") -> str:
    return f"<item><title>Rat &amp; Stadt</title><link>{link}</link><pubDate>Tue, 03 Mar 2026 00:30:00 +0100</pubDate>{more}</item>"


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> dict[str, web.Page]:
    """Pages by address; what is asked for and not there has no host."""
    pages: dict[str, web.Page] = {}

    def fetch(url: str, *, any_status: bool = False) -> web.Page:
        if url not in pages:
            raise InputError(f"There is no host {url}.")
        return pages[url]

    monkeypatch.setattr(web, "fetch", fetch)
    monkeypatch.setattr(readers, "fetch", fetch)
    return pages


def page(url: str, body: str = PAGE, status: int = 200, media_type: str = "text/html") -> dict[str, web.Page]:
    return {url: web.Page(url, media_type, body.encode(), status)}


def test_a_feed_is_fetched_and_its_pages_are_where_robots_are_welcome(net: dict[str, web.Page]) -> None:
    links = [f"https://{host}.example/a" for host in ("offen", "fuer-alle", "zu", "kaputt", "weg")]
    body = rss(*map(item, links), item("https://offen.example/b"), item("javascript:alert(1)")).decode()
    net |= page("https://offen.example/feed", body, media_type="application/rss+xml")
    net |= page("https://offen.example/a") | page("https://fuer-alle.example/a") | page("https://zu.example/a")
    net |= page("https://offen.example/robots.txt", "User-agent: *\nDisallow: /b\n")
    net |= page("https://fuer-alle.example/robots.txt", "", 404)
    net |= page("https://zu.example/robots.txt", "User-agent: brief\nDisallow: /\n")
    net |= page("https://kaputt.example/robots.txt", "", 503)
    entries = list(read_many("https://offen.example/feed"))
    first, second = entries[0].read(), entries[1].read()
    assert (first.title, first.published, first.site) == ("Rat berät", "2026-03-03", "Musterbote")
    assert (first.url, second.url) == tuple(links[:2])
    assert first.format == "feed"
    for entry, word in zip(entries[2:], ("stay away", "stay away", "stay away", "stay away", "neither"), strict=True):
        with pytest.raises(InputError, match=word):
            entry.read()


def test_an_entry_with_its_whole_text_is_read_from_the_feed(net: dict[str, web.Page], tmp_path: Path) -> None:
    whole = "<p>Köln (AFP) – Der Rat hat beraten.</p>" + "".join(f"<p>Punkt {n}: {TEXT}</p>" for n in range(40))
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(item("https://offen.example/a", f"<content:encoded><![CDATA[{whole}]]></content:encoded>")))
    (entry,) = read_many(file)
    source = entry.read()
    assert len(source.blocks) > 20
    assert (source.title, source.url, source.published) == ("Rat & Stadt", "https://offen.example/a", "2026-03-03")
    assert (source.place, source.agency) == ("Köln", "AFP")


def test_what_is_no_feed_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<a>nichts</a>", encoding="utf-8")
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        list(read_many(file))


def test_an_entity_bomb_in_a_feed_does_nothing(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    file = tmp_path / "a.xml"
    file.write_bytes(f'<!DOCTYPE r [<!ENTITY l0 "lol">{lol}]>'.encode() + rss(item("https://a.example/&l11;")))
    try:
        names = [entry.name for entry in read_many(file)]
    except InputError:
        names = []
    assert all(len(name) < 10_000 for name in names)


def test_feeds_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_ENTRIES", 3)
    file = tmp_path / "a.xml"
    file.write_bytes(rss(*[item(f"https://a.example/{n}") for n in range(9)]))
    assert len(list(read_many(file))) == 3
