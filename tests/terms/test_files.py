"""Glossaries and memories as files: tables, TBX, TMX; what is broken is said in a sentence."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from summarizer.errors import InputError, SetupError
from summarizer.terms.glossary import NO_TERMS, Glossary, Term, builtin, glossary, load
from summarizer.terms.memory import Memory
from summarizer.terms.memory import load as load_memory

TBX = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX"><text><body>
<termEntry id="1"><note>Seit 1949</note>
<langSet xml:lang="de-DE"><tig><term>Bundesrat</term></tig></langSet>
<langSet xml:lang="en"><tig><term>Bundesrat</term></tig><tig><term>Upper House</term></tig>
<tig><term>Federal Council</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="de"><tig><term>nur deutsch</term></tig></langSet></termEntry>
</body></text></martif>"""
TBX3 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry><langSec xml:lang="de"><termSec><term>Amt</term></termSec>
</langSec><langSec xml:lang="en-GB"><termSec><term>office</term></termSec></langSec></conceptEntry></body></text></tbx>"""
TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="de"/><body>
<tu><tuv xml:lang="de-DE"><seg>Der Rat <bpt i="1">&lt;b&gt;</bpt>tagt<ept i="1">&lt;/b&gt;</ept>  heute.</seg></tuv><tuv xml:lang="EN-us"><seg>The council meets today.</seg></tuv></tu>
<tu><tuv lang="de"><seg>Nein.</seg></tuv><tuv lang="fr"><seg>Non.</seg></tuv></tu></body></tmx>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>'


def file(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "source,target,forbidden,note\nBundesrat,Bundesrat|Upper House,Federal Council,Seit 1949\n",
        "Bundesrat;Bundesrat|Upper House;Federal Council;Seit 1949\n",
        "# eine Bemerkung\n\nnote\tEnglish\tGerman\tavoid\nSeit 1949\tBundesrat | Upper House\tBundesrat\tFederal Council\n",
        '"Bundesrat","Bundesrat|Upper House","Federal Council","Seit 1949"\r\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_tables(text: str, encoding: str, tmp_path: Path) -> None:
    assert load(file(tmp_path, "a.csv", text, encoding)).terms == (
        Term("Bundesrat", ("Bundesrat", "Upper House"), ("Federal Council",), "Seit 1949"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("# nur\n", "empty"), ("source,target\nAmt\n", "line 2"), (",office\n", "line 1"), ("12,twelve", "line 1")],
)  # fmt: skip
def test_tables_that_lack_something(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        load(file(tmp_path, "a.csv", text))


def test_tbx(tmp_path: Path) -> None:
    assert load(file(tmp_path, "a.tbx", TBX)).terms == (
        Term("Bundesrat", ("Bundesrat", "Upper House"), ("Federal Council",), "Seit 1949"),
    )
    assert load(file(tmp_path, "b.tbx", TBX3)).terms == (Term("Amt", ("office",)),)


def test_tmx(tmp_path: Path) -> None:
    memory = load_memory(file(tmp_path, "a.tmx", TMX))
    assert memory.sentences == {"Der Rat tagt heute.": "The council meets today."}
    assert memory.exact("Der Rat\ntagt heute. ") == "The council meets today."
    assert memory.exact("Der Rat tagt nicht heute.") is None


def test_near_sentences() -> None:
    memory = Memory(
        {"Der Rat tagt am Montag im Rathaus.": "A", "Der Rat tagt am Dienstag im Rathaus.": "B", "Nein.": "C"}
    )
    assert memory.near("Der Rat tagt am Montag im Rathaus.") == [("Der Rat tagt am Dienstag im Rathaus.", "B")]
    assert memory.near("Die Sonne scheint heute über der ganzen Stadt.") == []
    assert Memory().near("Nein.") == []


@pytest.mark.parametrize("text", ["", "<tbx>", "kein XML", BOMB, "<tbx/>"])
def test_what_is_broken_is_said(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.tbx"):
        load(file(tmp_path, "a.tbx", text))
    with pytest.raises(InputError, match=r"a\.tmx"):
        load_memory(file(tmp_path, "a.tmx", text))


def test_missing_files_and_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "fehlt.csv")
    with pytest.raises(InputError, match="cannot be read"):
        load_memory(tmp_path / "fehlt.tmx")
    monkeypatch.setitem(__import__("sys").modules, "defusedxml.ElementTree", None)
    with pytest.raises(SetupError, match="terms"):
        load_memory(file(tmp_path, "a.tmx", TMX))


def test_the_users_term_replaces_the_built_in_one(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", "Bundesrat,chamber of the states\nGefährder,potential attacker\n")
    merged = glossary(path)
    assert [term.targets for term in merged.terms if term.source == "Bundesrat"] == [("chamber of the states",)]
    assert len(merged.terms) == len(builtin().terms) + 1
    assert len(glossary(path, with_builtin=False).terms) == 2
    assert glossary(None, with_builtin=False) is NO_TERMS


def test_the_hash_follows_the_content() -> None:
    one, same, other = (Glossary((Term("Amt", (english,)),)) for english in ("office", "office", "bureau"))
    assert one.sha256 == same.sha256 != other.sha256


def test_the_built_in_glossary_says_where_each_term_is_from_and_the_page_counts_right() -> None:
    text = files("summarizer.terms").joinpath("institutions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";"))
    assert all(row["reference"].startswith("https://") for row in rows)
    secondary, unseen = (sum(row["seen"] == word for row in rows) for word in ("secondary", ""))
    page = (Path(__file__).parents[2] / "docs" / "terms.md").read_text(encoding="utf-8")
    for words in (
        f"[{len(rows)} institutions", f"of {len(rows) - secondary - unseen} rows the first", f"of {secondary} in an encyclopaedia",
        f"{unseen} were not confirmed",
    ):  # fmt: skip
        assert words in page
