"""German and foreign nouns that say what a name names: an organisation, or an event, a law, a product."""

from __future__ import annotations

import re

from ..lexicon.tokens import word_set

KINDS = re.compile(
    r"\w*(?:gewerkschaft|[Kk]onzern|[Hh]ersteller|[Uu]nternehmen|[Ff]irma|[Aa]gentur|[Pp]artei|[Vv]erein|[Kk]lub|[Cc]lub|[Vv]erlag|"
    r"[Bb]rauerei|[Ff]luggesellschaft|[Aa]irline|[Mm]iliz|[Tt]errormiliz|[Tt]errorgruppe|[Ii]nstitut|[Ss]tiftung|[Oo]rganisation|"
    r"[Ss]ender|[Zz]eitung|[Mm]agazin|[Pp]ortal|[Aa]utobauer|[Kk]ette|[Bb]ank|[Ff]raktion|[Vv]erband|[Aa]nbieter|"
    r"[Bb]etreiber|[Dd]ienstleister|[Gg]esellschaft|[Ss]tart-?up)s?"
)
"""Nouns behind which an organisation is named: `Dienstleistungsgewerkschaft Verdi`."""
HEADS = re.compile(
    r"\w*(?:[Mm]inisterium|[Bb]undesamt|[Uu]mweltamt|[Ll]andesamt|[Pp]olizei|[Uu]niversität|[Hh]ochschule|[Ii]nstitut|[Bb]ank|[Bb]örse|[Bb]ahn|"
    r"[Kk]ommission|[Gg]erichtshof|[Gg]ericht|[Pp]artei|[Gg]ewerkschaft|[Gg]ewerkschaftsbund|[Vv]erband|[Bb]und|[Vv]erein|[Kk]ammer|[Aa]kademie|"
    r"[Gg]esellschaft|[Bb]ewegung|[Oo]rganisation|[Ll]iga|[Aa]gentur|[Bb]ehörde|[Rr]at|[Ss]tiftung|[Zz]eitung|[Kk]irche|[Aa]rmee|[Ff]ront|[Bb]rigade|"
    r"[Ll]uftwaffe|[Ff]euerwehr|[Vv]erlag|[Pp]hilharmoniker|[Oo]per|[Tt]heater|[Mm]useum|[Tt]elekom|[Pp]ost|[Uu]nion|[Aa]llianz|"
    r"[Ff]öderation|[Kk]onferenz|[Zz]entralbank|[Nn]otenbank|[Ss]taatsanwaltschaft|[Aa]nzeiger|[Nn]achrichten|[Rr]undschau)(?:s|es)?"
)
"""Nouns that an organisation's own name ends with: `Deutsche Bahn`, `Wiener Börse`."""
FOREIGN_HEADS = word_set(
    "University College School Highschool Institute Institut Center Centre Council Committee Agency Ministry Department Foundation Association Society Bank "
    "Union Party Front Forces École Ecole Université Universidad Ministère Banque Movement Army Police Corps Company Press "
    "Times Post Tribune Airlines Airways Club Federation Commission Authority Bureau Fund Trust Organization Observatory"
)
"""Foreign nouns of an organisation's name."""
EVENTS = re.compile(
    r"(?i)\w*(?:messe|messen|salon|festival|gipfel|konferenz|kongress|abkommen|vertrag|programm|projekt|krankheit|syndrom|virus|produkt|gesetz|steuer|verfahren|system)s?"
)
"""What an abbreviation may stand for beside an organisation."""
