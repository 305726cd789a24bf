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
    r"\*\*(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag), [0-9]{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) [0-9]{4}\*\* · .*",
    r"-?[0-9][0-9\.,]* von -?[0-9][0-9\.,]* (?:Schritt|Schritte|Schritten)(?: · .*)?",
    r"-?[0-9][0-9\.,]* Stimme für .+(?: · .*)?",
    r"-?[0-9][0-9\.,]* Stimmen für .+(?: · .*)?",
    r"bisher -?[0-9][0-9\.,]* (?:Erfolg|Erfolge|Erfolgen)(?: · .*)?",
    r"-?[0-9][0-9\.,]* von -?[0-9][0-9\.,]* .+(?: · .*)?",
    r"-?[0-9][0-9\.,]* .+ \(von -?[0-9][0-9\.,]* auf -?[0-9][0-9\.,]*\)(?: · .*)?",
    r"noch kein Wert \(von -?[0-9][0-9\.,]* auf -?[0-9][0-9\.,]* .+\)(?: · .*)?",
)
"""A line that a block begins with."""
SECOND = (
    r"(?:.+ · )?-?[0-9][0-9,\.]* (?:win|wins) this week · -?[0-9][0-9,\.]* this month · -?[0-9][0-9,\.]* in all",
    "Reached",
    "Its date was .+",
    "Ahead(?:, |: ).*",
    "On track(?:, |: ).*",
    "Behind(?:, |: ).*",
    "Not begun(?:, |: ).*",
    r"(?:.+ · )?-?[0-9][0-9\.,]* (?:Erfolg|Erfolge|Erfolgen) diese Woche · -?[0-9][0-9\.,]* diesen Monat · -?[0-9][0-9\.,]* insgesamt",
    "Erreicht",
    "Der Termin war .+",
    "Voraus(?:, |: ).*",
    "Im Plan(?:, |: ).*",
    "Hinter dem Plan(?:, |: ).*",
    "Noch nicht begonnen(?:, |: ).*",
)
"""The line below it: the pace of a goal, the wins of the vault."""
LINES = (
    "Next: .+",
    r"Nothing is due today\.",
    r"Nothing is due now\.",
    r"No goal stands below this one\.",
    r"There is no goal yet: `microwins init` makes an example\.",
    "Als Nächstes: .+",
    r"Heute steht nichts an\.",
    r"Gerade steht nichts an\.",
    r"Unter diesem steht kein Ziel\.",
    r"Es gibt noch kein Ziel: `microwins init` legt ein Beispiel an\.",
)
"""A sentence, which may stand anywhere."""
HEADERS = (
    r"\| Micro\-win(?: \| (?:Streak|Best|Strength|30 days|All))* \|",
    r"\| Goal(?: \| (?:Progress|Pace|Streak|Wins|This week|Identity))* \|",
    r"\| Micro\-Win(?: \| (?:Serie|Beste|Stärke|30 Tage|Alle))* \|",
    r"\| Ziel(?: \| (?:Fortschritt|Tempo|Serie|Erfolge|Diese Woche|Identität))* \|",
)
"""The heads of our tables."""
ROWS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: [0-9]{4})? +1   5    10   [0-9 ]+",
    ".{14,} (?:(?:Mo|Tu|We|Th|Fr|Sa|Su) ?){7}",
    r"… and -?[0-9][0-9,\.]* more",
    r"X done   · not done   \- rest   o open",
    "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?: [0-9]{4})? +1   5    10   [0-9 ]+",
    ".{14,} (?:(?:Mo|Di|Mi|Do|Fr|Sa|So) ?){7}",
    r"… und -?[0-9][0-9\.,]* weitere",
    r"X erledigt   · nicht erledigt   \- Pause   o offen",
)
"""The lines around the rows of a month and of a week."""
