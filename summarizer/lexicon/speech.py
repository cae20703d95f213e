"""German words that report speech: verbs of saying, prepositions, and how a speaker is named beside them."""

from __future__ import annotations

import re

from .tokens import word_set

SAYING = word_set(
    "sagte sagt sagten sagen gesagt erklärte erklärt erklärten erklären betonte betont betonten meinte meint "
    "meinten meinen äußerte äußert äußerten geäußert kritisierte kritisiert kritisierten warnte warnt warnten "
    "forderte fordert forderten gefordert kündigte kündigt kündigten angekündigt berichtete berichtet berichteten "
    "berichten bestätigte bestätigt bestätigten behauptete behauptet behaupteten behaupten bezeichnete bezeichnet "
    "bezeichneten nannte nennt nannten genannt schrieb schreibt schrieben geschrieben schreiben teilte teilt "
    "teilten mitgeteilt fügte fügt fügten hinzugefügt ergänzte ergänzt ergänzten heißt hieß lautet lautete "
    "lauteten zitiert zitierte zitierten antwortete antwortet antworteten räumte räumt räumten eingeräumt wies "
    "weist wiesen zurückgewiesen dementierte dementiert dementierten bestritt bestreitet bestritten versicherte "
    "versichert versicherten unterstrich unterstreicht unterstrichen hob hoben hervorgehoben verwies verweist "
    "verwiesen führte führt führten ausgeführt gab gibt gaben angegeben stellte stellt stellten klargestellt "
    "lobte lobt lobten beklagte beklagt beklagten begründete begründet begründeten urteilte urteilt vermutete "
    "vermutet vermuteten glaubt glaubte glauben hofft hoffte hoffen beschuldigte beschuldigt beschuldigten warf "
    "wirft warfen vorgeworfen versprach verspricht versprachen drohte droht drohten rief ruft riefen appellierte "
    "appelliert appellierten kommentierte kommentiert kommentierten meldete meldet meldeten gemeldet mahnte mahnt "
    "mahnten plädierte plädiert sprach spricht sprachen erinnerte erinnert erzählte erzählt erzählten gestand "
    "gesteht verkündete verkündet verkündeten verlangte verlangt verlangten wünschte argumentierte argumentiert "
    "argumentierten bekräftigte bekräftigt bekräftigten prognostizierte prognostiziert skandierten skandierte "
    "bedauerte bedauert zeigte zeigt zeigten würdigte würdigt schilderte schildert stufte bewertete bewertet "
    "konstatierte resümierte befürchtet befürchtete rechnet rechnete schätzt schätzte schätzen geht ging gingen "
    "hält hielt sieht sah"
)
"""Forms of verbs that can open or close a report, some of them only beside a quotation or a clause."""

REPORTING = word_set(
    "sagte sagt sagten sagen erklären berichten betonen warnen fürchten befürchten vermuten erklärte erklärten "
    "betonte betont betonten meinte meint meinten äußerte äußerten kritisierte kritisierten warnte warnt warnten "
    "kündigte kündigten berichtete berichtet berichteten bestätigte bestätigten behauptete behauptet behaupteten "
    "behaupten schrieb schreibt schrieben ergänzte ergänzten antwortete antworteten dementierte dementierten "
    "bestritt bestreitet bestritten versicherte versicherten unterstrich verwies beklagte beklagten vermutete "
    "vermutet vermuteten glaubt befürchtet befürchtete meldete meldet meldeten mahnte mahnten verkündete "
    "verkündeten verlangte verlangten argumentierte argumentiert argumentierten bekräftigte bekräftigten "
    "prognostizierte bedauerte kommentierte konstatierte urteilte"
)
"""Verb forms that report by themselves."""

SEPARABLE = {
    **dict.fromkeys(("teilte", "teilten", "teilt"), "mit"),
    **dict.fromkeys(("gab", "gaben", "gibt", "geben"), "an|bekannt|zu"),
    **dict.fromkeys(("räumte", "räumten", "räumt"), "ein"),
    **dict.fromkeys(("kündigte", "kündigten", "kündigt"), "an"),
    **dict.fromkeys(("warf", "warfen", "wirft"), "vor"),
    **dict.fromkeys(("wies", "wiesen", "weist"), "zurück|hin|darauf hin"),
    **dict.fromkeys(("fügte", "fügten", "fügt"), "hinzu"),
    **dict.fromkeys(("geht", "gehen", "ging", "gingen"), "davon aus"),
    **dict.fromkeys(("führte", "führten"), "aus"),
    **dict.fromkeys(("stellte", "stellten"), "klar|fest"),
    **dict.fromkeys(("hob", "hoben"), "hervor"),
}
"""Verbs that report only with their particle at the end of the clause: `teilte … mit`."""

NOT_IN_A_SPEAKER = re.compile(
    r"\s(?:am|im|in|bei|zu|zum|zur|nach|vor|auf|gegenüber|gestern|heute|dazu|dann|weiter|auch|noch|aber|jedoch|zudem|außerdem|"
    r"laut|mit|über|an|wörtlich|hat|habe|hatte|wurde|wird|war|ist|sei|und\s+(?:fügte|betonte|sagte|erklärte)|später|bereits|"
    r"seinerseits|ihrerseits|abschließend|unterdessen|per|via|weil|dass|nun|daraufhin|hinzu|anschließend|bei|während)\s.*$"
)
"""What follows a speaker in its clause: adverbs and prepositional phrases that are no part of the name."""
