"""Files for other programs: readers that we did not write get every pair back, and reviews come home."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from rdflib import RDF, SDO, Graph, Literal, URIRef
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from summarizer import Document, InputError, Translation, parse_document
from summarizer.article import plain
from summarizer.renderers import FORMATS, render, render_file, xliff
from summarizer.review import take_back
from tests.documents import written
from tests.test_cli import brief
from tests.test_page import HOSTILE_PAGE, flooded
from tests.test_renderers import doubt

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module")
def council() -> Document[Any]:
    document = written("council", findings=(doubt("s3", "A number is gone."), doubt("s6", "Who?", "error")))
    assert document.translation is not None
    segments = [
        item.model_copy(update={"status": "doubtful", "confidence": 0.41}) if item.id in {"s3", "s6"} else item
        for item in document.translation.segments
    ]
    return document.model_copy(update={"translation": Translation(segments=tuple(segments))})


def pairs_of(document: Document[Any]) -> Pairs:
    assert document.translation is not None
    segments = document.translation.segments
    return [
        (plain(german.text), english.text or "")
        for german, english in zip(document.article.sentences, segments, strict=True)
    ]


# --- XLIFF


def test_another_reader_gets_all_pairs_ids_and_notes_of_xliff(council: Document[Any]) -> None:
    store = Xliff2File.parsestring(render(council, "xliff").encode())
    assert [(unit.source, unit.target) for unit in store.units] == pairs_of(council)
    assert [unit.getid() for unit in store.units] == list(council.article.ids)
    assert (store.sourcelanguage, store.targetlanguage) == ("de", "en")
    fuzzy = [unit.getid() for unit in store.units if unit.isfuzzy()]
    assert fuzzy == ["s3", "s6"], "what is doubtful waits for its translator"


def test_doubts_are_notes_of_their_unit(council: Document[Any]) -> None:
    unit = re.findall(r'<unit id="s3".*?</unit>', render(council, "xliff"), re.DOTALL)[0]
    assert "A number is gone. [numbers.missing]" in unit
    assert "confidence 41%" in unit
    assert unit.index("<notes>") < unit.index("<segment"), "as the specification orders them"


def test_our_reader_reads_what_we_and_the_other_wrote(council: Document[Any]) -> None:
    ours = render(council, "xliff").encode()
    theirs = bytes(Xliff2File.parsestring(ours))
    for data in (ours, theirs):
        units = xliff.read(data)
        assert [(unit.source, unit.target) for unit in units.values()] == pairs_of(council)


def reviewed(document: Document[Any], **changes: str) -> bytes:
    """Return the file as a person's tool, here translate-toolkit, saves it after changing and approving sentences."""
    store = Xliff2File.parsestring(render(document, "xliff").encode())
    for unit in store.units:
        if unit.getid() in changes:
            unit.target = changes[unit.getid()]
            unit.markapproved()
    return bytes(store)


def test_a_review_comes_home_and_is_checked(council: Document[Any]) -> None:
    better = "The mayor spoke of a “bitter, but democratic decision”."
    wrong = "By 71 votes to 14, the council decided on Wednesday evening not to publish the call for tenders."
    document, taken = take_back(council, reviewed(council, s4=better, s3=wrong))
    assert taken == 2
    assert document.translation is not None
    segments = {segment.id: segment for segment in document.translation.segments}
    assert {key for key, segment in segments.items() if segment.origin == "person"} == {"s3", "s4"}
    assert segments["s4"].text == better
    assert segments["s3"].status == "doubtful", "a person's slip is marked as a model's is"
    assert any(finding.code.startswith("numbers") for finding in document.findings_at("s3"))
    assert "A number is gone." not in [finding.message for finding in document.findings], "it was about the old text"
    assert segments["s6"].confidence == 0.41
    assert document.findings_at("s6")[0].message == "Who?"
    assert document.id != council.id
    assert len(document.support) > 20
    assert parse_document(document.model_dump_json()) == document


def test_only_what_is_marked_or_changed_is_taken_unless_all_is_wanted(council: Document[Any]) -> None:
    untouched = render(council, "xliff").encode()
    with pytest.raises(InputError, match="no reviewed sentence"):
        take_back(council, untouched)
    assert take_back(council, untouched, everything=True)[1] == 19
    changed = untouched.replace(b"The opposition disagreed.", b"The opposition objected.")
    assert take_back(council, changed)[1] == 1


def test_what_a_tool_cut_or_tagged_is_put_together_again() -> None:
    data = (
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de" trgLang="en"><file id="f1">'
        b'<unit id="s1"><segment state="final"><source>Eins, <pc id="1">zwei</pc>.</source><target>One, <pc id="1">two</pc>.'
        b'</target></segment><ignorable><source> </source><target> </target></ignorable><segment state="reviewed">'
        b"<source>Drei.</source><target>Three.</target></segment></unit></file></xliff>"
    )
    assert xliff.read(data) == {"s1": xliff.Unit("Eins, zwei. Drei.", "One, two. Three.", reviewed=True)}


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "well-formed"), (b"no xml", "well-formed"), (b"<xliff", "well-formed"), (b"\xff\xfe<", "well-formed"),
        (b"<html/>", "another format"), (b'<xliff version="1.2"/>', "XLIFF 1.2"),
        (b'<xliff version="2.0" trgLang="fr"/>', "'fr'"), (BOMB + b"]><x>&a8;</x>", "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>', "document type"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>', "document type"),
        (b'<?xml version="1.0" encoding="nonsense"?><x/>', "well-formed"), (b"<a>" * 100_000, "well-formed"),
    ],
)  # fmt: skip
def test_no_file_reads_another_or_explodes(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        xliff.read(data)


def test_another_articles_review_is_refused(council: Document[Any]) -> None:
    other = render(written("figures"), "xliff").encode()
    with pytest.raises(InputError, match="another document"):
        take_back(council, other, everything=True)


# --- TMX, Word, ninjs, JSON-LD


def test_another_reader_gets_all_pairs_of_tmx(council: Document[Any]) -> None:
    store = tmxfile.parsestring(render(council, "tmx").encode(), sourcelanguage="de", targetlanguage="en")
    assert [(unit.source, unit.target) for unit in store.units] == pairs_of(council)
    assert "A number is gone." in store.units[2].getnotes()
    assert render(council, "tmx").count('<prop type="x-status">doubtful</prop>') == 2


def test_word_has_the_brief_the_pairs_and_the_doubts_as_comments(council: Document[Any]) -> None:
    word = docx.Document(BytesIO(render_file(council, "docx")))
    (table,) = word.tables
    assert [(row.cells[1].text, row.cells[2].text) for row in table.rows[1:]] == pairs_of(council)
    assert [row.cells[0].text for row in table.rows[1:]] == list(council.article.ids)
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "The council decided by 17 votes to 14" in text
    assert [comment.text for comment in word.comments] == [
        "warning: A number is gone. confidence 41%", "error: Who? confidence 41%",
    ]  # fmt: skip


NINJS = {
    "uri", "standard", "type", "representationtype", "version", "versioncreated", "contentcreated", "pubstatus", "language",
    "ednote", "headlines", "descriptions", "bodies", "by", "infosources", "altids", "people", "organisations", "places",
    "events", "subjects",
}  # fmt: skip
"""Of the properties of ninjs 2.1 those that we write; its schema allows no others."""
NINJS_PARTS = {
    "headlines": {"role", "value"}, "descriptions": {"role", "value"}, "altids": {"role", "value"},
    "bodies": {"role", "contenttype", "charcount", "wordcount", "value"}, "infosources": {"name"},
    "people": {"name", "literal"}, "organisations": {"name", "literal"}, "places": {"name", "literal"},
    "events": {"name", "literal"}, "subjects": {"name", "uri"},
}  # fmt: skip


def test_ninjs_has_the_documented_fields_and_all_that_the_brief_has(council: Document[Any]) -> None:
    item = json.loads(render(council, "ninjs"))
    assert set(item) <= NINJS
    for name, fields in NINJS_PARTS.items():
        assert all(set(part) <= fields and all(part.values()) for part in item.get(name, [])), name
    assert item["standard"]["version"] == "2.1"
    assert item["headlines"][0]["value"] == "Lindenau city council halts redesign of market square"
    assert item["subjects"][0]["uri"].endswith("/mediatopic/11000000")
    assert [part["name"] for part in item["places"]] == ["Lindenau"]
    assert [body["role"] for body in item["bodies"]] == ["translation", "original"]
    assert item["pubstatus"] == "usable"
    assert "Doubtful or missing sentences: s3, s6." in item["ednote"]
    demo = council.provenance.model_copy(update={"quality": "demo"})
    withheld = json.loads(render(council.model_copy(update={"provenance": demo}), "ninjs"))
    assert withheld["pubstatus"] == "withheld"
    assert "Do not forward" in withheld["ednote"]


def test_json_ld_has_article_original_quotations_and_events(council: Document[Any]) -> None:
    item = json.loads(render(council, "jsonld"))
    assert (item["@type"], item["inLanguage"]) == ("NewsArticle", "en")
    assert (item["translationOfWork"]["@type"], item["translationOfWork"]["inLanguage"]) == ("NewsArticle", "de")
    first = item["hasPart"][0]
    assert first["text"] == "bitter but democratic decision"
    assert first["translationOfWork"]["text"] == "bitteren, aber demokratischen Entscheidung"
    assert first["spokenByCharacter"]["name"] == "the mayor"
    assert first["subjectOf"] == [{"@type": "CreativeWork", "@id": item["translationOfWork"]["@id"] + "#s4"}]
    assert [event["@type"] for event in item["mentions"]] == ["Event"] * 3
    assert {part["@type"] for part in item["about"]} == {"Organization", "Place"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own parser uses it
def test_another_reader_finds_every_statement_of_json_ld_in_schema_orgs_words(council: Document[Any]) -> None:
    """rdflib reads it; schema.org's context is replaced by its gist, since it lies on a server."""
    item = json.loads(render(council, "jsonld")) | {"@context": {"@vocab": str(SDO), "url": {"@type": "@id"}}}
    graph = Graph().parse(data=json.dumps(item), format="json-ld")
    article, original = URIRef(item["@id"]), URIRef(item["translationOfWork"]["@id"])
    assert (article, SDO.translationOfWork, original) in graph
    assert str(graph.value(original, SDO.articleBody)) == item["translationOfWork"]["articleBody"]
    for kind, count in {
        "NewsArticle": 2,
        "Quotation": 2 * len(item["hasPart"]),
        "Event": len(item["mentions"]),
    }.items():
        assert len(set(graph.subjects(RDF.type, SDO[kind]))) == count
    sentences = {f"{original}#{id_}" for id_ in council.article.ids}
    rests_on = {str(one) for one in graph.objects(None, SDO.subjectOf)}
    assert rests_on
    assert rests_on <= sentences
    words = {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}
    assert [word for word in words if word not in SDO] == []  # type: ignore[attr-defined]
    takers = [graph.value(one, RDF.type) for one in graph.objects(None, SDO.attendee) if not isinstance(one, Literal)]
    assert set(takers) <= {SDO.Person, SDO.Organization}, "what schema.org expects there"


@pytest.mark.parametrize("format_", sorted({*FORMATS, "docx"} - {"json"}))
def test_no_text_breaks_a_file(format_: str) -> None:
    """JSON is left out: halves of characters cannot be encoded, and no reader lets them into an article."""
    document = flooded(*HOSTILE_PAGE)
    data = render_file(document, format_)
    count = len(document.article.sentences)
    if format_ == "xliff":
        assert len(Xliff2File.parsestring(data).units) == len(xliff.read(data)) == count
    if format_ == "tmx":
        assert len(tmxfile.parsestring(data).units) == count
    if format_ in {"ninjs", "jsonld"}:
        assert not re.search("[\x00-\x08\u202a-\u202e]", json.dumps(json.loads(data), ensure_ascii=False))
    if format_ == "docx":
        assert len(docx.Document(BytesIO(data)).tables[0].rows) == count + 1


# --- the commands


def test_an_ending_that_stands_for_no_format_is_refused(council: Document[Any], tmp_path: Path) -> None:
    source, exchanged = tmp_path / "a.json", tmp_path / "a.xlf"
    source.write_text(council.model_dump_json(), encoding="utf-8")
    assert brief("convert", str(source), "-o", str(exchanged)).returncode == 0
    for ending in (".pdf", ".csv", ".jsonl"):
        target = tmp_path / f"w{ending}"
        for arguments in (["convert", str(source)], ["import", str(exchanged), str(source)]):
            done = brief(*arguments, "-o", str(target))
            assert done.returncode == 2
            assert f"No format has the ending of {target}" in done.stderr
            assert not target.exists()
        assert brief("convert", str(source), "-f", "json", "-o", str(target)).returncode == 0
    assert brief("convert", str(source), "-o", str(tmp_path / "bare")).returncode == 0
    assert parse_document((tmp_path / "bare").read_bytes()) == council


def test_convert_and_import(council: Document[Any], tmp_path: Path) -> None:
    source, exchanged, result = tmp_path / "a.json", tmp_path / "a.xlf", tmp_path / "b.json"
    source.write_text(council.model_dump_json(), encoding="utf-8")
    assert brief("convert", str(source), "-o", str(exchanged)).returncode == 0
    assert brief("convert", str(source), "-o", str(tmp_path / "a.docx")).returncode == 0
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    exchanged.write_bytes(exchanged.read_bytes().replace(b"The opposition disagreed.", b"The opposition objected."))
    done = brief("import", str(exchanged), str(source), "-o", str(result))
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 of 19 sentences" in done.stderr
    taken = parse_document(result.read_bytes())
    assert taken.translation is not None
    assert taken.translation.text("s9") == "The opposition objected."
    assert "Reviewed by a person" in brief("convert", str(result), "-f", "html").stdout
    missing = brief("import", str(tmp_path / "no.xlf"), str(source))
    assert (missing.returncode, len(missing.stderr.splitlines())) == (2, 1)
    nonsense = brief("convert", str(exchanged))
    assert (nonsense.returncode, len(nonsense.stderr.splitlines())) == (2, 1)
