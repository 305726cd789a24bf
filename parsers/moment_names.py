"""The locales of moment.js 2.29 that microwins knows: names, long formats, the first week.

The words are moment's own (https://github.com/moment/moment, MIT licence, copyright JS Foundation and other
contributors), so that a file name written by Obsidian reads back here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from .moment_locale import (
    Era,
    MomentLocale,
    Names,
    WeekRule,
    dutch,
    english,
    french,
    suffix,
    swedish,
    turkish,
)

_AFTER_DAY = r"D[oD]?(\[[^\[\]]*\]|\s)+MMMM?"
_DAY_SPACE_MONTH = r"D MMMM"
_BETWEEN_DASHES = r"-MMM-"
_RU_ACCUSATIVE = r"\[ ?[Вв] ?(?:прошлую|следующую|эту)? ?] ?dddd"
_UK_ACCUSATIVE = r"(\[[ВвУу]\]) ?dddd"
_UK_GENITIVE = r"\[?(?:минулої|наступної)? ?\] ?dddd"

_SHORTENED = {"MMMM": "MMM", "MM": "M", "DD": "D", "dddd": "ddd"}
_SHORTENABLE = re.compile(r"\[[^\[]*\]|MMMM|MM|DD|dddd|Do|MMM|D|ddd|dd")

_JAPANESE_ERAS = (
    Era(date(2019, 5, 1), "R", "令和", "㋿"),
    Era(date(1989, 1, 8), "H", "平成", "㍻"),
    Era(date(1926, 12, 25), "S", "昭和", "㍼"),
    Era(date(1912, 7, 30), "T", "大正", "㍽"),
    Era(date(1873, 1, 1), "M", "明治", "㍾", 6),
    Era(date.min, "AD", "西暦", "AD"),
)


def _names(words: str, *cases: tuple[str, str]) -> Names:
    return Names(
        tuple(words.split("|")),
        tuple((re.compile(pattern), tuple(other.split("|"))) for pattern, other in cases),
    )


def _long(*formats: str, **short: str) -> Mapping[str, str]:
    long = dict(zip(("LT", "LTS", "L", "LL", "LLL", "LLLL"), formats, strict=True))
    derived = {key.lower(): _shorten(form) for key, form in long.items() if "T" not in key}
    return MappingProxyType(long | derived | short)


def _shorten(form: str) -> str:
    return _SHORTENABLE.sub(lambda match: _SHORTENED.get(match[0], match[0]), form)


LOCALES: Mapping[str, MomentLocale] = {
    "en": MomentLocale(
        months=_names(
            "January|February|March|April|May|June|July|August|September|October|November|December"
        ),
        months_short=_names("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
        weekdays=_names("Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"),
        weekdays_short=_names("Sun|Mon|Tue|Wed|Thu|Fri|Sat"),
        weekdays_min=_names("Su|Mo|Tu|We|Th|Fr|Sa"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "h:mm A",
            "h:mm:ss A",
            "MM/DD/YYYY",
            "MMMM D, YYYY",
            "MMMM D, YYYY h:mm A",
            "dddd, MMMM D, YYYY h:mm A",
        ),
        ordinal=english,
        day_ordinal=r"\d{1,2}(th|st|nd|rd)",
    ),
    "en-gb": MomentLocale(
        months=_names(
            "January|February|March|April|May|June|July|August|September|October|November|December"
        ),
        months_short=_names("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
        weekdays=_names("Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"),
        weekdays_short=_names("Sun|Mon|Tue|Wed|Thu|Fri|Sat"),
        weekdays_min=_names("Su|Mo|Tu|We|Th|Fr|Sa"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd, D MMMM YYYY HH:mm",
        ),
        ordinal=english,
        day_ordinal=r"\d{1,2}(st|nd|rd|th)",
    ),
    "ar": MomentLocale(
        months=_names("يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"),
        months_short=_names("يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"),
        weekdays=_names("الأحد|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت"),
        weekdays_short=_names("أحد|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت"),
        weekdays_min=_names("ح|ن|ث|ر|خ|ج|س"),
        week=WeekRule(6, 12),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "D/\u200fM/\u200fYYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd D MMMM YYYY HH:mm",
        ),
        ordinal=suffix(""),
        day_ordinal=r"\d{1,2}",
        meridiems=((0, "ص", "ص"), (720, "م", "م")),
        digits="٠١٢٣٤٥٦٧٨٩",
        comma="،",
    ),
    "cs": MomentLocale(
        months=_names(
            "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince",
            (_AFTER_DAY, "leden|únor|březen|duben|květen|červen|červenec|srpen|září|říjen|listopad|prosinec"),
        ),
        months_short=_names("led|úno|bře|dub|kvě|čvn|čvc|srp|zář|říj|lis|pro"),
        weekdays=_names("neděle|pondělí|úterý|středa|čtvrtek|pátek|sobota"),
        weekdays_short=_names("ne|po|út|st|čt|pá|so"),
        weekdays_min=_names("ne|po|út|st|čt|pá|so"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "H:mm",
            "H:mm:ss",
            "DD.MM.YYYY",
            "D. MMMM YYYY",
            "D. MMMM YYYY H:mm",
            "dddd D. MMMM YYYY H:mm",
            l="D. M. YYYY",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "da": MomentLocale(
        months=_names("januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"),
        months_short=_names("jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"),
        weekdays=_names("søndag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag"),
        weekdays_short=_names("søn|man|tir|ons|tor|fre|lør"),
        weekdays_min=_names("sø|ma|ti|on|to|fr|lø"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD.MM.YYYY",
            "D. MMMM YYYY",
            "D. MMMM YYYY HH:mm",
            "dddd [d.] D. MMMM YYYY [kl.] HH:mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "de": MomentLocale(
        months=_names("Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"),
        months_short=_names("Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sep.|Okt.|Nov.|Dez."),
        weekdays=_names("Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag"),
        weekdays_short=_names("So.|Mo.|Di.|Mi.|Do.|Fr.|Sa."),
        weekdays_min=_names("So|Mo|Di|Mi|Do|Fr|Sa"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD.MM.YYYY",
            "D. MMMM YYYY",
            "D. MMMM YYYY HH:mm",
            "dddd, D. MMMM YYYY HH:mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "es": MomentLocale(
        months=_names(
            "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
        ),
        months_short=_names(
            "ene.|feb.|mar.|abr.|may.|jun.|jul.|ago.|sep.|oct.|nov.|dic.",
            (_BETWEEN_DASHES, "ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic"),
        ),
        weekdays=_names("domingo|lunes|martes|miércoles|jueves|viernes|sábado"),
        weekdays_short=_names("dom.|lun.|mar.|mié.|jue.|vie.|sáb."),
        weekdays_min=_names("do|lu|ma|mi|ju|vi|sá"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "H:mm",
            "H:mm:ss",
            "DD/MM/YYYY",
            "D [de] MMMM [de] YYYY",
            "D [de] MMMM [de] YYYY H:mm",
            "dddd, D [de] MMMM [de] YYYY H:mm",
        ),
        ordinal=suffix("º"),
        day_ordinal=r"\d{1,2}º",
    ),
    "fa": MomentLocale(
        months=_names("ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر"),
        months_short=_names("ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر"),
        weekdays=_names("یک\u200cشنبه|دوشنبه|سه\u200cشنبه|چهارشنبه|پنج\u200cشنبه|جمعه|شنبه"),
        weekdays_short=_names("یک\u200cشنبه|دوشنبه|سه\u200cشنبه|چهارشنبه|پنج\u200cشنبه|جمعه|شنبه"),
        weekdays_min=_names("ی|د|س|چ|پ|ج|ش"),
        week=WeekRule(6, 12),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd, D MMMM YYYY HH:mm",
        ),
        ordinal=suffix("م"),
        day_ordinal=r"\d{1,2}م",
        meridiems=((0, "قبل از ظهر", "قبل از ظهر"), (720, "بعد از ظهر", "بعد از ظهر")),
        digits="۰۱۲۳۴۵۶۷۸۹",
        comma="،",
    ),
    "fi": MomentLocale(
        months=_names(
            "tammikuu|helmikuu|maaliskuu|huhtikuu|toukokuu|kesäkuu|heinäkuu|elokuu|syyskuu|lokakuu|marraskuu|joulukuu"
        ),
        months_short=_names("tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu"),
        weekdays=_names("sunnuntai|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai"),
        weekdays_short=_names("su|ma|ti|ke|to|pe|la"),
        weekdays_min=_names("su|ma|ti|ke|to|pe|la"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH.mm",
            "HH.mm.ss",
            "DD.MM.YYYY",
            "Do MMMM[ta] YYYY",
            "Do MMMM[ta] YYYY, [klo] HH.mm",
            "dddd, Do MMMM[ta] YYYY, [klo] HH.mm",
            ll="Do MMM YYYY",
            lll="Do MMM YYYY, [klo] HH.mm",
            llll="ddd, Do MMM YYYY, [klo] HH.mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "fr": MomentLocale(
        months=_names("janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"),
        months_short=_names("janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc."),
        weekdays=_names("dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi"),
        weekdays_short=_names("dim.|lun.|mar.|mer.|jeu.|ven.|sam."),
        weekdays_min=_names("di|lu|ma|me|je|ve|sa"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd D MMMM YYYY HH:mm",
        ),
        ordinal=french,
        day_ordinal=r"\d{1,2}(er|)",
    ),
    "hi": MomentLocale(
        months=_names(
            "जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर",
            (_AFTER_DAY, "जनवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितम्बर|अक्टूबर|नवम्बर|दिसम्बर"),
        ),
        months_short=_names("जन.|फ़र.|मार्च|अप्रै.|मई|जून|जुल.|अग.|सित.|अक्टू.|नव.|दिस."),
        weekdays=_names("रविवार|सोमवार|मंगलवार|बुधवार|गुरूवार|शुक्रवार|शनिवार"),
        weekdays_short=_names("रवि|सोम|मंगल|बुध|गुरू|शुक्र|शनि"),
        weekdays_min=_names("र|सो|मं|बु|गु|शु|श"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "A h:mm बजे",
            "A h:mm:ss बजे",
            "DD/MM/YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY, A h:mm बजे",
            "dddd, D MMMM YYYY, A h:mm बजे",
        ),
        ordinal=suffix(""),
        day_ordinal=r"\d{1,2}",
        meridiems=(
            (0, "रात", "रात"),
            (240, "सुबह", "सुबह"),
            (600, "दोपहर", "दोपहर"),
            (1020, "शाम", "शाम"),
            (1200, "रात", "रात"),
        ),
        digits="०१२३४५६७८९",
    ),
    "hu": MomentLocale(
        months=_names(
            "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december"
        ),
        months_short=_names("jan.|feb.|márc.|ápr.|máj.|jún.|júl.|aug.|szept.|okt.|nov.|dec."),
        weekdays=_names("vasárnap|hétfő|kedd|szerda|csütörtök|péntek|szombat"),
        weekdays_short=_names("vas|hét|kedd|sze|csüt|pén|szo"),
        weekdays_min=_names("v|h|k|sze|cs|p|szo"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "H:mm",
            "H:mm:ss",
            "YYYY.MM.DD.",
            "YYYY. MMMM D.",
            "YYYY. MMMM D. H:mm",
            "YYYY. MMMM D., dddd H:mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
        meridiems=((0, "DE", "de"), (720, "DU", "du")),
    ),
    "id": MomentLocale(
        months=_names(
            "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
        ),
        months_short=_names("Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agt|Sep|Okt|Nov|Des"),
        weekdays=_names("Minggu|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu"),
        weekdays_short=_names("Min|Sen|Sel|Rab|Kam|Jum|Sab"),
        weekdays_min=_names("Mg|Sn|Sl|Rb|Km|Jm|Sb"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "HH.mm",
            "HH.mm.ss",
            "DD/MM/YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY [pukul] HH.mm",
            "dddd, D MMMM YYYY [pukul] HH.mm",
        ),
        ordinal=suffix(""),
        day_ordinal=r"\d{1,2}",
        meridiems=(
            (0, "pagi", "pagi"),
            (660, "siang", "siang"),
            (900, "sore", "sore"),
            (1140, "malam", "malam"),
        ),
    ),
    "it": MomentLocale(
        months=_names(
            "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
        ),
        months_short=_names("gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic"),
        weekdays=_names("domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"),
        weekdays_short=_names("dom|lun|mar|mer|gio|ven|sab"),
        weekdays_min=_names("do|lu|ma|me|gi|ve|sa"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd D MMMM YYYY HH:mm",
        ),
        ordinal=suffix("º"),
        day_ordinal=r"\d{1,2}º",
    ),
    "ja": MomentLocale(
        months=_names("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
        months_short=_names("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
        weekdays=_names("日曜日|月曜日|火曜日|水曜日|木曜日|金曜日|土曜日"),
        weekdays_short=_names("日|月|火|水|木|金|土"),
        weekdays_min=_names("日|月|火|水|木|金|土"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "YYYY/MM/DD",
            "YYYY年M月D日",
            "YYYY年M月D日 HH:mm",
            "YYYY年M月D日 dddd HH:mm",
            l="YYYY/MM/DD",
            llll="YYYY年M月D日(ddd) HH:mm",
        ),
        ordinal=suffix(D="日", DDD="日", d="日", y="年"),
        day_ordinal=r"\d{1,2}日",
        meridiems=((0, "午前", "午前"), (720, "午後", "午後")),
        eras=_JAPANESE_ERAS,
    ),
    "ko": MomentLocale(
        months=_names("1월|2월|3월|4월|5월|6월|7월|8월|9월|10월|11월|12월"),
        months_short=_names("1월|2월|3월|4월|5월|6월|7월|8월|9월|10월|11월|12월"),
        weekdays=_names("일요일|월요일|화요일|수요일|목요일|금요일|토요일"),
        weekdays_short=_names("일|월|화|수|목|금|토"),
        weekdays_min=_names("일|월|화|수|목|금|토"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "A h:mm",
            "A h:mm:ss",
            "YYYY.MM.DD.",
            "YYYY년 MMMM D일",
            "YYYY년 MMMM D일 A h:mm",
            "YYYY년 MMMM D일 dddd A h:mm",
            l="YYYY.MM.DD.",
            ll="YYYY년 MMMM D일",
            lll="YYYY년 MMMM D일 A h:mm",
            llll="YYYY년 MMMM D일 dddd A h:mm",
        ),
        ordinal=suffix(D="일", DDD="일", d="일", M="월", w="주", W="주"),
        day_ordinal=r"\d{1,2}(일|월|주)",
        meridiems=((0, "오전", "오전"), (720, "오후", "오후")),
    ),
    "nb": MomentLocale(
        months=_names("januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"),
        months_short=_names("jan.|feb.|mars|apr.|mai|juni|juli|aug.|sep.|okt.|nov.|des."),
        weekdays=_names("søndag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag"),
        weekdays_short=_names("sø.|ma.|ti.|on.|to.|fr.|lø."),
        weekdays_min=_names("sø|ma|ti|on|to|fr|lø"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD.MM.YYYY",
            "D. MMMM YYYY",
            "D. MMMM YYYY [kl.] HH:mm",
            "dddd D. MMMM YYYY [kl.] HH:mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "nl": MomentLocale(
        months=_names(
            "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
        ),
        months_short=_names(
            "jan.|feb.|mrt.|apr.|mei|jun.|jul.|aug.|sep.|okt.|nov.|dec.",
            (_BETWEEN_DASHES, "jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec"),
        ),
        weekdays=_names("zondag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag"),
        weekdays_short=_names("zo.|ma.|di.|wo.|do.|vr.|za."),
        weekdays_min=_names("zo|ma|di|wo|do|vr|za"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD-MM-YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd D MMMM YYYY HH:mm",
        ),
        ordinal=dutch,
        day_ordinal=r"\d{1,2}(ste|de)",
    ),
    "pl": MomentLocale(
        months=_names(
            "styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień",
            (
                _DAY_SPACE_MONTH,
                "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
            ),
        ),
        months_short=_names("sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru"),
        weekdays=_names("niedziela|poniedziałek|wtorek|środa|czwartek|piątek|sobota"),
        weekdays_short=_names("ndz|pon|wt|śr|czw|pt|sob"),
        weekdays_min=_names("Nd|Pn|Wt|Śr|Cz|Pt|So"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD.MM.YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd, D MMMM YYYY HH:mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "pt": MomentLocale(
        months=_names(
            "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"
        ),
        months_short=_names("jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez"),
        weekdays=_names("Domingo|Segunda-feira|Terça-feira|Quarta-feira|Quinta-feira|Sexta-feira|Sábado"),
        weekdays_short=_names("Dom|Seg|Ter|Qua|Qui|Sex|Sáb"),
        weekdays_min=_names("Do|2ª|3ª|4ª|5ª|6ª|Sá"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D [de] MMMM [de] YYYY",
            "D [de] MMMM [de] YYYY HH:mm",
            "dddd, D [de] MMMM [de] YYYY HH:mm",
        ),
        ordinal=suffix("º"),
        day_ordinal=r"\d{1,2}º",
    ),
    "pt-br": MomentLocale(
        months=_names(
            "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"
        ),
        months_short=_names("jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez"),
        weekdays=_names("domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado"),
        weekdays_short=_names("dom|seg|ter|qua|qui|sex|sáb"),
        weekdays_min=_names("do|2ª|3ª|4ª|5ª|6ª|sá"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D [de] MMMM [de] YYYY",
            "D [de] MMMM [de] YYYY [às] HH:mm",
            "dddd, D [de] MMMM [de] YYYY [às] HH:mm",
        ),
        ordinal=suffix("º"),
        day_ordinal=r"\d{1,2}º",
    ),
    "ro": MomentLocale(
        months=_names(
            "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie"
        ),
        months_short=_names("ian.|feb.|mart.|apr.|mai|iun.|iul.|aug.|sept.|oct.|nov.|dec."),
        weekdays=_names("duminică|luni|marți|miercuri|joi|vineri|sâmbătă"),
        weekdays_short=_names("Dum|Lun|Mar|Mie|Joi|Vin|Sâm"),
        weekdays_min=_names("Du|Lu|Ma|Mi|Jo|Vi|Sâ"),
        week=WeekRule(1, 7),
        long_formats=_long(
            "H:mm",
            "H:mm:ss",
            "DD.MM.YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY H:mm",
            "dddd, D MMMM YYYY H:mm",
        ),
        ordinal=suffix(""),
        day_ordinal=r"\d{1,2}",
    ),
    "ru": MomentLocale(
        months=_names(
            "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь",
            (_AFTER_DAY, "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"),
        ),
        months_short=_names(
            "янв.|февр.|март|апр.|май|июнь|июль|авг.|сент.|окт.|нояб.|дек.",
            (_AFTER_DAY, "янв.|февр.|мар.|апр.|мая|июня|июля|авг.|сент.|окт.|нояб.|дек."),
        ),
        weekdays=_names(
            "воскресенье|понедельник|вторник|среда|четверг|пятница|суббота",
            (_RU_ACCUSATIVE, "воскресенье|понедельник|вторник|среду|четверг|пятницу|субботу"),
        ),
        weekdays_short=_names("вс|пн|вт|ср|чт|пт|сб"),
        weekdays_min=_names("вс|пн|вт|ср|чт|пт|сб"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "H:mm",
            "H:mm:ss",
            "DD.MM.YYYY",
            "D MMMM YYYY г.",
            "D MMMM YYYY г., H:mm",
            "dddd, D MMMM YYYY г., H:mm",
        ),
        ordinal=suffix(D="-го", DDD="-й", d="-й", M="-й", w="-я", W="-я"),
        day_ordinal=r"\d{1,2}-(й|го|я)",
        meridiems=(
            (0, "ночи", "ночи"),
            (240, "утра", "утра"),
            (720, "дня", "дня"),
            (1020, "вечера", "вечера"),
        ),
    ),
    "sk": MomentLocale(
        months=_names("január|február|marec|apríl|máj|jún|júl|august|september|október|november|december"),
        months_short=_names("jan|feb|mar|apr|máj|jún|júl|aug|sep|okt|nov|dec"),
        weekdays=_names("nedeľa|pondelok|utorok|streda|štvrtok|piatok|sobota"),
        weekdays_short=_names("ne|po|ut|st|št|pi|so"),
        weekdays_min=_names("ne|po|ut|st|št|pi|so"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "H:mm",
            "H:mm:ss",
            "DD.MM.YYYY",
            "D. MMMM YYYY",
            "D. MMMM YYYY H:mm",
            "dddd D. MMMM YYYY H:mm",
        ),
        ordinal=suffix("."),
        day_ordinal=r"\d{1,2}\.",
    ),
    "sv": MomentLocale(
        months=_names(
            "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
        ),
        months_short=_names("jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"),
        weekdays=_names("söndag|måndag|tisdag|onsdag|torsdag|fredag|lördag"),
        weekdays_short=_names("sön|mån|tis|ons|tor|fre|lör"),
        weekdays_min=_names("sö|må|ti|on|to|fr|lö"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "YYYY-MM-DD",
            "D MMMM YYYY",
            "D MMMM YYYY [kl.] HH:mm",
            "dddd D MMMM YYYY [kl.] HH:mm",
            lll="D MMM YYYY HH:mm",
            llll="ddd D MMM YYYY HH:mm",
        ),
        ordinal=swedish,
        day_ordinal=r"\d{1,2}(:e|:a)",
    ),
    "tr": MomentLocale(
        months=_names("Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık"),
        months_short=_names("Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara"),
        weekdays=_names("Pazar|Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi"),
        weekdays_short=_names("Paz|Pzt|Sal|Çar|Per|Cum|Cmt"),
        weekdays_min=_names("Pz|Pt|Sa|Ça|Pe|Cu|Ct"),
        week=WeekRule(1, 7),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD.MM.YYYY",
            "D MMMM YYYY",
            "D MMMM YYYY HH:mm",
            "dddd, D MMMM YYYY HH:mm",
        ),
        ordinal=turkish,
        day_ordinal=r"\d{1,2}",
        meridiems=((0, "ÖÖ", "öö"), (720, "ÖS", "ös")),
    ),
    "uk": MomentLocale(
        months=_names(
            "січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень",
            (
                _AFTER_DAY,
                "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
            ),
        ),
        months_short=_names("січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд"),
        weekdays=_names(
            "неділя|понеділок|вівторок|середа|четвер|п’ятниця|субота",
            (_UK_ACCUSATIVE, "неділю|понеділок|вівторок|середу|четвер|п’ятницю|суботу"),
            (_UK_GENITIVE, "неділі|понеділка|вівторка|середи|четверга|п’ятниці|суботи"),
        ),
        weekdays_short=_names("нд|пн|вт|ср|чт|пт|сб"),
        weekdays_min=_names("нд|пн|вт|ср|чт|пт|сб"),
        week=WeekRule(1, 7),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD.MM.YYYY",
            "D MMMM YYYY р.",
            "D MMMM YYYY р., HH:mm",
            "dddd, D MMMM YYYY р., HH:mm",
        ),
        ordinal=suffix(D="-го", DDD="-й", d="-й", M="-й", w="-й", W="-й"),
        day_ordinal=r"\d{1,2}-(й|го)",
        meridiems=(
            (0, "ночі", "ночі"),
            (240, "ранку", "ранку"),
            (720, "дня", "дня"),
            (1020, "вечора", "вечора"),
        ),
    ),
    "vi": MomentLocale(
        months=_names(
            "tháng 1|tháng 2|tháng 3|tháng 4|tháng 5|tháng 6|tháng 7|tháng 8|tháng 9|tháng 10|tháng 11|tháng 12"
        ),
        months_short=_names(
            "Thg 01|Thg 02|Thg 03|Thg 04|Thg 05|Thg 06|Thg 07|Thg 08|Thg 09|Thg 10|Thg 11|Thg 12"
        ),
        weekdays=_names("chủ nhật|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy"),
        weekdays_short=_names("CN|T2|T3|T4|T5|T6|T7"),
        weekdays_min=_names("CN|T2|T3|T4|T5|T6|T7"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "DD/MM/YYYY",
            "D MMMM [năm] YYYY",
            "D MMMM [năm] YYYY HH:mm",
            "dddd, D MMMM [năm] YYYY HH:mm",
            l="DD/M/YYYY",
            ll="D MMM YYYY",
            lll="D MMM YYYY HH:mm",
            llll="ddd, D MMM YYYY HH:mm",
        ),
        ordinal=suffix(""),
        day_ordinal=r"\d{1,2}",
        meridiems=((0, "SA", "sa"), (720, "CH", "ch")),
    ),
    "zh-cn": MomentLocale(
        months=_names("一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月"),
        months_short=_names("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
        weekdays=_names("星期日|星期一|星期二|星期三|星期四|星期五|星期六"),
        weekdays_short=_names("周日|周一|周二|周三|周四|周五|周六"),
        weekdays_min=_names("日|一|二|三|四|五|六"),
        week=WeekRule(1, 4),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "YYYY/MM/DD",
            "YYYY年M月D日",
            "YYYY年M月D日Ah点mm分",
            "YYYY年M月D日ddddAh点mm分",
            lll="YYYY年M月D日 HH:mm",
            llll="YYYY年M月D日dddd HH:mm",
        ),
        ordinal=suffix(D="日", DDD="日", d="日", M="月", w="周", W="周"),
        day_ordinal=r"\d{1,2}(日|月|周)",
        meridiems=(
            (0, "凌晨", "凌晨"),
            (360, "早上", "早上"),
            (540, "上午", "上午"),
            (690, "中午", "中午"),
            (750, "下午", "下午"),
            (1080, "晚上", "晚上"),
        ),
    ),
    "zh-tw": MomentLocale(
        months=_names("一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月"),
        months_short=_names("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
        weekdays=_names("星期日|星期一|星期二|星期三|星期四|星期五|星期六"),
        weekdays_short=_names("週日|週一|週二|週三|週四|週五|週六"),
        weekdays_min=_names("日|一|二|三|四|五|六"),
        week=WeekRule(0, 6),
        long_formats=_long(
            "HH:mm",
            "HH:mm:ss",
            "YYYY/MM/DD",
            "YYYY年M月D日",
            "YYYY年M月D日 HH:mm",
            "YYYY年M月D日dddd HH:mm",
            llll="YYYY年M月D日dddd HH:mm",
        ),
        ordinal=suffix(D="日", DDD="日", d="日", M="月", w="週", W="週"),
        day_ordinal=r"\d{1,2}(日|月|週)",
        meridiems=(
            (0, "凌晨", "凌晨"),
            (360, "早上", "早上"),
            (540, "上午", "上午"),
            (690, "中午", "中午"),
            (750, "下午", "下午"),
            (1080, "晚上", "晚上"),
        ),
    ),
}

_ALIASES = {"no": "nb", "nn": "nb", "zh": "zh-cn", "en-us": "en"}


@lru_cache(maxsize=64)
def find_locale(code: str) -> MomentLocale:
    """Return the locale for a code such as `de` or `pt-BR`, else that of its language, else English."""
    key = code.strip().lower().replace("_", "-")
    language = key.partition("-")[0]
    candidates = (key, _ALIASES.get(key, ""), language, _ALIASES.get(language, ""), "en")
    return next(LOCALES[name] for name in candidates if name in LOCALES)
