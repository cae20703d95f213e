"""Attribution: what the German reports from somebody, the English must not state as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..findings import Finding, Severity, Span
from ..lexicon.marks import quotes
from ..lexicon.speakers import sentence_start, speaker_behind, subject_of, trimmed
from ..lexicon.speech import REPORTING, SEPARABLE
from ..lexicon.tokens import span, tokenise
from . import Pair

Kind = Literal["source", "said", "hearsay", "doubt", "subjunctive"]


@dataclass(frozen=True, slots=True)
class Reported:
    """How a German sentence says that somebody else answers for what it says.

    Attributes:
        kind: The strongest sign: `source` (laut, zufolge, nach Angaben), `said` (a verb of saying), `hearsay`
            (soll … haben), `doubt` (angeblich, mutmaßlich), `subjunctive` (Konjunktiv I alone).
        cues: The words that mark it.
        source: Who answers for it, as printed; None if the sentence does not say.
        source_span: Where `source` stands.
    """

    kind: Kind
    cues: tuple[Span, ...]
    source: str | None = None
    source_span: Span | None = None


_SUBJUNCTIVE = re.compile(
    r"\b(?:sei|seien|habe|werde|könne|müsse|wolle|solle|dürfe|wisse|gebe|komme|gehe|stehe|liege|bleibe|lasse|sehe|"
    r"nehme|mache|bringe|"
    r"finde|halte|trage|spreche|gelte|fehle|brauche|bestehe|handle|handele|führe|zeige|bedeute|erwarte|gehöre|"
    r"laufe|arbeite|benötige|"
    r"bekomme|erhalte|leide|lebe|sterbe|sitze|ziehe|treffe|entspreche|ermögliche|verfüge|drohe|diene|beginne|ende|"
    r"steige|sinke|verliere|"
    r"gewinne|stimme|fühle|glaube|hoffe|rechne|plane|wünsche|fordere|unterstütze|kenne|denke|verlange|ergebe|"
    r"reiche|helfe|schaffe|sterbe|"
    r"tue|vertrete|verstehe|versuche|warte|wachse|wirke|übernehme|unterscheide|verstoße|befinde|betrage|existiere|"
    r"funktioniere|passe)\b"
)
_NO_SUBJUNCTIVE = re.compile(
    r"\b[Ii]ch\b|\b[Ee]s sei denn\b|\bsei es\b|\bwie dem auch sei\b|\b(?:Komme|Gehe|Gebe|Sei|Habe)\b(?=[^.]*!)|"
    r"\bals\s+(?:ob\s|wenn\s|\w+e\b)"
)
_SOURCE_BEFORE = re.compile(
    r"\b(?:[Ll]aut(?=\s+(?:[A-ZÄÖÜ„»\"]|dpa|d(?:er|en|em|es|ie)\b|ein|dies|sein|ihr|eigene|Medien))|"
    r"[Nn]ach\s+(?:[A-ZÄÖÜ]\w+s\s+)?(?:(?:eigenen|ersten|offiziellen|jüngsten|bisherigen|ihren|seinen|neuesten|"
    r"übereinstimmenden|"
    r"vorläufigen|unbestätigten|dessen|deren)\s+)*(?:Angaben?|Ansicht|Auffassung|Einschätzung(?:en)?|"
    r"Informationen?|Berichten?|Aussagen?|"
    r"Meinung|Darstellung(?:en)?|Worten|Erkenntnissen|Schätzungen?|Überzeugung|Auskunft|Bekunden|Medienberichten|"
    r"Medienangaben|Polizeiangaben|"
    r"Behördenangaben|Armeeangaben|Firmenangaben|Agenturberichten|\w+angaben))\b(?:\s+von(?=\s))?"
)
_SOURCE_BEHIND = re.compile(
    r"\bzufolge\b|\bnach(?=\s+(?:ist|sei|hat|habe|sind|war|waren|wird|wurde|wurden|soll|sollen)\b)"
)
_THEREBY = re.compile(
    r"\b(?:wonach|[Dd]em Vernehmen nach)\b|(?<=[,“”\"«»] )(?:heißt|hieß) es\b|"
    r"\b(?:heißt|hieß) es(?=[^.;\d]*(?:[,:]|\b(?:aus|bei|beim|im|in|vom|von)\b))"
)
_SO = re.compile(r"(?:,|[“\"«])\s*(so)\s+(?=(?:der|die|das|den|ein|eine|er|sie|[A-ZÄÖÜ]\w+)\b)")
_HOW = re.compile(
    r"\b[Ww]ie\b[^,.;]{2,100}\b(?:mitteilte|mitteilten|berichtete|berichteten|berichtet|sagte|erklärte|erklärten|"
    r"meldete|meldeten|meldet|"
    r"bestätigte|schreibt|schrieb|betonte|bekanntgab|ergab|mitteilt|heißt|hieß|verlautete|zeigt)\b"
)
_DOUBT = re.compile(r"\b(?:[Aa]ngeblich|[Mm]utmaßlich|[Vv]ermeintlich)\w*")
_HEARSAY = re.compile(
    r"\b(soll|sollen)\b[^.;:!?]*?\b(?:\w+(?:t|en)\s+(?:haben|sein|worden sein)|gewesen sein|gehabt haben|"
    r"gegeben haben)\b"
)
_STATE = re.compile(r"(?<!worden)(?<!gewesen) sein$")
_PLANNED = re.compile(r"\b(?:[Bb]is|[Aa]b|[Ss]pätestens)\s+(?:\d|im\b|zum\b|zur\b|[A-ZÄÖÜ])")
"""Beside `soll … saniert sein`, what makes it a plan: bis 2027, ab Herbst."""
_OWN_CLAUSE = r"(?:[^,;:.!?]|(?<=\d)\.){0,200}"
_VERB_CLAUSE = rf"{_OWN_CLAUSE}(?:,\s(?:[a-zäöü]+\s)?d(?:er|ie|as|en|em|eren|essen|enen)\b{_OWN_CLAUSE},{_OWN_CLAUSE})?"
"""From a verb to the end of its clause, which a relative clause may interrupt."""
_GOVERNED = re.compile(
    rf"{_VERB_CLAUSE},\s(?!(?:aber|als|bevor|denn|indem|nachdem|obwohl|seit|sodass|sondern|um|und|während|weil|wenn|wobei|wodurch|womit)\b)"
    r"|[^.!?„“”«»\":–]{0,400}[„“”«»\":–]"
)
"""From a verb of saying to the clause or the quotation that it governs."""


def reported(text: str, *, clauses_only: bool = False) -> Reported | None:
    """Return how a German sentence marks that it reports, or None if it speaks for itself.

    Quotation marks alone do not make a report; words inside them are not looked at. With `clauses_only` a verb of saying
    that has nothing but an object does not make one either: `bestätigte die Verurteilung`.
    """
    bare = _without_quotations(text)
    cues: list[tuple[Kind, Span, Span | None]] = []
    cues.extend(
        ("source", span(text, *match.span()), speaker_behind(text, match.end()))
        for match in _SOURCE_BEFORE.finditer(bare)
    )
    for match in _SOURCE_BEHIND.finditer(bare):
        head = max(bare.rfind(mark, 0, match.start()) for mark in ",.;:–") + 1
        cues.append(("source", span(text, *match.span()), trimmed(text, head, text[head : match.start()])))
    cues.extend(("source", span(text, *match.span()), None) for match in _THEREBY.finditer(bare))
    cues.extend(("said", span(text, *match.span(1)), speaker_behind(text, match.end())) for match in _SO.finditer(bare))
    for match in _HOW.finditer(bare):
        words = tokenise(match.group())[1:-1]
        start = match.start() + words[0].start if words else match.start()
        named = trimmed(text, start, text[start : match.start() + words[-1].end]) if words else None
        cues.append(("said", span(text, *match.span()), named))
    cues.extend(cue for cue in _said(text, bare) if not clauses_only or _governs(text, cue[1]))
    cues.extend(
        ("hearsay", span(text, *match.span(1)), None)
        for match in _HEARSAY.finditer(bare)
        if not (_STATE.search(match.group()) and _PLANNED.search(bare))
    )
    cues.extend(("doubt", span(text, *match.span()), None) for match in _DOUBT.finditer(bare))
    if not _NO_SUBJUNCTIVE.search(bare):
        cues.extend(("subjunctive", span(text, *match.span()), None) for match in _SUBJUNCTIVE.finditer(bare))
    if not cues:
        return None
    order: tuple[Kind, ...] = ("source", "said", "hearsay", "doubt", "subjunctive")
    kind = min((cue[0] for cue in cues), key=order.index)
    named_by = next((source for _, _, source in cues if source is not None), None)
    return Reported(
        kind=kind,
        cues=tuple(cue for _, cue, _ in cues),
        source=named_by.text if named_by else None,
        source_span=named_by,
    )


def _said(text: str, bare: str) -> Iterator[tuple[Kind, Span, Span | None]]:
    """Yield the verbs of saying that govern a clause: `sagte der Sprecher`, `…, teilte die Polizei mit`."""
    for token in tokenise(bare):
        particle = SEPARABLE.get(token.text)
        if particle and not re.match(
            rf"{_VERB_CLAUSE}\b(?:{particle})\b(?=\s*(?:[,.;:–]|$|und\b|dass\b))", bare[token.end :]
        ):
            continue
        if token.text not in REPORTING and not particle:
            continue
        head = sentence_start(bare, token.start)
        comma = bare.rfind(",", head, token.start)
        if comma >= 0 and bare[comma + 1 : token.start].strip() == "":
            speaker = speaker_behind(text, token.end)
        else:
            tokens = tokenise(bare[head : token.end])
            verb = tokens[-1]
            speaker = subject_of(text, head, verb, tokens)
        yield "said", token.span, speaker


def _governs(text: str, verb: Span) -> bool:
    """Say whether a verb of saying has a clause or a quotation before or behind it."""
    before = text[: verb.start].rstrip()
    return before.endswith(tuple(",“”«»\"'’–")) or bool(_GOVERNED.match(text, verb.end))


def _without_quotations(text: str) -> str:
    """Return `text` with the quoted words blanked out, offsets kept."""
    letters = list(text)
    for quote in quotes(text):
        if quote.inner_end - quote.inner_start > 25:
            letters[quote.inner_start : quote.inner_end] = " " * (quote.inner_end - quote.inner_start)
    return "".join(letters)


_DEVICE = re.compile(
    r"(?i)\b(?:say|says|said|saying|tells?|told|telling|accord\w*|reports?|reported\w*|reporting|alleg\w*|claim\w*|"
    r"stat(?:e|es|ed|ing|ement|ements)|announc\w*|expla\w*|add(?:s|ed|ing)|not(?:es|ed|ing)|stress\w*|warn\w*|"
    r"argu\w*|suspect\w*|"
    r"suppos\w*|apparent\w*|presum\w*|believ\w*|th(?:ink|inks|ought|inking)|quot\w*|cit(?:e|es|ed|ing)|confirm\w*|"
    r"den(?:y|ies|ied|ying)|declar\w*|assert\w*|insist\w*|emphasi\w*|describ\w*|called|calling|wr(?:ite|ites|ote|"
    r"itten|iting)|"
    r"tweet\w*|posted|complain\w*|criti\w*|demand\w*|urg(?:e|es|ed|ing)|point(?:s|ed|ing)?\s+(?:out|to)|mention\w*|"
    r"reveal\w*|inform\w*|"
    r"respon(?:d|ds|ded|se)|repl(?:y|ies|ied|ying)|acknowledg\w*|admit\w*|maintain(?:s|ed)|rumou?r\w*|accus\w*|"
    r"estimat\w*|"
    r"fear\w*|conclu\w*|suggest\w*|indicat\w*|purport\w*|ostensib\w*|evident\w*|view\w*|opinion\w*|judg\w*|"
    r"consider\w*|remind\w*|assum\w*|ask\w*|predict\w*|forecast\w*|testif\w*|recall\w*|comment\w*|remark\w*|"
    r"observ\w*|assess\w*|"
    r"assur\w*|reassur\w*|promis\w*|pledg\w*|vow\w*|appeal\w*|understood|hear[ds]?|account\w*|words|voice[ds]?|"
    r"express\w*|spoke\w*|"
    r"figures|data|reckon\w*|recommend\w*|propos\w*|plead\w*|boast\w*|joke[ds]?|shout\w*|cried|exclaim\w*|recount\w*|"
    r"grant(?:s|ed)|conced\w*|contend\w*|reiterat\w*|affirm\w*|disclos\w*|allud\w*|refer(?:s|red|ring)|"
    r"highlight\w*|underlin\w*|"
    r"underscor\w*|clarif\w*|worr(?:y|ies|ied)|notic(?:e[sd]?|ing)|detect\w*|speak(?:s|ing)?|read(?:s|ing)?|sources?|tip|per|reject\w*|lament\w*|finds?|found|shows?|showed|rul(?:e|es|ed|ing)|learn(?:s|"
    r"ed|t)|made clear|"
    r"makes clear|disput\w*|contradict\w*|guarantee[sd]?|agree[sd]?|regret\w*|hop(?:es|ed)|requires?|"
    r"continued|outlin\w*|tipped|upheld|on\s+trial|charged|indict\w*|seems?|seemed|communicat\w*|releas\w*|publish\w*|let\s+\w+\s+know|detail(?:s|ed))\b"
)
"""What in English tells that somebody speaks, thinks or writes: without any of it a sentence is a plain statement."""
_DISTANCE = re.compile(
    r"(?i)\b(?:would|could|should|might|may|must|if|whether|likely|possibl[ey]|probabl[ey]|perhaps|seem\w*|clear|"
    r"hope|expect\w*|plan\w*|intend\w*|"
    r"want\w*|wish\w*|threat\w*|question\w*|so-called|talk\w*|idea|promise|due to|is to|are to|was to|were to|had|"
    r"have to|has to|need\w*)\b"
)
"""What keeps at least some distance; enough for a subjunctive or for hearsay."""
_DOUBTING = re.compile(
    r"(?i)\b(?:alleg\w*|suspect\w*|suppos\w*|presum\w*|report\w*|claim\w*|accus\w*|apparent\w*|purport\w*|"
    r"so-called|ostensib\w*|believed|thought|"
    r"likely|probabl\w*|possib\w*|putative|self-styled|perceived|seeming\w*|said to|says?|said|according|assum\w*|"
    r"rumou?r\w*|might|may|would-be|"
    r"reputed\w*|potential\w*|imagin\w*|charg\w*)\b|[“”\"]|['‘’]\w"
)
_STRONG_ENGLISH = re.compile(
    r"(?i)\b(?:reportedly|allegedly|supposedly|purportedly|according to|is said to|are said to|alleged)\b"
)
_MESSAGE: dict[Kind, str] = {
    "source": "The German names a source; the English states it as a fact.",
    "said": "The German reports what somebody says; the English states it as a fact.",
    "hearsay": "The German reports hearsay (soll); the English states it as a fact.",
    "doubt": "The German says that this is alleged or suspected; the English does not.",
    "subjunctive": "The German is in reported speech (Konjunktiv); the English states it as a fact.",
}


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `attribution.lost` or `attribution.added`."""
    if not tokenise(pair.target):
        return
    report = reported(pair.source)
    if report is None:
        match = _STRONG_ENGLISH.search(pair.target)
        if match and not _LOOSE_GERMAN.search(pair.source):
            message = "The English names a source or a doubt; the German does not."
            yield pair.finding("attribution.added", "warning", message, (), (span(pair.target, *match.span()),))
        return
    doubt = next((cue for cue in report.cues if _DOUBT.fullmatch(cue.text)), None)
    if doubt and not _DOUBTING.search(pair.target):
        yield pair.finding("attribution.lost", "error", _MESSAGE["doubt"], (doubt,), ())
    elif (
        not _DEVICE.search(pair.target)
        and not (report.kind in ("subjunctive", "hearsay") and _DISTANCE.search(pair.target))
        and (quotes(pair.source) or not quotes(pair.target))
    ):
        sure = reported(pair.source, clauses_only=True)
        severity: Severity = "info" if sure is None or sure.kind == "subjunctive" else "error"
        yield pair.finding("attribution.lost", severity, _MESSAGE[report.kind], report.cues, ())


_LOOSE_GERMAN = re.compile(
    r"(?i)\b(?:soll\w*|nach|aus|offenbar|wohl|vermut\w*|anschein\w*|\w*berichte?\w*|angab\w*|sag\w*|\w*erkl\w*|"
    r"\w*bericht\w*|gemäß|entsprechend\w*|"
    r"je nach|demnach|danach|hiernach|dürfte\w*|scheinbar|zeig\w*|heiß\w*|mein\w*|teil\w*|verdächt\w*|vorwurf|vorwürf\w*|vorgeworf\w*|"
    r"\w*gemäß|zumindest|behaupt\w*|möglich\w*|entlang|\w*beobacht\w*|werte[nt]?|bewerte\w*)\b"
)
