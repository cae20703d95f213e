"""The glossary check: are terms found in every form, is a wrong English noticed, a right one left alone?

Sentences are made here from inflection tables that were written by hand; nothing is taken from a corpus. With the name of a file
of human translations (JSON Lines with `src` and `refA`, or `source` and `reference`) the built-in glossary's false alarms are counted too.

    python -m benchmarks.terminology [TRANSLATIONS.jsonl ...]
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from summarizer.article import plain
from summarizer.checks import Pair
from summarizer.checks.terminology import check
from summarizer.terms.glossary import Glossary, Term, builtin
from summarizer.terms.matching import uses

# Term, gender, genitive, plural, dative plural, wanted English, its plural, another English.
TABLE = """
Bundesrat|m|Bundesrates,Bundesrats|Bundesräte|Bundesräten|federal council|federal councils|upper chamber
Ausschuss|m|Ausschusses|Ausschüsse|Ausschüssen|committee|committees|board
Verteidigungsminister|m|Verteidigungsministers|Verteidigungsminister|Verteidigungsministern|defence minister|defence ministers|war minister
Kanzlerin|f|Kanzlerin|Kanzlerinnen|Kanzlerinnen|chancellor|chancellors|premier
Behörde|f|Behörde|Behörden|Behörden|authority|authorities|office
Gefährder|m|Gefährders|Gefährder|Gefährdern|potential attacker|potential attackers|endangerer
Landkreis|m|Landkreises|Landkreise|Landkreisen|district|districts|county
Staatsanwalt|m|Staatsanwalts,Staatsanwaltes|Staatsanwälte|Staatsanwälten|public prosecutor|public prosecutors|state lawyer
Amt|n|Amtes,Amts|Ämter|Ämtern|agency|agencies|bureau
Gericht|n|Gerichts,Gerichtes|Gerichte|Gerichten|court|courts|dish
Haushalt|m|Haushalts,Haushaltes|Haushalte|Haushalten|budget|budgets|household
Vertrag|m|Vertrags,Vertrages|Verträge|Verträgen|treaty|treaties|contract
Verband|m|Verbands,Verbandes|Verbände|Verbänden|association|associations|bandage
Partei|f|Partei|Parteien|Parteien|party|parties|side
Fraktion|f|Fraktion|Fraktionen|Fraktionen|parliamentary group|parliamentary groups|fraction
Rückführung|f|Rückführung|Rückführungen|Rückführungen|return|returns|feedback
Kommissar|m|Kommissars|Kommissare|Kommissaren|commissioner|commissioners|inspector
Präsident|m|Präsidenten|Präsidenten|Präsidenten|president|presidents|chairman
Soldat|m|Soldaten|Soldaten|Soldaten|soldier|soldiers|warrior
Geflüchtete|f|Geflüchteten|Geflüchtete|Geflüchteten|refugee|refugees|fugitive
Gemeinde|f|Gemeinde|Gemeinden|Gemeinden|municipality|municipalities|parish
Abkommen|n|Abkommens|Abkommen|Abkommen|agreement|agreements|deal
Bündnis|n|Bündnisses|Bündnisse|Bündnissen|alliance|alliances|league
Gesetz|n|Gesetzes|Gesetze|Gesetzen|act|acts|statute
Kabinett|n|Kabinetts|Kabinette|Kabinetten|cabinet|cabinets|cupboard
Haus|n|Hauses|Häuser|Häusern|chamber|chambers|house
Sitzung|f|Sitzung|Sitzungen|Sitzungen|session|sessions|meeting
Regierung|f|Regierung|Regierungen|Regierungen|government|governments|rule
Verfassung|f|Verfassung|Verfassungen|Verfassungen|constitution|constitutions|condition
Land|n|Landes,Lands|Länder|Ländern|state|states|land
"""
HELD_OUT = """
Abgeordneter|m|Abgeordneten|Abgeordnete|Abgeordneten|lawmaker|lawmakers|deputy
Stadtwerk|n|Stadtwerks,Stadtwerkes|Stadtwerke|Stadtwerken|municipal utility|municipal utilities|city work
Gewerkschaft|f|Gewerkschaft|Gewerkschaften|Gewerkschaften|trade union|trade unions|guild
Kreistag|m|Kreistags,Kreistages|Kreistage|Kreistagen|district council|district councils|county day
Zuschuss|m|Zuschusses|Zuschüsse|Zuschüssen|subsidy|subsidies|grant
Bürgerentscheid|m|Bürgerentscheids,Bürgerentscheides|Bürgerentscheide|Bürgerentscheiden|local referendum|local referendums|decision
Anwalt|m|Anwalts,Anwaltes|Anwälte|Anwälten|lawyer|lawyers|advocate
Beauftragte|f|Beauftragten|Beauftragte|Beauftragten|commissioner|commissioners|representative
Rettungsdienst|m|Rettungsdienstes,Rettungsdiensts|Rettungsdienste|Rettungsdiensten|ambulance service|ambulance services|rescue
Grenzschutz|m|Grenzschutzes|Grenzschütze|Grenzschützen|border guard|border guards|frontier
Wahlkreis|m|Wahlkreises|Wahlkreise|Wahlkreisen|constituency|constituencies|election circle
Bistum|n|Bistums|Bistümer|Bistümern|diocese|dioceses|bishopric
Botschafter|m|Botschafters|Botschafter|Botschaftern|ambassador|ambassadors|messenger
Hochschule|f|Hochschule|Hochschulen|Hochschulen|university|universities|high school
Verordnung|f|Verordnung|Verordnungen|Verordnungen|regulation|regulations|prescription
Senat|m|Senats,Senates|Senate|Senaten|senate|senates|city council
Fonds|m|Fonds|Fonds|Fonds|fund|funds|backdrop
Flughafen|m|Flughafens|Flughäfen|Flughäfen|airport|airports|airfield
Bundestrainerin|f|Bundestrainerin|Bundestrainerinnen|Bundestrainerinnen|national coach|national coaches|trainer
Kraftwerk|n|Kraftwerks,Kraftwerkes|Kraftwerke|Kraftwerken|power plant|power plants|force work
"""
"""As TABLE, of words that the rules were not written with."""

SINGULAR = {
    "m": (("Der {} hat am Montag entschieden.", "nominative"), ("Er sprach mit dem {} darüber.", "nominative"), ("Die Rolle des {} ist umstritten.", "genitive")),
    "f": (("Die {} hat am Montag entschieden.", "nominative"), ("Er sprach mit der {} darüber.", "genitive"), ("Die Rolle der {} ist umstritten.", "genitive")),
    "n": (("Das {} hat am Montag entschieden.", "nominative"), ("Er sprach mit dem {} darüber.", "nominative"), ("Die Rolle des {} ist umstritten.", "genitive")),
}  # fmt: skip
PLURAL = (("Die {} haben am Montag entschieden.", "plural"), ("Er sprach mit den {} darüber.", "dative plural"))
COMPOUNDS = """
Bundesrat: Bundesratssitzung Bundesratspräsident Bundesratsbeschluss
Ausschuss: Ausschussvorsitzende Untersuchungsausschuss Innenausschusses
Verteidigungsminister: Vizeverteidigungsminister Verteidigungsministertreffen
Kanzlerin: Kanzlerinnenamt Vizekanzlerin Altkanzlerin
Behörde: Sicherheitsbehörden Behördenleiter Aufsichtsbehörde
Gefährder: Gefährderansprache Gefährderdatei
Landkreis: Nachbarlandkreis Landkreistag
Staatsanwalt: Oberstaatsanwalt Generalstaatsanwalt
Gericht: Gerichtsverfahren Landgericht Gerichtspräsidentin
Haushalt: Haushaltsdebatte Nachtragshaushalt Haushaltsloch
Vertrag: Vertragsentwurf Koalitionsvertrag Staatsverträge
Verband: Verbandspräsident Dachverband Wirtschaftsverbände
Partei: Parteitag Regierungspartei Parteivorsitz Oppositionsparteien
Fraktion: Fraktionschef Bundestagsfraktion
Rückführung: Rückführungsabkommen Rückführungsflug
Kommissar: Menschenrechtskommissar Kommissarsposten
Präsident: Vizepräsidenten Präsidentenwahl
Soldat: Soldatenfriedhof Berufssoldat Zeitsoldaten
Gemeinde: Gemeinderat Nachbargemeinde Gemeindefinanzen
Abkommen: Handelsabkommen Abkommensentwurf
Bündnis: Militärbündnis Bündnispartner Bündnisfall
Gesetz: Gesetzentwurf Gesetzesvorhaben Klimaschutzgesetz
Kabinett: Kabinettssitzung Schattenkabinett
Sitzung: Sitzungssaal Sondersitzung
Regierung: Regierungssprecher Landesregierung
Verfassung: Verfassungsgericht Verfassungsänderung
"""
OTHERS = """
Die Inflationsrate und die Raten stiegen.
Er riet ihr, das Rad zu nehmen.
Die Ratten liefen über den Amboss.
Das Samtkleid war teuer.
Der Parteienverkehr ruht, sagte niemand.
Er vertrug das Essen nicht und vertrat die Meinung.
Sie verband die Wunde mit einem Tuch.
Der Haushund bellte im Hausschuh.
Das Landen war schwierig, die Landung glückte.
Er behauptet, der Aushang sei alt.
Die Kommode steht in der Kammer.
Ein Kabel lag auf dem Kabinentisch.
Die Verfasserin las vor.
Sie regierte lange und sitzt nun still.
Die Gemeinheit war groß, sie meinte es nicht.
Die Richtung war falsch, die Einrichtung alt.
Der Soldempfänger bekam Sold.
Der Bund der Rosen verblühte.
Das Präsent lag auf dem Tisch.
Die Gefahr war gering, das Gefährt stand still.
"""


class Case(NamedTuple):
    """A sentence with a term in some form, and its English, right and wrong."""

    term: str
    german: str
    right: str
    wrong: str


def rows(table: str = TABLE) -> Iterator[list[str]]:
    """Yield the rows of an inflection table."""
    for line in table.strip().splitlines():
        yield line.split("|")


def glossary(*, forbid: bool, tables: str = TABLE) -> Glossary:
    """Return a table as a glossary; with `forbid`, the other English is forbidden."""
    return Glossary(tuple(Term(row[0], (row[5],), (row[7],) if forbid else ()) for row in rows(tables)))


def inflected(table: str = TABLE) -> Iterator[Case]:
    """Yield sentences with every form of a table."""
    for term, gender, genitives, plural, dative, one, many, other in rows(table):
        forms = {"nominative": [term], "genitive": genitives.split(","), "plural": [plural], "dative plural": [dative]}
        for frames, english in ((SINGULAR[gender], one), (PLURAL, many)):
            for frame, case in frames:
                for form in forms[case]:
                    wrong = other + "s" * (english == many)
                    yield Case(term, frame.format(form), f"The {english} was mentioned.", f"The {wrong} was mentioned.")


def compounded() -> Iterator[Case]:
    """Yield sentences with compounds."""
    english = {row[0]: (row[5], row[7]) for row in rows()}
    for line in COMPOUNDS.strip().splitlines():
        term, _, words = line.partition(":")
        right, wrong = english[term]
        for word in words.split():
            yield Case(
                term,
                f"Über {word} wurde am Montag gesprochen.",
                f"They spoke about the {right} matter.",
                f"They spoke about the {wrong} matter.",
            )


def report(name: str, cases: list[Case]) -> None:
    """Print what was found among all terms, and what the check of this one term said."""
    everything = glossary(forbid=False, tables=TABLE.rstrip() + HELD_OUT)
    loose, strict = (
        {term.source: Glossary((term,)) for term in glossary(forbid=forbid, tables=TABLE.rstrip() + HELD_OUT).terms}
        for forbid in (False, True)
    )
    found = sum(any(use.term.source == case.term for use in uses(case.german, everything)) for case in cases)
    print(f"{name}: {len(cases)} sentences")
    print(f"  term found                         {found / len(cases):.1%}")
    for label, terms, target in (
        ("wrong English noticed, not forbidden", loose, "wrong"),
        ("wrong English noticed, forbidden    ", strict, "wrong"),
        ("right English objected to           ", strict, "right"),
    ):
        noticed = sum(any(objections(case.german, getattr(case, target), terms[case.term])) for case in cases)
        print(f"  {label} {noticed / len(cases):.1%}")


def objections(german: str, english: str, terms: Glossary) -> list[str]:
    """Return the codes of what the check finds."""
    pair = Pair(id="s1", source=german, target=english, terms=uses(german, terms))
    return [finding.code for finding in check(pair)]


def beside_simplemma(cases: list[Case]) -> None:
    """Print how often simplemma gives the term as lemma of a word in the sentence, if it is installed."""
    try:
        from simplemma import lemmatize  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        print("simplemma is not installed: no comparison.")
        return
    lemma: Callable[[str, str], str] = lemmatize
    found = sum(case.term in {lemma(word.strip(".,"), "de") for word in case.german.split()} for case in cases)
    print(f"  simplemma finds the term in         {found / len(cases):.1%} of the same sentences")


def on_human_translations(path: Path) -> None:
    """Print how often human translators do without every English of the built-in glossary."""
    pairs, hits, without = 0, 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        german = plain(row.get("source") or row.get("src") or "")
        english = row.get("reference") or row.get("refA") or ""
        pairs += 1
        found = {use.term.source for use in uses(german, builtin())}
        hits += len(found)
        without += len(objections(german, english, builtin()))
    print(
        f"built-in glossary on {path.name}: {pairs} sentences, {hits} terms, {without} without the English in the human translation"
    )


def main() -> None:
    """Print all figures."""
    start = time.perf_counter()
    words, parts = list(inflected()), list(compounded())
    unseen = list(inflected(HELD_OUT))
    report("inflected forms", words)
    beside_simplemma(words)
    report("inflected forms of words held out", unseen)
    beside_simplemma(unseen)
    report("compounds", parts)
    beside_simplemma(parts)
    others = OTHERS.strip().splitlines()
    false = [(line, use.term.source) for line in others for use in uses(line, glossary(forbid=False))]
    print(f"other words that look alike: {len(others)} sentences, {len(false)} taken for a term {false or ''}")
    print(f"built-in glossary: {len(builtin().terms)} terms; all in {time.perf_counter() - start:.1f} s")
    for name in sys.argv[1:]:
        on_human_translations(Path(name))


if __name__ == "__main__":
    main()
