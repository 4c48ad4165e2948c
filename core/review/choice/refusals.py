"""The words by which people refuse a photo, in English, German and French, and how surely they do.

What is told here is of a few words by themselves; which photos they stand by is told in ``negated``. No list of such
words is ever whole, so there are three: what refuses, what may, and what looks like it and does not.
"""

import re
from enum import IntEnum
from unicodedata import category, normalize


class Said(IntEnum):
    """What some words say of a photo; of two the greater counts."""

    NOTHING = 0
    DOUBT = 1
    NO = 2


_ACCENTS = re.compile("[\u0300-\u036f\ufe0e\ufe0f]")


def unaccented(words: str) -> str:
    """Return words without accents and umlauts, as many people type them."""
    return _ACCENTS.sub("", normalize("NFD", words))


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(unaccented(pattern), flags)


_SIGN_TEXT = r"[❌✗✘✖👎🚫⛔❎🗑☐🙅]"
SIGNS = _compiled(_SIGN_TEXT)
_GLAD = "✓✔✅☑♥❤👍⭐★☆💕💖💗💙💚💛🧡💜🖤🤍😍🥰😊🙂😀😃😄😁☺😉🙏💯🔥🎉🥳👌✨→←▶•©®™°"
ANY_SIGN = _compiled(rf"{_SIGN_TEXT}|[✓✔✅☑♥❤👍]")
ARTICLES = (
    r"(?:(?:the|die|der|das|den|dem|la|le|les|photos?|fotos?|bild(?:er)?|images?|no\.|nr\.|n°)\s+|l['’]|#)*"
)
"""What stands before the number of a photo, or before those of several; ``_ARTICLE`` is before one."""

_ARTICLE = r"(?:(?:the|die|der|das|den|dem|la|le|les|photo|foto|bild|image|no\.|nr\.|n°)\s+|l['’]|#)*"


def _words(*listed: str) -> re.Pattern[str]:
    return _compiled(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)")


_SHORT = _compiled(r"(?<!\w)(?:excl?|exkl|abzgl|evtl|ggf|nr|bzw|z\.\s?b|e\.g|p\.\s?ex)\.")
_HARMLESS = _words(
    r"not\s(?:only|just)|nicht\s(?:nur|bloß|allein)|(?:pas|non)\sseulement|no\sless",
    r"nothing\s(?:else|but)|no\sothers?(?:\sthan)?|sonst\s(?:nichts|kein\w*)|nichts\s(?:außer|ausser|als|anderes|weiter)",
    r"rien\s(?:d['’]autre|que|sauf)|without\sfurther\sado",
    r"no\s(?:problem|rush|hurry|worries|doubt|matter|question|idea|pressure|need\sto\shurry)|without\s(?:a\s)?doubt",
    r"kein\w*\s(?:problem|eile|stress|sorge|frage|zweifel|thema)|ohne\s(?:zweifel|frage)",
    r"(?:pas\sde|sans|aucun)\s(?:problème|souci|soucis|doute|hésiter|hésitation)|pas\s(?:de\s)?pressé\w*",
    r"why\snot|warum\snicht|wieso\snicht|pourquoi\spas|(?:what|how)\snot",
    r"not\s(?:at\sall\s)?bad|nicht\s(?:schlecht|übel|verkehrt)|pas\smal|pas\smauvaise?s?",
    r"(?:don['’]?t|do\snot|never)\s(?:forget|miss|lose)|nicht\s(?:vergessen|verlieren)|vergiss\snicht|nicht\szu\svergessen",
    r"n['’]oublie[zrs]?\spas|pas\soublier|sans\soublier|not\sto\smention|nicht\strennen|geht\ses\snicht",
    r"(?:can['’]?t|cannot|couldn['’]?t)\s(?:wait|decide|choose|resist|believe|stop|get\senough)",
    r"(?:auf|an|am|dem|den|im)\sweg|plus\sou\smoins|au\smoins|du\smoins|mehr\soder\sweniger|ainsi\sque|aussi\sbien\sque",
    r"nothing\s(?:beats|tops|(?:better|nicer|finer)\sthan)|nichts\s(?:besser|schöner)es\sals|rien\sde\s(?:mieux|plus\sbeau)\sque",
    r"(?:(?:darf|dürfen|sollten?|soll|sollen)\s(?:uns\s|mir\s|dabei\s)?)?nicht\sfehlen|auf\skeinen\sfall\sfehlen|(?:doi(?:t|vent)|peu(?:t|vent))\spas\smanquer|not\sbe\s(?:missing|missed)",
    r"als\sauch|as\swell\sas|bar\s?code|n['’]est-ce\spas|oder\snicht\?",
)

_DENIES = _words(
    r"not|cannot|(?:do|does|did|is|are|was|were|wo|would|ca|could|should)nt|\w{1,8}n['’]t|never|neither|nor|none|nothing",
    r"no\s+(?:circumstances?|account|longer|more|way|means|chance|need|use|interest|reason)",
    r"nicht|nichts|kein\w*|weder|nein|niemals|nie|keinesfalls",
    r"pas|ni|non|jamais|aucune?|nullement",
)

_REMOVES = _words(
    r"skip\w*|omit\w*|leave\s+out|left\s+out|delet\w*|remov\w*|drop(?:s|ped|ping)?|discard\w*|reject\w*|exclud\w*|ditch\w*",
    r"scrap|nix|forgo\w*|give\s+up|pass\s+up|rid\s+of|pass\s+on|replac\w*|no\s+to|no-?go|hard\s+pass|refus\w*|declin\w*|veto\w*|unlike|trash",
    r"(?:un|de)select\w*|un(?:check|tick|mark|want|need)\w*|thumbs?\s+down|toss|chuck|w/o|least",
    r"weg(?!en\b)\w*|(?:he)?raus(?!ragend|gesuch|such|gepick|pick)\w*|\w*l(?:ö|oe)sch\w*|streich(?:e|en|t)?|gestrichen|entfern\w*|ersetz\w*|verzicht\w*|aussortier\w*",
    r"aussparen|verw[ae]rf\w*|verworfen|auslass\w*|ablehn\w*|abgelehnt\w*|entf[aä]ll\w*|tonne|papierkorb|müll|absage",
    r"abw[aä]hl\w*|abgew(?:ä|ae)hlt\w*|entmark\w*|un(?:nötig|erwünscht|brauchbar)\w*|(?:über|ueber)fl(?:ü|ue)ssig\w*|daumen\s+(?:runter|nach\s+unten)",
    r"supprim\w*|enlev\w*|enlèv\w*|retir\w*|rempla\w*|jet(?:er|ez|te)|laiss\w+\s+(?:tomber|de\s+côté)|évite[rz]?|écart\w*",
    r"poubelle|corbeille|élimin\w*|effac\w*|renonc\w*|(?:se|me|nous)\s+pass\w+\s+(?:de|d['’])|rejet\w*|ôte[rz]?|exclu\w*|décoch\w*|désélect\w*|inutiles?|superflue?s?|pouces?\s+(?:en\s+bas|baissés?|vers\s+le\s+bas)",
)

_EXCEPTS = _words(
    r"without|except(?:ing|ion)?|exception\s+(?:of|for)|excl?|minus|other\s+than|apart\s+from|aside\s+from|(?:instead|in\s+lieu)\s+of",
    r"rather\s+than|in\s+place\s+of|save\s+for|barring|anything\s+but",
    r"ohne|außer|ausser|auszer|ausgenommen|bis\s+auf|statt|anstatt|anstelle|abzüglich|abzgl|ausnahme|abgesehen\s+von|exklusive|exkl",
    r"sans|sauf|excepté\w*|hormis|au\s+lieu\s+de|plutôt\s+que|à\s+part|exception\s+(?:de|faite)|à\s+l['’]exclusion|hors",
    r"en\s+dehors\s+de|à\s+la\s+place\s+de",
)

_MAY = _words(
    r"hat(?:e|ed|es)|dislik\w*|avoid\w*|ignor\w*|hid(?:e|den)|kill\w*|cut|lose|forget\w*|pass|junk|swap\w*|exchang\w*",
    r"(?:can|could|should|must|may|has\s+to|have\s+to)\s+go|out(?!\s+(?:of|there))|unsure|doubt\w*|maybe|perhaps|hmm+|meh|less|besides",
    r"leave|hold\s+off|archiv\w*|against|gegen|contre|hardly|barely|ugly|awful|terrible|horrible|bad|worse|worst|blurr\w*|unsharp|nope|nah|bin\s+(?:it|them|the)",
    r"tausch\w*|unsicher|zweifel\w*|vielleicht|eventuell|evtl|kaum|h(?:ä|ae|a)sslich\w*|schlecht\w*|schlimm\w*|unscharf\w*",
    r"verwackelt\w*|weniger|lass(?:en|t|e)?|hasse|furchtbar\w*|schrecklich\w*|misslungen\w*|nee|ned|net|vermeid\w*|ziehen?",
    r"bof|moins|éviter|oubli\w*|déteste\w*|moche\w*|laide?s?|floue?s?|ratée?s?|mauvais\w*|peut-être|hésit\w*|doute\w*|échang\w*",
    r"guère|passe(?:r|ons)?|vergess\w*|doof\w*|blöd\w*|décon\w*",
)

_SOFTENED = _words(
    r"(?:not|nicht|pas|isn['’]t)\s+(?:too|zu|trop)\s+\w+|(?:if|wenn|falls|si)\s+(?:not|nicht|non|pas)",
    r"stains?|spots?|blemish\w*|pimples?|wrinkles?|shadows?|background|reflections?|glare|retouch\w*|crop\w*|filters?|flash",
    r"\w*fleck\w*|pickel|falten?|schatten|hintergrund|spiegelung\w*|retusch\w*|zuschneid\w*|filter|blitz",
    r"taches?|boutons?|rides?|ombres?|fond|arrière-plan|reflets?|recadr\w*|filtres?|black\s+and\s+white|b\s?&\s?w",
    r"schwarz-?\s?wei(?:ß|ss)|noir\s+et\s+blanc|sepia|sépia",
)
"""What asks for something about a photo, or names another for the case that it cannot be had."""

_NO_ALONE = _compiled(
    r"(?:[\s:=–—>*\"'“”„«»-]|is\s|are\s|ist\s|sind\s|est\s|c['’]est\s|an?\s|ein\s|un\s|sorry\s|rather\s|lieber\s|eher\s|also\s|auch\s)*"
    r"(?:no+|n|nope|nah|naw|nein|nee|nö+|ned|net|non|out|x|bof|pass)"
    r"(?:\s+(?:thanks?|thank\s+you|thx|way|go|please|pls|sorry|danke|bitte|merci|no|nein|non|s['’]il\s(?:vous|te)\spla[iî]t))*"
    r"[\s\"'“”„«»*]*"
)
_ENDS_IN_NO = _compiled(r"(?<![\w’'])(?:no|nope|out|weg|raus)[\s\"'”*]*$")
_SAD = _compiled(r":['’]?-?\((?!\w)")
_ANGLE = _compiled(r"(?<=[^\S\n])[<>](?=[^\S\n])")
_NO = _compiled(r"(?<!\w)no(?!\w)")
YES = _compiled(
    r"(?<!\w)(?:yes|yep|yeah|y|ok|okay|j|ja|schon|doch|oui|si|keep\w*|lov\w+|like\w*|favou?rit\w*|best|especially|particularly"
    r"|nice|great|good|beautiful|cute\w*|cool|super|perfect\w*|amazing|wonderful|fine|gorgeous|stunning|excellent|definitely"
    r"|gerne?|rein|unbedingt|besonders|liebling\w*|behalten|schöne?\w*|toll\w*|gut\w*|klasse|süß\w*|herrlich\w*|mag|liebe\w*"
    r"|surtout|coup\sde\scœur|préférée?s?|j['’]adore|j['’]aime|garde[rz]?|belles?|beau|jolie?s?|top|parfaite?s?|magnifique|géniale?)"
    r"(?!\w)|[✓✔✅☑♥❤👍😍🥰]"
)
_PLAIN = frozenset(
    unaccented(word)
    for line in (
        "wants wanted decided deciding picked picks shoot ordered ordering his her their ve ll d s m re",
        "all everything every each think believe would",
        "hätte hätten würde würden",
        "alle alles jedes wollen möchte möchten entschieden ausgesucht ausgewählt wären wäre nehmt",
        "tout tous toute toutes chaque choisissons choisies retenue retenues photographie voici",
        "a also an and another as at by both but choice choose chose chosen do else first for from get give have",
        "hello hi i in include it just last me mine more my need next no now number numbers of on one only or order",
        "our please plus print prints second select selected take than thanks thank that the then these they this",
        "those to too two three until up us use want we with you your was is are were be photo photos picture",
        "pictures image images file files pic pics shot shots aber als am auch auf aus bei bild bilder bis bitte da",
        "danke dann das dazu den der die dies diese drei ein eine einmal er es foto fotos für ganz hier ich ihr im in",
        "ist je letzte mal mein meine mit nach nehme nehmen noch nr nummer nun nur oder plus sind so sowie sofern um",
        "und uns unser von vom wir wähle wählen zu zum zur zwei zusätzlich au aussi autre avec avons bien c ce ces",
        "cette choisi choisis commande d dans de des du elle en encore est et il j je l la le les mais merci moi mon",
        "nous ou par plus pour prend prends prenons puis sont sur un une veux voudrais vous numéro numéros either",
        "entweder egal rest dafür drin etwas heller dunkler brighter darker bit little plutôt rather lieber eher",
        "prefer préfère sera jpg jpeg img dsc album albums poster canvas cover bw sw nb b w colour color farbe",
        "couleur cm x",
    )
    for word in line.split()
)
"""Words that say neither yes nor no to a photo."""

_DESCRIBES = _compiled(
    r"(?:the|a|an|with|for|as|in|on|at|by|of|from|to|where|who|when|mit|für|als|im|in|auf|am|an|von|zum|zur|wo|wie|der|die|das|ein\w*"
    r"|neben|hinter|vor|links|rechts|beside|behind|near|next|left|right|avec|pour|comme|à|près|devant|derrière|dans|sur|en|où|de|du|des|la|le|les|une?|and|und|et|also|auch|aussi)(?!\w)"
)
THAN = _compiled(
    rf"(?:(?<!\w)(?<!other )(?:over|than|als|que|denn|gegenüber)\s+|(?<=[^\S\n])[<>][^\S\n]+){_ARTICLE}$"
)
PLUS = _compiled(r"(?:^|[\s,;])\+[^\S\n]*$")
MINUS = _compiled(r"(?:^|[\s,;])[-−–][^\S\n]*$")
TO = _compiled(rf"\s*(?:to|à)\s+{_ARTICLE}")
RATHER = _compiled(r"(?<!\w)(?:rather|prefer\w*|lieber|eher|plutôt|préf\w*|besser)(?!\w)")
LESS = _compiled(
    rf"(?:(?<!\w)(?:but|less|minus|moins|bar|save(?:\s+for)?|weniger|no)|(?:^|[\s,;(])[-−–])\s*{_ARTICLE}$"
)
NO_BEFORE = _compiled(r"(?<!\w)no:?\s*$")
_REFERS = _compiled(
    r"(?<!\w)(?:it|them|that|this|those|these|ihn|sie|die|den|das|es|diese\w*|dies|alle|damit|la|le|les|celle\w*|ceux|celui\w*|ça|cela"
    r"|en)(?!\w)"
)
REPLACED_BY = _compiled(rf"(?<!\w)(?:durch|gegen|par|contre|with|by|for)\s+{_ARTICLE}$")
REPLACES = _compiled(
    r"(?<!\w)(?:replac\w*|ersetz\w*|rempla\w*|\w*tausch\w*|swap\w*|exchang\w*|échang\w*)(?!\w)"
)
LINE_ALONE = _compiled(rf"^[^\S\n]*{_EXCEPTS.pattern}[^\S\n]*\n", re.MULTILINE)
_WORD = _compiled(r"[^\W\d_]+")
_SHORT_REMARK = 6  # words
_DESCRIBING = _compiled(
    r"(?:with|for|of|in|on|at|from|where|who|when|near|beside|behind|mit|für|von|vom|im|am|beim|wo|wenn|neben|hinter|vor|avec|pour"
    r"|dans|sur|où|du|des|près|devant|derrière)$"
)
_NEAR = 6  # words between a refusal and what it means


def masked(text: str) -> str:
    """Put aside what looks like a refusal and is none; dots of abbreviations, signs like brackets, and accents too."""
    text = unaccented(text)
    text = _SHORT.sub(lambda found: found[0].replace(".", " "), text)
    text = _SAD.sub("☹", text)
    return _HARMLESS.sub(lambda found: "_" * len(found[0]), text)


def said_before(words: str) -> Said:
    """Tell what words say of a photo that stands right behind them."""
    found = [one for pattern in (_DENIES, _REMOVES, _EXCEPTS, SIGNS) for one in pattern.finditer(words)]
    if not found:
        return Said.DOUBT if _MAY.search(words) else Said.NOTHING
    if _cancels_itself(words) or _SOFTENED.search(words):
        return Said.DOUBT
    last = max(one.end() for one in found)
    return Said.NO if len(words[last:].split()) <= _NEAR else Said.DOUBT


def said_behind(words: str) -> Said:
    """Tell what words say of a photo that stands right before them."""
    if _NO_ALONE.fullmatch(words) or _ENDS_IN_NO.search(words) or SIGNS.search(words):
        return Said.NO
    if _cancels_itself(words) or _SOFTENED.search(words):
        return Said.DOUBT
    if _DENIES.search(words) or _REMOVES.search(words):
        return Said.NO
    return Said.DOUBT if _MAY.search(words) or _NO.search(words) or _EXCEPTS.search(words) else Said.NOTHING


def is_strange_before(words: str) -> bool:
    """Tell whether the word before a photo is not known to be harmless: it may ask to toss it.

    What describes a photo is: "the one with the dog".
    """
    said = _WORD.findall(words)
    while said and said[-1] in _PLAIN:
        said.pop()
    is_heading = words.rstrip().endswith(":")
    begin = 1 if said[:1] == ["on"] else 0  # in French it is somebody
    return bool(said) and not (is_heading or YES.search(words) or any(map(_DESCRIBING.match, said[begin:])))


def has_strange_sign(words: str) -> bool:
    """Tell whether a sign stands among words that is not known to be harmless."""
    return _ANGLE.search(words) is not None or any(
        category(sign) == "So" and sign not in _GLAD for sign in words
    )


def is_strange_behind(words: str) -> bool:
    """Tell whether a short remark behind a photo, or a sign, is not known to be harmless."""
    if has_strange_sign(words):
        return True
    said = _WORD.findall(words)
    if not 0 < len(said) <= _SHORT_REMARK or YES.search(words) or _DESCRIBES.match(words.strip(" :=-–—(\"'")):
        return False
    return any(word not in _PLAIN for word in said)


def refers_back(words: str) -> bool:
    """Tell whether words stand for a photo that was named before them."""
    return _REFERS.search(words) is not None


def is_alone(words: str) -> bool:
    """Tell whether words are a plain no, and nothing else."""
    return _NO_ALONE.fullmatch(words) is not None


def _cancels_itself(words: str) -> bool:
    """Tell whether words refuse a refusal, as in "don't delete" and "delete all except": they may mean the opposite."""
    refuses = _REMOVES.search(words) is not None
    excepts = _EXCEPTS.search(words) is not None
    return (refuses and excepts) or (_DENIES.search(words) is not None and (refuses or excepts))
