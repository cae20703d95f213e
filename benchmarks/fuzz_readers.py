"""Broken, huge and hostile files of every format: each is read or refused in a sentence, within bounded time and memory.

    python -m benchmarks.fuzz_readers [--mutants N] [--seed S] [--no-bombs] [--only TITLE]

Mutants of valid files (truncated, bits flipped, pieces repeated, dropped, replaced by noise) are read in this process; what aims at time or memory
(nesting, size, bombs) in a process each, whose time and peak memory are printed.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import resource
import subprocess
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.memory import forget_peak, peak
from summarizer.errors import BriefError
from summarizer.language import ensure_german
from summarizer.readers import FORMATS, read_bytes
from summarizer.renderers import xliff
from summarizer.segment import segment
from summarizer.suitability import unfit
from summarizer.terms.exchange import read_tbx, read_tmx

TEXT = "Der Rat der Stadt hat am Montag über die neue Fähre beraten. „Wir warten“, sagte die Bürgermeisterin. "
MAX_SECONDS = 120.0
MAX_MEMORY = 3 * 2**30
MB = 2**20


def html() -> bytes:
    """Return a web page."""
    body = "".join(f"<h2>Teil {n}</h2><p>{TEXT}{n}</p><ul><li>Punkt {n}</li></ul>" for n in range(8))
    head = '<meta charset="utf-8"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-02"}</script>'
    return f"<!doctype html><html><head><title>Rat</title>{head}</head><body><article>{body}</article></body></html>".encode()


def pdf(**encryption: str) -> bytes:
    """Return a PDF file of two pages, encrypted if passwords are given."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, encrypt=StandardEncryption(**encryption) if encryption else None)
    for _ in range(2):
        for line in range(30):
            canvas.drawString(50, 780 - 20 * line, TEXT[:90])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx() -> bytes:
    """Return a Word document."""
    from docx import Document

    document, out = Document(), io.BytesIO()
    document.add_heading("Rat berät", 0)
    for _ in range(10):
        document.add_paragraph(TEXT)
    document.add_table(rows=2, cols=2)
    document.save(out)
    return out.getvalue()


def document_xml() -> bytes:
    """Return the text's part of a Word document."""
    with zipfile.ZipFile(io.BytesIO(docx())) as package:
        return package.read("word/document.xml")


def feed() -> bytes:
    """Return a feed whose entries carry their text."""
    whole = "".join(f"<p>{n}. {TEXT}</p>" for n in range(30))
    items = f"<item><title>Rat</title><content:encoded><![CDATA[{whole}]]></content:encoded></item>" * 2
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return (
        f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>Bote</title>{items}</channel></rss>'.encode()
    )


SEEDS: dict[str, Callable[[], bytes]] = {
    "text": lambda: (f"Rat berät\n\n{TEXT}\n\n" * 5).encode(),
    "markdown": lambda: f"---\ntitle: Rat\n---\n\n# Rat\n\n> {TEXT}\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
    "html": html,
    "pdf": pdf,
    "docx": docx,
    "docx-xml": document_xml,
    "feed": feed,
    "jsonl": lambda: (f'{{"text": "{TEXT}", "date": "2026-03-02"}}\n' * 5).encode(),
    "tmx": lambda: f'<tmx version="1.4"><body><tu><tuv xml:lang="de"><seg>{TEXT}</seg></tuv><tuv xml:lang="en"><seg>x</seg></tuv></tu></body></tmx>'.encode(),
    "tbx": lambda: b'<martif><termEntry><langSet xml:lang="de"><tig><term>Amt</term></tig></langSet><langSet xml:lang="en"><tig><term>office</term></tig></langSet></termEntry></martif>',
}  # fmt: skip


def consume(data: bytes, name: str) -> int:
    """Read everything that a file of this format holds, and go through it as the program does; return the sentences."""
    if name == "docx-xml":  # broken inside a whole ZIP archive, whose checksums would give it away at once
        return consume(zipped(document=data), "docx")
    if name.startswith("http:"):
        return consume(fetched(data, name.removeprefix("http:")), "html")
    if name == "xliff":
        return len(xliff.read(data))
    if name in ("tmx", "tbx"):
        return len(list((read_tmx if name == "tmx" else read_tbx)(data, f"a.{name}")))
    split = FORMATS[name].split
    if split is None:
        sources = [read_bytes(data, f"a.{name}", name)]
    else:
        sources = []
        for entry in split(io.BytesIO(data), f"a.{name}"):
            try:
                sources.append(entry.read())
            except BriefError:
                continue
    count = 0
    for source in sources:
        unfit(source)
        ensure_german(source, force=True)
        for sentence in segment(source):
            assert source.text[sentence.start : sentence.end] == sentence.text
            count += 1
    return count


def mutants(data: bytes, count: int, random_: random.Random) -> Iterator[bytes]:
    """Yield broken versions of a file."""
    for _ in range(count):
        broken = bytearray(data)
        for _ in range(random_.choice((1, 1, 2, 5))):
            if not broken:
                break
            at = random_.randrange(len(broken))
            length = random_.choice((1, 4, 64, 1024))
            kind = random_.randrange(6)
            if kind == 0:
                del broken[at:]
            elif kind == 1:
                for _ in range(random_.choice((1, 8, 64))):
                    broken[random_.randrange(len(broken))] ^= 1 << random_.randrange(8)
            elif kind == 2:
                broken[at:at] = broken[at : at + length] * random_.choice((1, 3, 50))
            elif kind == 3:
                del broken[at : at + length]
            elif kind == 4:
                broken[at : at + length] = random_.randbytes(length)
            else:
                broken[at:at] = random_.choice(
                    (b"\x00", b"\xff\xfe", b"<", b"]]>", b"&#0;", b"\xed\xa0\x80", b"%PDF-", b"PK\x03\x04")
                )
        yield bytes(broken)


def entities(root: str) -> bytes:
    """Return XML that unfolds to billions of letters, and asks for a file."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]><{root}>&l11;&f;</{root}>'.encode()


def blowup(root: str) -> bytes:
    """Return XML that repeats one long entity a hundred thousand times: no nesting for a parser to count."""
    letters = "a" * 100_000
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{letters}">]><{root}>{"&a;" * 100_000}</{root}>'.encode()


def outside(root: str) -> bytes:
    """Return XML whose document type lies elsewhere: in a file, and in a parameter entity of an address."""
    types = '<!DOCTYPE r SYSTEM "file:///etc/passwd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
    return f'<?xml version="1.0"?>{types}<{root}>&q;</{root}>'.encode()


def zipped(**parts: bytes) -> bytes:
    """Return a Word document with parts replaced (`document` is word/document.xml)."""
    names = {"document": "word/document.xml", "styles": "word/styles.xml", "relations": "word/_rels/document.xml.rels"}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        changed = {names[key]: value for key, value in parts.items()}
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return out.getvalue()


def crowded_package() -> bytes:
    """Return a Word document among 60,000 empty parts."""
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as package:
        for number in range(60_000):
            package.writestr(f"word/media/{number}", b"")
    return out.getvalue()


def lying_package(size: int = 300 * MB) -> bytes:
    """Return a Word document whose archive says that its text has 1,000 bytes."""
    data = bytearray(zipped(document=b"<a>" + b" " * size + b"</a>"))
    for mark, size_at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        name_at = data.index(b"word/document.xml", data.index(mark))
        while data[name_at - (46 if mark == b"PK\x01\x02" else 30) :][:4] != mark:
            name_at = data.index(b"word/document.xml", name_at + 1)
        start = name_at - (46 if mark == b"PK\x01\x02" else 30)
        data[start + size_at : start + size_at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF file of these objects, numbered from 1, the first the catalogue; PDFium finds them without a table."""
    numbered = (b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>"


def stream(content: bytes, entries: bytes = b"", *, rounds: int = 1) -> bytes:
    """Return a stream, compressed as often as `rounds` says."""
    for _ in range(rounds):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * rounds
    return b"<</Length %d/Filter[%s]%s>>stream\n%s\nendstream" % (len(content), filters, entries, content)


def pdf_page(content: bytes, resources: bytes = b"<<>>", *more: bytes) -> bytes:
    """Return a PDF file of one page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources %s>>" % resources
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more)


def pdf_forms() -> bytes:
    """Return a page that shows a form that shows ten forms that show ten forms: 10^12 words."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    forms = []
    for level in range(12):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>%s>>" % (level + 6, font)
        forms.append(stream(b"/X Do " * 10 if level < 11 else b"BT /F 9 Tf (Hallo) Tj ET", entries))
    return pdf_page(stream(b"/X Do"), b"<</XObject<</X 5 0 R>>%s>>" % font, *forms)


def pdf_object_streams(bomb: bytes, count: int = 1) -> bytes:
    """Return a PDF file of object streams, a cross-reference stream behind them as PDF 1.5 has it."""
    head = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\n"
    streams, places = b"", []
    for number in range(2, 2 + count):
        places.append(len(head) + len(streams))
        index = b"9 0 "
        body = stream(index + bomb, b"/Type/ObjStm/N 1/First %d" % len(index))
        streams += b"%d 0 obj%s endobj\n" % (number, body)
    table = len(head) + len(streams)
    row = b"".join(b"\x01" + place.to_bytes(4, "big") + b"\0\0" for place in places)
    first = b"\x01" + (9).to_bytes(4, "big") + b"\0\0"
    rows = b"\0" * 7 + first + row + b"\0" * 7 * (7 - count) + b"\x02" + (2).to_bytes(4, "big") + b"\0\0"
    entries = b"/Type/XRef/Size 10/W[1 4 2]/Root 1 0 R"
    return head + streams + b"10 0 obj%s endobj\nstartxref\n%d\n%%%%EOF" % (stream(rows, entries), table)


def gzipped(size: int, rounds: int = 1) -> bytes:
    """Return zeros in gzip, packed as often as `rounds` says; its checksum is wrong, which shows at its end only."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone: can be repeated
    data = head + block * (size // MB) + packer.flush()
    for _ in range(rounds - 1):
        data = gzip.compress(data)
    return data


def fetched(body: bytes, encoding: str) -> bytes:
    """Return what `web.fetch` makes of a body that a server on loopback sends in this encoding."""
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    from summarizer.readers.web import fetch

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-encoding", encoding)
            self.end_headers()
            with suppress(OSError):  # the reader may leave
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        return fetch(f"http://127.0.0.1:{server.server_port}/", permitted=lambda _: True).data


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "text of 19 MB": ("text", lambda: (TEXT * (19 * MB // len(TEXT.encode()))).encode()),
    "text without a space, 19 MB": ("text", lambda: b"a" * (19 * MB)),
    "text of blank lines, 19 MB": ("text", lambda: b"a\n\n" * (19 * MB // 3)),
    "text of opening brackets, 5 MB": ("text", lambda: b"(" * (5 * MB)),
    "text beyond the limit": ("text", lambda: b"a" * (21 * MB)),
    "text of one sentence without an end, 5 MB": ("text", lambda: b"Der Rat und " * (5 * MB // 12)),
    "text of full stops, 2 MB": ("text", lambda: b"z. B. d. h. 5. " * (2 * MB // 15)),
    "text of quotation marks, 2 MB": ("text", lambda: ("„" * (2 * MB // 3)).encode()),
    "text of combining marks, 5 MB": ("text", lambda: ("a" + "\u0308" * (5 * MB // 2)).encode()),
    "mojibake of 4 MB": ("text", lambda: ("GrÃ¶ÃŸe der StraÃŸe. " * (4 * MB // 24)).encode()),
    "markdown nested 100,000 deep": ("markdown", lambda: b"> " * 100_000 + b"a"),
    "markdown of a list nested 20,000 deep": ("markdown", lambda: b"- " * 20_000 + b"a"),
    "markdown of stars, 1 MB": ("markdown", lambda: b"*a **a " * (MB // 7)),
    "markdown of a table row of 500,000 cells": ("markdown", lambda: b"|a" * 500_000 + b"|\n" + b"|-" * 500_000 + b"|\n"),
    "markdown on a line of 10 MB": ("markdown", lambda: TEXT.encode() * (10 * MB // len(TEXT.encode()))),
    "markdown of brackets, 1 MB": ("markdown", lambda: b"[" * MB),
    "html nested 100,000 deep": ("html", lambda: b"<div>" * 100_000 + html()),
    "html of 100,000 paragraphs": ("html", lambda: b"<html><body><article>" + b"".join(b"<p>Satz %d ist da.</p>" % n for n in range(100_000))),
    "html of 19 MB in a paragraph": ("html", lambda: b"<html><body><article><p>" + TEXT.encode() * (18 * MB // len(TEXT.encode()))),
    "html of 200,000 links": ("html", lambda: b"<html><body><article>" + b"<a href=x>Verweis</a> " * 200_000),
    "html of unclosed tags, 5 MB": ("html", lambda: b"<" * (5 * MB)),
    "html of attributes, 5 MB": ("html", lambda: b"<p " + b"a=b " * (5 * MB // 4) + b">x</p>"),
    "html of JSON-LD nested deep": ("html", lambda: b'<script type="application/ld+json">' + b"[" * 500_000 + b"</script>" + html()),
    "html of entities": ("html", lambda: entities("html")),
    "html nested 100,000 deep in inline elements": ("html", lambda: b"<article><p>" + b"<b><i>" * 50_000 + TEXT.encode() * 50),
    "html of nested tables and lists, 50,000 deep": ("html", lambda: b"<article>" + b"<table><tr><td><ul><li>" * 10_000 + TEXT.encode() * 50),
    "html without a space in a paragraph, 10 MB": ("html", lambda: b"<article><p>" + b"a" * (10 * MB)),
    "html on a line of 10 MB, with a comment of 9": ("html", lambda: b"<article><!--" + b"-" * (9 * MB) + b"--><p>" + TEXT.encode() * 50),
    "html of character references, 5 MB": ("html", lambda: b"<article><p>" + b"&#xfffff;&amp;" * (5 * MB // 14)),
    "http body in gzip that unpacks to 10 GB": ("http:gzip", lambda: gzipped(10_000 * MB)),
    "http body in gzip twice, 10 GB": ("http:gzip, gzip", lambda: gzipped(10_000 * MB, 2)),
    "http body in gzip three times, 10 GB": ("http:gzip, gzip, gzip", lambda: gzipped(10_000 * MB, 3)),
    "http body in an encoding that is none": ("http:gzip, bomb", lambda: b"x" * 1000),
    "http body of broken gzip": ("http:gzip", lambda: gzipped(MB)[:500] + b"x" * 1000),
    "pdf that is encrypted": ("pdf", lambda: pdf(userPassword="x", ownerPassword="y")),
    "pdf whose page unpacks to 300 MB": ("pdf", lambda: pdf_page(stream(b"BT (Hallo) Tj ET " * 18_000_000))),
    "pdf whose page unpacks thrice to 2 GB": ("pdf", lambda: pdf_page(stream(b" " * (2000 * MB), rounds=3))),
    "pdf of an object stream of 400 MB": ("pdf", lambda: pdf_object_streams(b"[" + b"0 " * (200 * MB) + b"]")),
    "pdf of an object stream nested 10,000,000 deep": ("pdf", lambda: pdf_object_streams(b"[" * 10_000_000)),
    "pdf of five object streams of 200 MB": ("pdf", lambda: pdf_object_streams(b"<</Kids[" + b"9 0 R " * (35 * MB) + b"]>>", 5)),
    "pdf of forms in forms, 10^12 words": ("pdf", pdf_forms),
    "pdf of a form in itself": ("pdf", lambda: pdf_page(stream(b"/X Do"), b"<</XObject<</X 5 0 R>>>>", stream(b"/X Do " * 9, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"))),
    "pdf whose pages hold themselves": ("pdf", lambda: pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000>>")),
    "pdf that says it has 2,000,000,000 pages": ("pdf", lambda: pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000000>>")),
    "pdf of pages nested 100,000 deep": ("pdf", lambda: pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(100_000)))),
    "pdf of an array nested 5,000,000 deep": ("pdf", lambda: pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"[" * 5_000_000)),
    "pdf of a million words in a line": ("pdf", lambda: pdf_page(stream(b"BT /F 9 Tf " + b"(Hallo ) Tj " * 1_000_000 + b"ET"), b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>")),
    "pdf of 19 MB of noise": ("pdf", lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(19 * MB)),
    "pdf of a million objects": ("pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 1_000_000),
    "docx whose text unpacks to 1 GB": ("docx", lambda: zipped(document=b"<a>" + b" " * (1000 * MB))),
    "docx whose text unpacks to 38 MB": ("docx", lambda: zipped(document=f"<w:document xmlns:w='{W}'><w:body>{f'<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>' * 260_000}</w:body></w:document>".encode())),
    "docx of 400,000 paragraphs": ("docx", lambda: zipped(document=f"<w:document xmlns:w='{W}'><w:body>{'<w:p><w:r><w:t>Ja.</w:t></w:r></w:p>' * 400_000}</w:body></w:document>".encode())),
    "docx whose archive lies about 300 MB": ("docx", lying_package),
    "docx of 60,000 parts": ("docx", crowded_package),
    "docx of one entity, 10 GB": ("docx", lambda: zipped(document=blowup("w:document"))),
    "docx of entities in its styles": ("docx", lambda: zipped(styles=entities("w:styles"))),
    "docx of entities in its relations": ("docx", lambda: zipped(relations=entities("Relationships"))),
    "docx with a document type elsewhere": ("docx", lambda: zipped(document=outside("w:document"))),
    "docx of a single line of 90 MB": ("docx", lambda: zipped(document=f"<w:document xmlns:w='{W}'><w:body><w:p><w:r><w:t>{'a' * (90 * MB)}</w:t></w:r></w:p></w:body></w:document>".encode())),
    "docx of entities": ("docx", lambda: zipped(document=entities("w:document"))),
    "docx nested 100,000 deep": ("docx", lambda: zipped(document=f"<w:document xmlns:w='{W}'><w:body>".encode() + b"<w:sdt>" * 100_000)),
    "docx of 100,000 runs in a paragraph": ("docx", lambda: zipped(document=f"<w:document xmlns:w='{W}'><w:body><w:p>{'<w:del><w:r/></w:del><w:r><w:t>a </w:t></w:r>' * 100_000}</w:p></w:body></w:document>".encode())),
    "feed of entities": ("feed", lambda: entities("rss")),
    "feed of one entity, 10 GB": ("feed", lambda: blowup("rss")),
    "feed with a document type elsewhere": ("feed", lambda: outside("rss")),
    "feed whose entry is a line of 18 MB": ("feed", lambda: b"<rss version='2.0'><channel><item><description>" + b"a" * (18 * MB) + b"</description></item></channel></rss>"),
    "feed of attributes, 15 MB": ("feed", lambda: b"<rss version='2.0'><channel><item " + b"".join(b"a%d='b' " % n for n in range(1_300_000)) + b"/></channel></rss>"),
    "feed of unclosed tags, 5 MB": ("feed", lambda: b"<rss version='2.0'><channel><item>" + b"<" * (5 * MB)),
    "feed of attributes that are not well-formed, 5 MB": ("feed", lambda: b"<rss version='2.0'><channel><item " + b"a=b " * (5 * MB // 4) + b"/><"),
    "feed of 200,000 entries": ("feed", lambda: b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 200_000 + b"</channel></rss>"),
    "feed nested 100,000 deep": ("feed", lambda: b"<rss version='2.0'><channel>" + b"<item>" * 100_000),
    "jsonl nested 1,000,000 deep": ("jsonl", lambda: b'{"text": ' + b"[" * 1_000_000),
    "jsonl of one endless line": ("jsonl", lambda: b'{"text": "' + b"a" * (40 * MB)),
    "jsonl of 200,000 lines": ("jsonl", lambda: b'{"text": "Der Rat tagt."}\n' * 200_000),
    "tmx of entities": ("tmx", lambda: entities("tmx")),
    "tmx of one entity, 10 GB": ("tmx", lambda: blowup("tmx")),
    "tbx with a document type elsewhere": ("tbx", lambda: outside("martif")),
    "xliff of entities": ("xliff", lambda: entities("xliff")),
    "xliff nested 100,000 deep": ("xliff", lambda: b"<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0'>" + b"<file>" * 100_000),
    "tbx nested 100,000 deep": ("tbx", lambda: b"<martif>" + b"<a>" * 100_000),
}  # fmt: skip


def fuzz(name: str, count: int, seed: int) -> tuple[Counter[str], float, list[str]]:
    """Read mutants of one format; return how many were read and refused, the longest time, and what crashed."""
    outcomes: Counter[str] = Counter()
    slowest, crashes = 0.0, []
    for number, data in enumerate(mutants(SEEDS[name](), count, random.Random(f"{seed} {name}"))):
        start = time.perf_counter()
        try:
            consume(data, name)
            outcomes["read"] += 1
        except BriefError as error:
            outcomes["refused"] += 1
            if "\n" in str(error) or not str(error):
                crashes.append(f"{name} {number}: not one sentence: {error!r}")
        except Exception as error:  # noqa: BLE001  # what is looked for
            crashes.append(f"{name} {number}: {type(error).__name__}: {error}")
        slowest = max(slowest, time.perf_counter() - start)
    return outcomes, slowest, crashes


def run_bomb(title: str) -> None:
    """Read one bomb, in a process of its own; print the outcome and the peak memory beyond what the file takes."""
    name, make = BOMBS[title]
    data = make()
    base = forget_peak()  # making it is no part of it
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    start = time.perf_counter()
    try:
        outcome = f"read, {consume(data, name)} sentences"
    except BriefError as error:
        outcome = f"refused: {' '.join(str(error).split())[:70]}"
    more = max(peak() - base, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(f"{time.perf_counter() - start:6.1f} s {more // 1024:5} MB more  {title}: {outcome}")


def main() -> None:
    """Print how many were tried, and what happened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bomb", help=argparse.SUPPRESS)
    parser.add_argument("--no-bombs", action="store_true")
    parser.add_argument("--only", default="", help="bombs whose title begins so; 0 mutants leave the rest out")
    arguments = parser.parse_args()
    if arguments.bomb:
        run_bomb(arguments.bomb)
        return
    tried, failed = 0, []
    for name in SEEDS if arguments.mutants else ():
        count = arguments.mutants // 5 if name == "pdf" else arguments.mutants
        outcomes, slowest, crashes = fuzz(name, count, arguments.seed)
        tried += count
        failed += crashes
        print(
            f"{name:9} {count:5} mutants: {outcomes['read']} read, {outcomes['refused']} refused, {len(crashes)} crashed; slowest {slowest:.2f} s",
            flush=True,
        )
    with TemporaryDirectory() as folder:
        for title in BOMBS:
            if arguments.no_bombs or not title.startswith(arguments.only):
                continue
            tried += 1
            command = [sys.executable, "-m", "benchmarks.fuzz_readers", "--bomb", title]
            log = Path(folder) / "log"
            try:
                with log.open("w") as errors:
                    done = subprocess.run(
                        command,
                        capture_output=False,
                        stdout=subprocess.PIPE,
                        stderr=errors,
                        text=True,
                        timeout=MAX_SECONDS,
                        check=False,
                    )
                print(done.stdout, end="", flush=True)
                if done.returncode:
                    failed.append(f"{title}: exit {done.returncode}: {log.read_text()[-300:]}")
            except subprocess.TimeoutExpired:
                failed.append(f"{title}: takes more than {MAX_SECONDS:g} s")
    print(f"{tried} files tried, {len(failed)} crashed or without bounds")
    for line in failed:
        print(f"  {line}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
