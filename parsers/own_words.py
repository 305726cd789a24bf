"""The words of our own lines in every language; made by `templates/own_grammar.py`, not by hand."""

LANGUAGES = ("en", "de")
FIRST = (
    r"[▰▱]{5,} \*\*[0-9]+ %\*\*(?: · .*)?",
    r"\*\*(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), [0-9]{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{4}\*\* · .*",
    r"-?[0-9][0-9,\.]* of -?[0-9][0-9,\.]* (?:step|steps)(?: · .*)?",
    r"-?[0-9][0-9,\.]* vote for .+(?: · .*)?",
    r"-?[0-9][0-9,\.]* votes for .+(?: · .*)?",
    r"-?[0-9][0-9,\.]* (?:win|wins) so far(?: · .*)?",
    r"-?[0-9][0-9,\.]* of -?[0-9][0-9,\.]* .+(?: · .*)?",
    r"-?[0-9][0-9,\.]* .+ \(from -?[0-9][0-9,\.]* to -?[0-9][0-9,\.]*\)(?: · .*)?",
    r"no reading yet \(from -?[0-9][0-9,\.]* to -?[0-9][0-9,\.]* .+\)(?: · .*)?",
    "Next: .+",
    r"Nothing is due today\.",
    r"Nothing is due now\.",
    r"Heat map\. .+: .+\.",
    r"There is no goal “.+”\.",
    r"There is no micro\-win “.+” here\.",
    r"\*\*(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag), [0-9]{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) [0-9]{4}\*\* · .*",
    r"-?[0-9][0-9\.,]* von -?[0-9][0-9\.,]* (?:Schritt|Schritte|Schritten)(?: · .*)?",
    r"-?[0-9][0-9\.,]* Stimme für .+(?: · .*)?",
    r"-?[0-9][0-9\.,]* Stimmen für .+(?: · .*)?",
    r"bisher -?[0-9][0-9\.,]* (?:Erfolg|Erfolge|Erfolgen)(?: · .*)?",
    r"-?[0-9][0-9\.,]* von -?[0-9][0-9\.,]* .+(?: · .*)?",
    r"-?[0-9][0-9\.,]* .+ \(von -?[0-9][0-9\.,]* auf -?[0-9][0-9\.,]*\)(?: · .*)?",
    r"noch kein Wert \(von -?[0-9][0-9\.,]* auf -?[0-9][0-9\.,]* .+\)(?: · .*)?",
    "Als Nächstes: .+",
    r"Heute steht nichts an\.",
    r"Gerade steht nichts an\.",
    r"Heatmap\. .+: .+\.",
    r"Es gibt kein Ziel „.+“\.",
    r"Es gibt hier keinen Micro\-Win „.+“\.",
)
"""A line that a block begins with."""
SECOND = (
    "Reached",
    "Its date was .+",
    "Ahead(?:, |: ).*",
    "On track(?:, |: ).*",
    "Behind(?:, |: ).*",
    "Not begun(?:, |: ).*",
    "Erreicht",
    "Der Termin war .+",
    "Voraus(?:, |: ).*",
    "Im Plan(?:, |: ).*",
    "Hinter dem Plan(?:, |: ).*",
    "Noch nicht begonnen(?:, |: ).*",
)
"""The line below it: the pace of a goal."""
HEADERS = (
    "| Micro-win | Streak | Best | Strength | 30 days | All |",
    "| Micro-win | Strength | 30 days | All |",
    "| Goal | Progress | Wins | This week | Identity |",
    "| Micro-Win | Serie | Beste | Stärke | 30 Tage | Alle |",
    "| Micro-Win | Stärke | 30 Tage | Alle |",
    "| Ziel | Fortschritt | Erfolge | Diese Woche | Identität |",
)
"""The heads of our tables, as they stand."""
ROWS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December) {2,}1   5    10   [0-9 ]+",
    r"\s{20,}(?:(?:Mo|Tu|We|Th|Fr|Sa|Su) ?){7}",
    r"\s{3,}(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) *)+",
    "(?:Mo|Tu|We|Th|Fr|Sa|Su)(?: [ ·░▒▓█o-]*)?",
    r"\s{3}(?:[░▒▓█] [0-9]+(?:–[0-9]+|\+)?(?: {3})?)*(?:- rest)?",
    "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) {2,}1   5    10   [0-9 ]+",
    r"\s{20,}(?:(?:Mo|Di|Mi|Do|Fr|Sa|So) ?){7}",
    r"\s{3,}(?:(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez) *)+",
    "(?:Mo|Di|Mi|Do|Fr|Sa|So)(?: [ ·░▒▓█o-]*)?",
    r"\s{3}(?:[░▒▓█] [0-9]+(?:–[0-9]+|\+)?(?: {3})?)*(?:- frei)?",
)
"""The line above the rows of a month and of a week, and the lines of a heat map."""
