"""Given names that are English words too, or as frequent as words."""

from __future__ import annotations

from .tokens import word_set

GIVEN_NAMES = word_set(
    "aaron abby adam adrian alan albert alex alexander alexandra alfred alice allan allen amanda amber amy andrea "
    "andrew andy angela anna anne annie anthony april arthur ashley barbara barry ben benjamin bernard beth betty "
    "bill billy bob bobby brad brandon brenda brian bruce bryan calvin carl carla carlos carol caroline catherine "
    "cathy charles charlie charlotte chris christian christina christine christopher claire clara claude colin "
    "connie craig crystal curtis cynthia dan daniel danny darren dave david dean debbie deborah denis dennis "
    "derek diana diane dick don donald donna dorothy doug douglas duncan dylan earl ed eddie edgar edward edwin "
    "eleanor elizabeth ellen emily emma eric erik ernest eugene eva evan eve felix florence frances francis frank "
    "franklin fred frederick gabriel gary gene geoffrey george gerald gerard gilbert glen glenn gordon grace "
    "graham grant greg gregory guy hank hannah hans harold harry harvey heather heidi helen henry herbert herman "
    "holly howard hugh hugo ian irene iris isaac isabel ivan jack jackie jackson jacob jake james jamie jan jane "
    "janet jason jay jean jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jessie jill jim jimmy "
    "joan joe joel johann john johnny jonathan jordan jose joseph josh joshua joyce juan judith judy julia julian "
    "julie june justin karen karl kate katherine kathy katie keith kelly ken kenneth kevin kim kyle larry laura "
    "lauren laurence lawrence lee leo leon leonard leslie lewis lily linda lisa liz lloyd lois louis louise lucas "
    "lucy luis luke lydia lynn maggie malcolm marcus margaret maria marian marie marilyn mario marion mark "
    "marshall martha martin marvin mary matt matthew maurice max megan melissa michael michelle miguel mike miles "
    "milton mitchell molly monica morgan morris nancy natalie nathan neil nelson nicholas nick nicole nigel nina "
    "noah nora norman olga oliver olivia oscar otto owen pamela patricia patrick paul paula pedro peggy penny "
    "perry pete peter phil philip phillip rachel ralph randy ray raymond rebecca richard rick ricky rita robert "
    "robin rodney roger roland ron ronald rosa rose rosie ross roy ruby russell ruth ryan sally sam samantha "
    "samuel sandra sandy sara sarah scott sean sergio shane sharon shaun shawn shirley simon sofia sophia sophie "
    "stan stanley stella stephanie stephen steve steven stewart stuart sue susan suzanne sylvia tanya taylor ted "
    "teresa terry theodore theresa thomas tiffany tim timothy tina todd tom tommy tony tracy trevor tyler valerie "
    "vanessa vera vernon veronica victor victoria vincent viola violet virginia vivian walter wanda warren wayne "
    "wendy wesley wilhelm will william willie winston wolf"
)
