#!/usr/bin/env python3
"""Writes data/world/persons.tsv and data/world/holders.tsv.

usage: tools/import/holders.py [-v] [CORPORA]        (default: shared/corpora beside the checkout; -v: say which positions were left out)

Sources, in this order of trust:
  tools/import/persons-hand.tsv, holders-hand.tsv   written from memory (source `recall`)
  tools/import/successions.tsv                      posts of states whose holders stand there in full: imported ones are not taken
  tools/import/names-ru.tsv                         Russian names of imported persons, written from memory
  kb-officeholders/holders.tsv.xz                   Wikidata statements up to 2022/23 (`wikidata`)
  kb-officeholders/foreign-ministers-2022-*.csv     foreign ministers of all states in 2022 (`wikidata`)
  kb-factbook-leaders/factbook-leaders.tsv.xz       heads of state and government 1990-2025 (`factbook`)
Only bare facts are taken: names, posts, dates, Wikidata ids. The output depends on the inputs alone.

A tenure written by hand replaces every imported tenure of the same person, post and state, a succession written in full
all of its post and state. An open tenure of an imported single-holder post ends where the next one begins; where nothing
tells the end it is `..` (unknown). Where the sources disagree, tools/import/disagreements.txt says so.
"""
import csv
import difflib
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tables import rows  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
WORLD, HERE = ROOT / "data" / "world", Path(__file__).resolve().parent
ARGS = [a for a in sys.argv[1:] if a != "-v"]
CORPORA = Path(ARGS[0]) if ARGS else ROOT.parent / "shared" / "corpora"
LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "Đ": "D", "Ł": "L", "Ø": "O", "æ": "ae", "Æ": "Ae",
                         "ß": "ss", "ð": "d", "þ": "th", "ə": "a", "Ə": "A", "’": "'", "ʻ": "'", "‘": "'"})
MONTHS = {m: i + 1 for i, m in enumerate("january february march april may june july august september october november december".split())}
def plain(name):
    """Without accents and special letters."""
    name = unicodedata.normalize("NFKD", name.translate(LETTERS).replace("–", "-").replace("`", "'").replace("ʿ", "'"))
    return "".join(c for c in name if not unicodedata.combining(c))


def fold(name):
    return re.sub(r"[^a-z0-9]+", " ", plain(name).lower().replace("'", "")).strip()


def slug(name):
    return "h-" + fold(name).replace(" ", "-")


def full(date):
    """First day that an EDTF date covers, for comparisons."""
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def days(date):
    y, m, d = (int(x) for x in full(date).split("-"))
    return y * 365 + m * 30 + d


# ---------------------------------------------------------------- states, posts

STATES = {}
for r in rows(WORLD / "states.tsv"):
    for n in [r["name_en"], *r["also_en"].split(";")]:
        if n:
            STATES.setdefault(fold(n), r["id"])
STATE_IDS = set(STATES.values())
for n, i in {"Czech Republic": "cz", "North Macedonia": "mk", "Macedonia": "mk", "Palestine": "ps", "Kosovo": "xk", "South Korea": "kr",
             "North Korea": "kp", "Burma": "mm", "Ivory Coast": "ci", "Eswatini": "sz", "Swaziland": "sz", "Cape Verde": "cv",
             "United Nations": "b-un", "International Court of Justice": "b-icj", "OSCE": "b-osce", "Council of Europe": "b-council-of-europe",
             "World Trade Organization": "b-wto", "Arab League": "b-arab-league"}.items():
    STATES[fold(n)] = i
WAYS = {}
for r in rows(WORLD / "portfolios.tsv"):
    post = {"foreign": "o-fm", "defence": "o-defmin", "external": "o-extmin"}.get(r["id"], "o-min-" + r["id"])
    for w in [r["name_en"], *r["ways_en"].split(";")]:
        WAYS.setdefault(fold(w), post)
POSTS = {r["id"]: r for r in rows(WORLD / "posts.tsv")}



def single(post):
    """Has the post one holder at a time?"""
    return POSTS[post]["single"] == "y" and post != "o-ambassador"


EXACT = {
    "president": "o-president", "prime minister": "o-pm", "vice president": "o-vp", "deputy prime minister": "o-deputy-pm",
    "vice premier": "o-deputy-pm", "vice premier of the state council": "o-deputy-pm", "first deputy prime minister": "o-first-deputy-pm",
    "chief of the general staff": "o-chief-general-staff", "chief of general staff": "o-chief-general-staff", "head of the general staff": "o-chief-general-staff",
    "chief of the defence staff": "o-chief-general-staff", "chief of defence": "o-chief-general-staff", "premier": "o-pm",
    "chief of the general staff of the armed forces": "o-chief-general-staff", "chairman of the joint chiefs of staff": "o-jcs-chair",
    "president of the senate": "o-senate-speaker", "speaker of the senate": "o-senate-speaker", "chairman of the senate": "o-senate-speaker",
    "president of the chamber of deputies": "o-lower-speaker", "speaker of the house of representatives": "o-lower-speaker",
    "speaker of the house of commons": "o-lower-speaker", "president of the national assembly": "o-speaker", "president of the federal council": "o-upper-speaker",
    "speaker of the national assembly": "o-speaker", "speaker of the parliament": "o-speaker", "speaker of parliament": "o-speaker",
    "president of the parliament": "o-speaker", "chairman of the national assembly": "o-speaker", "chairperson of the national assembly": "o-speaker",
    "chairperson of the parliament": "o-speaker", "president of the moldovan parliament": "o-speaker", "speaker of the seimas": "o-speaker",
    "marshal of the sejm": "o-speaker", "speaker of the supreme council": "o-speaker", "speaker of the knesset": "o-knesset-speaker",
    "speaker of the assembly": "o-speaker", "chairman of the assembly": "o-speaker", "chairman of the verkhovna rada": "o-rada-speaker",
    "chairman of the presidency": "o-presidency-chair", "federal chancellor": "o-chancellor", "chancellor": "o-chancellor",
    "vice chancellor": "o-vice-chancellor", "first lady": "o-first-lady", "supreme leader": "o-supreme-leader", "king": "o-king",
    "governor of the central bank": "o-central-bank-governor", "governor of the national bank": "o-central-bank-governor",
    "president of the central bank": "o-central-bank-governor", "national security advisor": "o-nsa", "national security adviser": "o-nsa",
    "deputy national security advisor": "o-dep-nsa", "head of the presidential administration": "o-head-pres-admin",
    "first deputy head of the presidential administration": "o-first-dep-head-pres-admin", "government spokesperson": "o-govt-spokesman",
    "white house press secretary": "o-wh-press-sec", "white house chief of staff": "o-chief-of-staff", "chief cabinet secretary": "o-chief-cabinet-secretary",
    "director of the cia": "o-cia-director", "director of national intelligence": "o-spy-chief", "state councilor": "o-state-councilor",
    "secretary of state": "o-us-secstate", "deputy secretary of state": "o-us-dep-secstate", "secretary of defence": "o-us-secdef",
    "deputy secretary of defence": "o-us-dep-secdef", "secretary of the treasury": "o-us-treasury", "secretary of commerce": "o-us-commerce",
    "secretary of energy": "o-us-energy", "secretary of homeland security": "o-us-homeland", "secretary of the interior": "o-us-interior",
    "secretary of state for foreign and commonwealth affairs": "o-gb-foresec", "secretary of state for foreign commonwealth and development affairs": "o-gb-foresec",
    "secretary of state for defence": "o-gb-defsec", "secretary of state for the home department": "o-home-secretary",
    "secretary of state for international development": "o-dev-secretary", "chancellor of the exchequer": "o-chancellor-exchequer",
    "chief secretary to the treasury": "o-secretary-treasury-gb", "member of the federal council": "o-conseil-federal",
    "chairman of the cabinet of ministers prime minister": "o-pm", "chairman of the council of ministers": "o-pm",
    "chief of the cabinet of ministers": "o-pm", "deputy chairman of the cabinet of ministers": "o-deputy-pm",
    "secretary general of the united nations": "o-un-secgen", "president of the united nations general assembly": "o-unga-president",
    "deputy secretary general of the united nations": "o-un-dep-secgen", "permanent representative to nato": "o-perm-rep-nato",
    "president of the parliamentary assembly of the council of europe": "o-pace-president", "high commissioner on national minorities": "o-hcnm",
    "director general of the world trade organization": "o-director-general", "deputy minister of foreign affairs": "o-dep-fm",
    "deputy minister of defence": "o-dep-defmin", "first deputy minister of foreign affairs": "o-first-dep-fm", "foreign secretary": "o-foreign-secretary",
    "crown prince": "o-crown-prince", "member of the presidency": "o-presidency-member", "head of the security service": "o-security-service-head",
    "speaker of the state great khural": "o-khural-speaker", "minister of external affairs": "o-extmin", "prosecutor general": "o-attorney-general",
    "attorney general": "o-attorney-general", "commander in chief of the armed forces": "o-commander-in-chief", "minister of state": "o-minister-state",
    "minister without portfolio": "o-minister-state", "state secretary": "o-state-secretary", "cabinet secretary": "o-cabinet-secretary",
    "deputy speaker of the parliament": "o-vice-speaker", "counselor to the president": "o-presidential-adviser", "senior advisor to the president": "o-presidential-adviser",
    "special advisor to the president": "o-presidential-adviser", "trade representative": "o-ustr", "commander in chief": "o-commander-in-chief",
    "president of the european commission": "o-ec-president", "emir": "o-emir", "president of republika srpska": "o-regional-head",
    "chairman of the state council": "o-state-council-president", "leader of the opposition": "o-opposition-leader", "treasurer": "o-min-finance",
}
US_ONLY = {"o-us-secstate", "o-us-secdef", "o-us-treasury", "o-us-commerce", "o-us-energy", "o-us-interior", "o-us-dep-secstate", "o-us-homeland", "o-us-dep-secdef"}
BODY_POST = {"o-un-secgen": "b-un", "o-un-dep-secgen": "b-un", "o-unga-president": "b-unga", "o-pace-president": "b-pace", "o-hcnm": "b-osce",
             "o-knesset-speaker": "b-knesset", "o-rada-speaker": "b-verkhovna-rada", "o-cia-director": "b-cia", "o-khural-speaker": "b-great-khural",
             "o-ec-president": "b-european-commission"}


def post_of(state, title):
    """(post, of) of a Wikidata position title, or None where the post is of no use here."""
    t = fold(title)
    if re.match(r"(ambassador|high commissioner) (to|of)\b|apostolic nuncio", t):
        if "united nations" in t:
            return "o-perm-rep-un", state
        if "european union" in t:
            return "o-perm-rep-eu", state
        return "o-ambassador", state
    if "united nations" in t and re.match(r"(permanent representative|ambassador)", t):
        return "o-perm-rep-un", state
    if t.startswith("permanent representative to the european union"):
        return "o-perm-rep-eu", state
    if t in EXACT:
        post = EXACT[t]
        if post in US_ONLY and state != "us":
            return ("o-state-secretary", state) if post == "o-us-secstate" else None
        if state.startswith("b-") and post == "o-president":
            return "o-body-president", state
        return post, BODY_POST.get(post, state)
    t = re.sub(r"^(federal|union|state|cabinet) minister", "minister", t)
    if state == "us" and t.startswith("assistant secretary of state"):
        return "o-us-asst-secstate", state
    if state == "us" and t.startswith("under secretary of state"):
        return "o-us-under-secstate", state
    if t.startswith("minister of state for ") or t.startswith("parliamentary under secretary"):
        return ("o-gb-undersec" if t.startswith("parl") else "o-minister-state"), state
    if t.startswith(("prime minister of ", "president of ")) and fold(t.split(" of ", 1)[1]) in STATES and STATES[fold(t.split(" of ", 1)[1])] == state:
        return ("o-pm" if t.startswith("prime") else "o-president"), state
    m = re.match(r"(deputy |first deputy |vice )?minister (?:of|for) (?:the )?(.+)", t)
    if m:
        post = WAYS.get(m.group(2)) or WAYS.get("the " + m.group(2))
        if not post:
            for cut in (" and ", " "):
                head = m.group(2).split(cut)[0]
                if head in WAYS and cut == " and ":
                    post = WAYS[head]
                    break
        if m.group(1):
            return ({"o-fm": "o-dep-fm", "o-defmin": "o-dep-defmin"}.get(post, "o-deputy-minister"), state)
        if post:
            return post, state
    return None


def seat_of(title):
    """The state or body at which an ambassador serves; "" where the title does not say."""
    m = re.match(r"(?:ambassador|high commissioner|permanent representative|apostolic nuncio).*? (?:to|in) (?:the )?(.+)", fold(title))
    if not m:
        return ""
    seat = re.sub(r" (?:in |at )?(?:geneva|vienna|new york)$", "", m.group(1))
    return SEATS.get(seat) or STATES.get(seat) or STATES.get("the " + seat, "")


SEATS = {"united states of america": "us", "people s republic of china": "cn", "peoples republic of china": "cn", "phillipines": "ph", "european union": "b-eu", "nato": "b-nato",
         "democratic republic of the congo": "cd", "republic of the congo": "cg", "republic of korea": "kr", "russian federation": "ru", "holy see": "va",
         "cote d ivoire": "ci", "republic of ireland": "ie", "council of europe": "b-council-of-europe", "unesco": "b-unesco", "oecd": "b-oecd"}


# ---------------------------------------------------------------- the store of people and tenures

PEOPLE = {}                                  # id -> row
BY_NAME = defaultdict(list)                  # folded name -> ids
BY_QID = {}
TENURES = []                                 # [person, post, of, from, to, source, open-in-source, at]
OFS = defaultdict(set)                       # person -> states and bodies served
HAND = set()                                 # (person, post, of, at) written by hand
WHOLE = set()                                # (post, of) whose holders are all written by hand
DISAGREE = []                                # what the sources say of a succession that the hand-written one does not


def add_person(row):
    PEOPLE[row["id"]] = row
    for n in [row["name_en"], *row["also_en"].split(";")]:
        if n:
            BY_NAME[fold(n)].append(row["id"])
    if row["wikidata"]:
        BY_QID[row["wikidata"]] = row["id"]


def also(pid, name):
    row = PEOPLE[pid]
    have = [row["name_en"], *[x for x in row["also_en"].split(";") if x]]
    if name not in have and name not in plain(" ; ".join(have)):
        row["also_en"] = ";".join([*have[1:], name])
    BY_NAME[fold(name)].append(pid)


COMMON = set("mohammed mohammad muhammad mohamed mahmoud ahmed ahmad abdul abdel abdullah hassan hussein sheikh john jose juan carlos maria "
             "bin ibn al el van von der den the of michael david peter jean pierre sergei sergey nikolai alexander vladimir mikhail george james thomas nahyan maktoum".split())


def alike(a, b):
    """Spellings of one name, for two holders of one post from one day on? A later word nearly the same, or all words in any order."""
    a, b = fold(a).split(), fold(b).split()
    near = lambda x, y: difflib.SequenceMatcher(None, x, y).ratio()
    return (near(" ".join(sorted(a)), " ".join(sorted(b))) >= 0.72
            or any(near(x, y) >= 0.75 for x in a[1:] for y in b[1:] if len(x) > 2 and len(y) > 2 and not {x, y} & COMMON))


def find(name, state, qid="", post="", start=""):
    """The person already known by this id, name or tenure; else None."""
    if qid and qid in BY_QID:
        return BY_QID[qid]
    for pid in dict.fromkeys(BY_NAME.get(fold(name), [])):
        row = PEOPLE[pid]
        if qid and row["wikidata"] and row["wikidata"] != qid:
            continue
        if row["state"] == state or state in OFS[pid] or state.startswith("b-") or (row["source"] == "recall" and any(o.startswith("b-") for o in OFS[pid])):
            return pid
    if post and start:
        for t in INDEX[post, state]:
            if abs(days(t[3]) - days(start)) <= 31 and alike(PEOPLE[t[0]]["name_en"], name):
                if not (qid and PEOPLE[t[0]]["wikidata"] and PEOPLE[t[0]]["wikidata"] != qid):
                    return t[0]
    return None


INDEX = defaultdict(list)                    # (post, of) -> tenures


def add_tenure(pid, post, of, start, end, source, is_open=False, at=""):
    t = [pid, post, of, start, end, source, is_open, at]
    TENURES.append(t)
    INDEX[post, of].append(t)
    OFS[pid].add(of)


def person(name, state, qid, source, post="", start=""):
    pid = find(name, state, qid, post, start)
    usual = plain(name)
    if pid:
        if qid and not PEOPLE[pid]["wikidata"]:
            PEOPLE[pid]["wikidata"] = qid
            BY_QID[qid] = pid
        if fold(name) not in {fold(x) for x in [PEOPLE[pid]["name_en"], *PEOPLE[pid]["also_en"].split(";")]}:
            also(pid, usual)
        return pid
    pid = slug(name)
    if pid in PEOPLE:
        pid += "-" + state
    n = 2
    while pid in PEOPLE:
        pid = f"{slug(name)}-{state}-{n}"
        n += 1
    add_person({"id": pid, "name_en": usual, "also_en": name if name != usual else "", "name_ru": "", "also_ru": "", "gender": "",
                "state": "" if state.startswith("b-") else state, "known": "", "wikidata": qid, "source": source})
    return pid


# ---------------------------------------------------------------- hand-written rows

for r in rows(HERE / "persons-hand.tsv"):
    add_person(r)
for r in rows(HERE / "holders-hand.tsv"):
    if r["person"] not in PEOPLE:
        sys.exit(f"holders-hand.tsv: no person {r['person']}")
    add_tenure(r["person"], r["post"], r["of"], r["from"], r["to"], "recall", at=r["at"])
    HAND.add((r["person"], r["post"], r["of"], r["at"]))
for r in rows(HERE / "successions.tsv"):
    WHOLE.add((r["post"], r["of"]))


def whole(pid, name, post, of, start, source):
    """Is the succession written by hand in full? Then the imported tenure is not taken; one that it lacks is noted."""
    if (post, of) not in WHOLE:
        return False
    on = days(start)
    near = [t for t in INDEX[post, of] if days(t[3]) - 62 <= on and (t[4] in ("", "..") or on <= days(t[4]) + 62)]
    if full(start) >= "1990" and not any(t[0] == pid or alike(PEOPLE[t[0]]["name_en"], name) for t in near):
        there = ", ".join(PEOPLE[t[0]]["name_en"] for t in near) or "nobody"
        DISAGREE.append(f"{of}\t{post}\t{start}\t{source} has {name}, we have {there}")
    return True



# ---------------------------------------------------------------- Wikidata

dropped = Counter()
with lzma.open(CORPORA / "kb-officeholders" / "holders.tsv.xz", "rt", encoding="utf-8") as f:
    table = sorted(csv.DictReader(f, delimiter="\t"), key=lambda r: (r["state"], r["start"], r["position"], r["person"], r["person_wikidata"]))
for r in table:                              # first whom the hand-written rows mean, by any one of their tenures
    state, qid = STATES.get(fold(r["state"])), r["person_wikidata"]
    where = post_of(state, r["position"]) if state else None
    if not where or not qid or qid in BY_QID or not re.fullmatch(r"\d{4}-\d\d-\d\d", r["start"]):
        continue
    for t in INDEX[where]:
        if t[5] == "recall" and abs(days(t[3]) - days(r["start"])) <= 31 and alike(PEOPLE[t[0]]["name_en"], r["person"]) and not PEOPLE[t[0]]["wikidata"]:
            PEOPLE[t[0]]["wikidata"] = qid
            BY_QID[qid] = t[0]
            break
for r in table:
    state = STATES.get(fold(r["state"]))
    name = re.sub(r"\s*\(.*?\)", "", r["person"]).strip().replace("\t", " ")
    where = post_of(state, r["position"]) if state else None
    start, end = r["start"].rstrip("s"), r["end"].rstrip("s")
    if not where or not re.fullmatch(r"[A-Za-z .'\-]+", plain(name)) or re.fullmatch(r"Q\d+", name) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", start):
        dropped[r["position"] if state else "?" + r["state"]] += 1
        continue
    post, of = where
    seat = seat_of(r["position"]) if post in ("o-ambassador", "o-high-commissioner-state") else ""
    if state == "in" and post == "o-fm":     # the corpus files the Foreign Secretary, a civil servant, under this name
        post = "o-foreign-secretary"
    pid = person(name, state, r["person_wikidata"], "wikidata", post, start)
    if (pid, post, of, seat) in HAND or (post == "o-extmin" and (pid, "o-fm", of, "") in HAND) or whole(pid, name, post, of, start, "wikidata"):
        continue
    if end and full(end) < full(start):
        continue
    add_tenure(pid, post, of, start, end or "..", "wikidata", not end, seat)
    if post == "o-extmin" and ("o-fm", of) not in WHOLE:
        add_tenure(pid, "o-fm", of, start, end or "..", "wikidata", not end)

for name in ("foreign-ministers-2022-wikidata.csv", "foreign-ministers-2022-enwiki.csv"):
    for r in csv.DictReader((CORPORA / "kb-officeholders" / name).read_text(encoding="utf-8").splitlines()):
        qid, who = (r["person"], r["name"]) if r["person"].startswith("Q") else ("", r["person"])
        state = STATES.get(fold(r["countryLabel"]))
        start = r["start"][:10]
        if not state or state in ("us", "gb") or not re.fullmatch(r"[A-Za-z .'\-]+", plain(who)) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", start):
            continue
        qid = qid if re.fullmatch(r"Q\d+", qid) else ""
        pid = person(who, state, qid, "wikidata", "o-fm", start)
        if (pid, "o-fm", state, "") in HAND or whole(pid, who, "o-fm", state, start, "wikidata") or any(t[0] == pid and t[1] == "o-fm" for t in INDEX["o-fm", state]):
            continue
        add_tenure(pid, "o-fm", state, start, "..", "wikidata", True)

# ---------------------------------------------------------------- CIA World Factbook

TITLES = [("vice president and prime minister", "o-pm"), ("prime minister and vice president", "o-pm"), ("first deputy prime minister", "o-first-deputy-pm"),
          ("deputy prime minister", "o-deputy-pm"), ("first vice president", "o-first-vp"), ("vice president", "o-vp"), ("prime minister", "o-pm"),
          ("premier", "o-pm"), ("president", "o-president"), ("king", "o-king"), ("queen", "o-queen"), ("amir", "o-emir"), ("sultan", "o-sultan"),
          ("emperor", "o-emperor"), ("grand duke", "o-grand-duke"), ("chancellor", "o-chancellor"), ("governor general", "o-governor-general"),
          ("governor-general", "o-governor-general"), ("supreme leader", "o-supreme-leader"), ("taoiseach", "o-pm"), ("prince", "o-prince"),
          ("pope", "o-pope"), ("chief executive", "o-chief-executive")]
HONOUR = re.compile(r"^(?:(?:and prime minister|and sultan|and|the|dr|gen|lt|col|maj|brig|sir|dame|sheikh|shaykh|field marshal|marshal|lieutenant|major|general|colonel|"
                    r"crown prince|prince|hojjat ol-eslam|ayatollah|acting|interim|transitional|dasho|lyonchen|tuilaepa|alhaji|el hadj|ret|capt|captain|cdr|commander|"
                    r"mr|mrs|ms|he|transition)\.?\s+)+", re.I)
DATE = re.compile(r"\(since\s+(?:NA\s+)?(?:(\d{1,2})\s+)?(?:([A-Z][a-z]+)\s+)?(\d{4})")


def usual(name, state):
    """"Nursultan A. NAZARBAYEV" -> "Nursultan Nazarbayev"."""
    name = re.sub(r"\(.*?\)|\"[^\"]*\"", " ", name)
    name = re.split(r" also (?:spelled|known)\b| - ", name)[0]
    name = re.sub(r"^\s*(?:of the (?:Swiss Confederation|Republic|Union)|and (?:Prime Minister|Vice President)|Vice President)\s+", "", name)
    name = HONOUR.sub("", name.strip())
    words = [w for w in name.replace(",", " ").split() if not re.fullmatch(r"[A-Z]\.|Jr\.?|Sr\.?", w)]
    if state in ("ru", "by", "ua", "kz", "kg", "uz", "tj", "tm", "az", "am", "md", "ge"):
        words = [w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and re.search(r"(vich|vna|uly|ogly|oglu|ovych|vych|yevich|ich)$", w))]
    out = []
    for w in words:
        if len(w) > 1 and w.upper() == w and re.search("[A-Z]", w):
            w = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), w)
            w = re.sub(r"^Mc(\w)", lambda m: "Mc" + m.group(1).upper(), w)
            w = re.sub(r"(?<=['’])S\b", "s", w)
        out.append(w)
    return plain(" ".join(out)).strip(" .-*'`")


facts = {}                                   # (state, post, name, since) -> [since, last year seen]
with lzma.open(CORPORA / "kb-factbook-leaders" / "factbook-leaders.tsv.xz", "rt", encoding="utf-8") as f:
    for r in csv.DictReader(f, delimiter="\t"):
        if r["field"] not in ("Executive branch", "Leaders") or r["iso2"].lower() not in STATE_IDS:
            continue
        state = r["iso2"].lower()
        if STATES.get(fold(r["country"]), state) != state or r["country"] in ("Guernsey", "Jersey", "Isle of Man", "Puerto Rico", "Guam"):
            continue
        if state in ("gb", "us", "fr", "nl", "dk", "nz", "au", "no") and STATES.get(fold(r["country"])) != state:
            continue
        text = re.split(r"cabinet:|elections:|election results:|Cabinet:|Elections:", r["text"])[0]
        for m in DATE.finditer(text):
            before = re.split(r"[;:)]|\brepresented by\b", text[:m.start()])[-1].strip(" ,")
            low = re.sub(r"^(interim|acting|transitional|executive|federal|co-|de facto)\s+", "", before.lower())
            skip = len(before) - len(low)
            for title, post in TITLES:
                if low.startswith(title + " "):
                    name = before[skip + len(title):].strip()
                    break
            else:
                continue
            if not re.search(r"\b[A-Z][A-Z'’-]{2,}", name) or "," in name.strip(",") or len(name) > 60:
                continue
            name = usual(name, state)
            if len(name.split()) < 2 and post not in ("o-king", "o-queen", "o-emir", "o-emperor", "o-pope", "o-sultan"):
                continue
            if len(name.split()) > 6 or not re.fullmatch(r"[A-Za-z .'`-]+", name):
                continue
            day, month, year = m.groups()
            month = MONTHS.get((month or "").lower())
            since = year + (f"-{month:02d}" if month else "") + (f"-{int(day):02d}" if month and day and 0 < int(day) < 32 else "")
            fact = facts.setdefault((state, post, name, since), [since, int(r["year"])])
            fact[1] = max(fact[1], int(r["year"]))
for (state, post, name, since), (_, last) in sorted(facts.items(), key=lambda x: (x[0][0], x[0][1], full(x[0][3]), -len(x[0][3]), x[0][2])):
    known = INDEX[post, state]
    if (post, state) in WHOLE:
        whole("", name, post, state, since, "factbook")
        continue
    if state == "us" and post in ("o-deputy-pm",) or int(since[:4]) < 1940:
        continue
    # the same tenure already there under another spelling, or someone else on good authority
    same = [t for t in known if abs(days(t[3]) - days(since)) <= 60]
    if same:
        for t in same:
            if alike(PEOPLE[t[0]]["name_en"], name) and fold(name) not in BY_NAME and t[5] != "recall":
                also(t[0], name)
            if last >= 2025 and t[4] == ".." and t[5] != "recall" and alike(PEOPLE[t[0]]["name_en"], name):
                t[4], t[6] = "", False
        continue
    middle = days(since) + 45
    if any(t[5] != "factbook" and days(t[3]) <= middle and (t[4] in ("", "..") and not t[6] or t[4] not in ("", "..") and days(t[4]) >= middle) for t in known):
        continue
    pid = person(name, state, "", "factbook", post, since)
    before = max((t for t in known if full(t[3]) <= full(since)), key=lambda t: full(t[3]), default=None)
    if (pid, post, state, "") in HAND or before and before[0] == pid and single(post) or not single(post) and any(t[0] == pid for t in known):
        if before and before[0] == pid and before[5] == "factbook" and last >= 2025:
            before[4], before[6] = "", False
        continue
    add_tenure(pid, post, state, since, "" if last >= 2025 else "..", "factbook", last < 2025)

# ---------------------------------------------------------------- one person under two names

def same_name(a, b):
    """Is one name the other with words left out ("Sebastian Pinera Echenique"), or written a little otherwise?"""
    x, y = set(fold(a).split()), set(fold(b).split())
    return (len(x & y) >= 2 and (x <= y or y <= x)) or difflib.SequenceMatcher(None, fold(a), fold(b)).ratio() >= 0.85


def covers(t):
    """The days of a tenure, as far as the sources tell."""
    start = days(t[3])
    return start, days(t[4]) if t[4] not in ("", "..") else start + 5 * 365


def one_person(a, b):
    """Do two holders of one post at one time have one name?"""
    x, y = PEOPLE[a[0]], PEOPLE[b[0]]
    if a[0] == b[0] or (x["wikidata"] and y["wikidata"] and x["wikidata"] != y["wikidata"]) or not same_name(x["name_en"], y["name_en"]):
        return False
    v, w = set(fold(x["name_en"]).split()), set(fold(y["name_en"]).split())
    if a[5] == b[5] == "factbook" and (v <= w or w <= v):
        return True
    (f, t), (g, u) = covers(a), covers(b)
    return abs(f - g) <= 62 or (min(t, u) - max(f, g)) * 2 > min(t - f, u - g)


MERGED = {}
TRUST = {"recall": 0, "wikidata": 1, "factbook": 2}
for known in list(INDEX.values()):
    for a in known:
        for b in known:
            if TRUST[PEOPLE[a[0]]["source"]] <= TRUST[PEOPLE[b[0]]["source"]] and PEOPLE[b[0]]["source"] != "recall" and one_person(a, b):
                keep, drop = (a[0], b[0]) if (TRUST[PEOPLE[a[0]]["source"]], a[0]) < (TRUST[PEOPLE[b[0]]["source"]], b[0]) else (b[0], a[0])
                while keep in MERGED:
                    keep = MERGED[keep]
                if keep != drop and drop not in MERGED:
                    MERGED[drop] = keep
for drop, keep in MERGED.items():
    while keep in MERGED:
        keep = MERGED[keep]
    also(keep, PEOPLE[drop]["name_en"])
    PEOPLE[keep]["wikidata"] = PEOPLE[keep]["wikidata"] or PEOPLE[drop]["wikidata"]
    for t in TENURES:
        if t[0] == drop:
            t[0] = keep
told = set()                                 # what is now told twice is told once, by the better source
for known in INDEX.values():
    known.sort(key=lambda t: TRUST[t[5]])
    for i, a in enumerate(known):
        for b in known[:i]:
            (f, t), (g, u) = covers(a), covers(b)
            if a[0] == b[0] and a[7] == b[7] and a[5] != b[5] and f < u and g < t:
                told.add(id(a))
TENURES[:] = [t for t in TENURES if id(t) not in told]

# ---------------------------------------------------------------- ends of open tenures, then out

for (post, of), known in INDEX.items():
    if not single(post):
        continue
    known.sort(key=lambda t: (full(t[3]), t[0]))
    for t, later in zip(known, known[1:]):
        if t[6] and later[0] != t[0] and full(later[3]) > full(t[3]):
            t[4] = later[3]
        elif t[5] == "factbook" and t[4] == "" and later[0] != t[0] and full(later[3]) > full(t[3]):
            t[4] = later[3]

unique = {}
for t in TENURES:
    if t[1] not in POSTS:
        sys.exit(f"holders.py: no post {t[1]}")
    unique.setdefault((t[0], t[1], t[2], t[7], t[3]), t)
out = sorted(unique.values(), key=lambda t: (t[0], full(t[3]), t[1], t[2], t[7]))
with open(WORLD / "holders.tsv", "w", encoding="utf-8") as f:
    f.write("#! holders 1\n#: person\tpost\tof\tat\tfrom\tto\tsource\n")
    f.writelines("\t".join([*t[:3], t[7], *t[3:6]]) + "\n" for t in out)
unused = 0
for r in rows(HERE / "names-ru.tsv"):
    p = PEOPLE.get(r["id"])
    if not p or p["name_ru"]:
        unused += 1
        continue
    p["name_ru"], p["also_ru"], p["gender"] = r["name_ru"], r["also_ru"], p["gender"] or r["gender"]
with open(HERE / "disagreements.txt", "w", encoding="utf-8") as f:
    f.write("# Tenures of the imported sources that the successions written by hand do not have; made by holders.py.\n")
    f.writelines(x + "\n" for x in sorted(set(DISAGREE)))
with open(WORLD / "persons.tsv", "w", encoding="utf-8") as f:
    cols = "id name_en also_en name_ru also_ru gender state known wikidata source".split()
    f.write("#! persons 1\n#: " + "\t".join(cols) + "\n")
    served = {t[0] for t in out}
    kept = [p for p in sorted(PEOPLE) if p in served or PEOPLE[p]["source"] == "recall"]
    for pid in kept:
        row = PEOPLE[pid]
        row["also_en"] = ";".join(dict.fromkeys(x for x in row["also_en"].split(";") if x and x != row["name_en"]))
        f.write("\t".join(row[c] for c in cols) + "\n")
print(f"{len(kept)} persons, {len(out)} tenures; {sum(dropped.values())} rows of holders.tsv left out; "
      f"{len(set(DISAGREE))} disagreements, {len(MERGED)} persons merged, {unused} Russian names not used, {sum(not PEOPLE[p]['name_ru'] for p in kept)} persons without one", file=sys.stderr)
if "-v" in sys.argv:
    print(dropped.most_common(80), file=sys.stderr)
