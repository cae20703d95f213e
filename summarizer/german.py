"""German word lists, written for this program from general knowledge of the language; in small letters throughout."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANNOUNCING: Final = _words(
    """
    abb anm arab ausg beisp betr bspw bzgl bzw ca dipl doz dr dres ebd einschl engl evtl exkl fam frhr frl frz geb
    gebr ggf ggfs griech hr hrsg inkl insb insbes ital kath kfm lat lt mind mr mrs ms nr nrn oberstlt obltn
    poln prof rd rdnr resp russ röm sog soz span spez st stellv türk urspr verf vgl vol vors vs ziff zit zuzügl zzgl
    österr
    """
)
"""Abbreviations that always announce what follows: titles, references, qualifiers. No sentence ends with them."""

ABBREVIATIONS: Final = _words(
    """
    abs abt allg apr art aufl aug bd bde bearb bez bgm chr co corp dez eidg entspr etc ev evang feb febr fig forts
    fr gen gest gez hbf hd hl hon hptm inc ing inh jan jg jh jhd jhdt jr jun jur kap kt led ltd mag max med
    min mio mrd mt mwst nat neg nördl nov num okt orig östl par pf pfd phil pkt pos präs red reg rel rep rer ser sen sep sept
    sing std str südl tab teilw tel tsd usf usw verh versch verst vorm westl wiss ztr
    """
)
"""Abbreviations that may also be the last word of a sentence, or that are spelt like a word that may."""

ANNOUNCING_LETTERS: Final = _words(
    """
    zB dh idR zT uU mE iVm iSd zZ iÜ
    """
)
"""Spaced or unspaced chains of single letters that no sentence ends with: z. B., d. h., i. d. R., …"""

UNITS: Final = _words(
    """
    km kg cm mm qm ml kw mw gw tw kwh mwh gwh twh hz khz mhz ghz db kb mb gb tb pkw lkw mbps kmh
    """
)
"""Words without a vowel that are written without a full stop: a stop behind them ends the sentence."""

MONTHS: Final = _words(
    "januar jänner februar feber märz april mai juni juli august september oktober november dezember"
)
WEEKDAYS: Final = _words("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag")

STARTERS: Final = _words(
    """
    der die das des dem den ein eine einer eines einem einen kein keine keiner keines keinem keinen ich du er sie es
    wir ihr man mein meine meiner meinem meinen sein seine seiner seinem seinen ihre ihrer ihrem ihren unser unsere
    unserer unserem unseren dieser diese dieses diesem diesen jener jene jenes jenem jenen jeder jede jedes jedem
    jeden alle aller allem allen alles andere anderer anderen beide beiden einige einigen einiger manche manchen
    mehrere mehreren viele vielen vieler wenige wenigen solche solcher solchen wer was wen wem wessen welche welcher
    welches welchen jemand niemand nichts etwas deren dessen ab an am ans anhand anlässlich angesichts anstatt
    anstelle auf aufgrund aus außer außerhalb bei beim bis dank durch entgegen entlang für gegen gegenüber gemäß
    hinter im in infolge innerhalb ins inmitten laut mit mithilfe mittels nach neben ohne seit statt trotz um unter
    ungeachtet über vom von vor während wegen zu zufolge zum zur zwischen aber als auch bevor da damit dass daß denn
    doch entweder falls indem nachdem ob obwohl obgleich oder seitdem sobald sofern solange sondern sowie sowohl
    sodass und weder wenn wenngleich wie wo wobei wodurch wofür woher wohin womit worauf woraufhin woran warum wann
    weshalb wieso zumal zwar allein allerdings also anderenfalls andererseits anders anfangs angeblich anschließend
    auffällig ausgerechnet ausschlaggebend außerdem äußerst beispielsweise bereits besonders bestenfalls bisher
    bislang bloß dabei dadurch dafür dagegen daher dahinter damals danach daneben dann daran darauf daraufhin daraus
    darin darüber darum darunter davon davor dazu dazwischen demgegenüber demnach demzufolge dennoch derweil derzeit
    deshalb deswegen deutlich dort dorthin ebenfalls ebenso eigentlich einerseits einmal einst einzig endlich
    entscheidend erneut erst erstmals etwa fast folglich freilich ganz gar gegebenenfalls gelegentlich genau genauso
    gerade gestern gewiss gleich gleichwohl gleichzeitig häufig heute heutzutage hier hierbei hierfür hiermit hierzu
    hingegen hinterher hinzu höchstens immer immerhin insbesondere insgesamt insofern inwieweit inzwischen
    irgendwann ja jahrelang jedenfalls jedoch jetzt jüngst kaum knapp konkret künftig kürzlich längst lediglich
    leider letztendlich letztlich manchmal mehr mehrfach mehrmals meist meistens mindestens mitunter mittlerweile
    möglicherweise nachher nachts nahezu namentlich nämlich natürlich nebenbei nein neuerdings nicht nie niemals
    nirgendwo noch normalerweise notfalls nun nunmehr nur offenbar offensichtlich offiziell oft oftmals parallel
    plötzlich praktisch rund schätzungsweise schließlich schon seinerzeit seither selbst selten so sofort sogar
    somit sonst soweit später stattdessen stets tags tagsüber tatsächlich teils teilweise trotzdem überall überdies
    überhaupt übrigens umgekehrt umso umsonst ungefähr unklar unlängst unmittelbar unterdessen ursprünglich
    vergeblich vermutlich vielfach vielleicht vielmehr völlig vorerst vorher vorläufig vorgestern wahrscheinlich
    weiter weiterhin weiters weitere weiteren weltweit wenig wenigstens wieder wiederum womöglich wohl zeitgleich
    zeitweise ziemlich zudem zuerst zufällig zugleich zuletzt zumeist zumindest zunächst zurzeit zusammen zusätzlich
    zuvor zweifellos zwischendurch bin bist ist sind seid war waren wäre wären hat habe haben hatte hatten hätte
    hätten wird werde werden wurde wurden würde würden kann können konnte konnten könnte könnten soll sollen sollte
    sollten muss müssen musste mussten müsste darf dürfen durfte dürfte mag möchte möchten wollen wollte wollten
    gibt geht kommt bleibt lässt
    """
)
"""Words of the closed classes, common adverbs and verbs: inside a German sentence they are written small."""

DANGLING: Final = _words(
    """
    der die das des dem den ein eine einem einen einer eines kein keine keinen diese dieser dieses und oder sowie dass
    für von vom zum zur im am ins beim bei gegen seine seiner seinen ihre ihrer ihren
    """
)
"""Words that neither a sentence nor a heading ends with: behind them a line goes on."""

FUNCTION_WORDS: Final = _words(
    """
    aber als auch auf aus bei das dass dem den der die diese durch ein eine einem einen einer eines für haben hat im
    ist mit nach nicht noch nur oder sich sie sind um und vom von vor war werden wie wir wird wurde wurden zu zum
    zur zwischen über
    """
)
"""Frequent in any German text, and so chosen that no neighbour (Dutch, Luxembourgish, Danish) has many of them."""
