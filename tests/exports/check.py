"""Reads the exports of happenings.jsonl with readers that are not ours. usage: check.py HAPPENINGS FOLDER DATA"""
import csv, datetime, io, json, os, re, sys, traceback

SOURCE, FOLDER, DATA = sys.argv[1:]
GIVEN = [h for h in map(json.loads, open(SOURCE, encoding="utf-8")) if h.get("id")]
BY_ID = {h["id"]: h for h in GIVEN}
CHECKS = []


def check(name):
    def keep(f):
        CHECKS.append((name, f))
        return f
    return keep


def text(name):
    return open(os.path.join(FOLDER, name), encoding="utf-8", newline="").read()


def same(got, want):
    assert got == want, f"got {got!r}, not {want!r}"


class Skip(Exception):
    pass


def package(name):
    try:
        return __import__(name)
    except ImportError:
        raise Skip(f"no Python package {name}")


def schema(name):
    return json.load(open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8"))


def valid(instance, name):
    jsonschema = package("jsonschema")
    validator = jsonschema.Draft7Validator(schema(name))
    jsonschema.Draft7Validator.check_schema(validator.schema)
    for fault in validator.iter_errors(instance):
        raise AssertionError(f"{list(fault.absolute_path)}: {fault.message[:200]}")


# ---- JSON Lines ----

@check("JSON Lines: every happening, as it is")
def _():
    lines = text("jsonl").split("\n")
    same(lines.pop(), "")
    same([json.loads(line) for line in lines], GIVEN)


# ---- GeoJSON ----

@check("GeoJSON: as RFC 7946 has it")
def _():
    valid(json.loads(text("geojson")), "geojson.schema.json")


@check("GeoJSON: a feature a happening; points in the right order of axes")
def _():
    features = json.loads(text("geojson"))["features"]
    same([f["id"] for f in features], [h["id"] for h in GIVEN])
    by_id = {f["id"]: f for f in features}
    same(by_id["h-000000000000001"]["geometry"]["coordinates"], [71.43, 51.13])
    lon, lat = by_id["h-000000000000007"]["geometry"]["coordinates"]
    assert 116 < lon < 117 and 39 < lat < 41, (lon, lat)
    same(by_id["h-000000000000004"]["geometry"], None)
    same(by_id["h-000000000000007"]["properties"]["last_day"], "2019-10-31")
    same(by_id["h-00000000000000b"]["properties"]["last_day"], None)


# ---- Popolo ----

@check("Popolo: as its schemas have it")
def _():
    valid(json.loads(text("popolo")), "popolo.schema.json")


@check("Popolo: ids are unique and lead somewhere; everybody named is there once")
def _():
    all_ = json.loads(text("popolo"))
    ids = {k: [o["id"] for o in v] for k, v in all_.items()}
    for k, v in ids.items():
        same(len(set(v)), len(v))
    for m in all_["memberships"]:
        assert m["person_id"] in ids["persons"] and m["organization_id"] in ids["organizations"], m
        assert "post_id" not in m or m["post_id"] in ids["posts"], m
    for p in all_["posts"]:
        assert p["organization_id"] in ids["organizations"], p
    for o in all_["organizations"]:
        assert "parent_id" not in o or o["parent_id"] in ids["organizations"], o
    named = {p["name"] for h in GIVEN for p in h["participants"] if isinstance(p, dict) and p["type"] == "person"}
    have = {n for o in all_["persons"] for n in [o["name"]] + [x["name"] for x in o.get("other_names", [])]}
    same(named - have, set())
    lavrov = [m for m in all_["memberships"] if m["person_id"] == "h-sergey-lavrov" and m["post_id"].endswith("/ru") and m["role"] == "Minister of Foreign Affairs"]
    same([m["start_date"][:4] for m in lavrov], ["2004"])
    person = next(p for p in all_["persons"] if p["id"] == "h-sergey-lavrov")
    same({n["name"] for n in person["other_names"]}, {"Sergei Lavrov", "Сергей Лавров"})
    stranger = next(p for p in all_["persons"] if p["name"] == "Ivan Petrov")
    same([m["organization_id"] for m in all_["memberships"] if m["person_id"] == stranger["id"]], ["jp"])


# ---- CSV ----

TYPES = {
    "string": lambda v: v,
    "integer": int,
    "number": float,
    "date": datetime.date.fromisoformat,
    "array": lambda v: json.loads(v) if isinstance(json.loads(v), list) else 1 / 0,
}


def table(resource):
    rows = list(csv.DictReader(io.StringIO(text("csv/" + resource["path"]), newline=""), strict=True))
    fields = resource["schema"]["fields"]
    raw = text("csv/" + resource["path"])
    if rows:
        same(list(rows[0]), [f["name"] for f in fields])
    out = []
    for row in rows:
        assert None not in row and None not in row.values(), row
        typed = {f["name"]: TYPES[f["type"]](row[f["name"]]) if row[f["name"]] != "" else None for f in fields}
        for f in fields:
            if f.get("constraints", {}).get("required"):
                assert typed[f["name"]] is not None, (resource["name"], f["name"], row)
        out.append(typed)
    assert raw.endswith("\r\n")
    return out


def tables():
    package_ = json.loads(text("csv/datapackage.json"))
    return {r["name"]: (r, table(r)) for r in package_["resources"] if "schema" in r}


@check("CSV: datapackage.json is a Frictionless data package")
def _():
    descriptor = json.loads(text("csv/datapackage.json"))
    valid(descriptor, "datapackage.schema.json")
    same(sorted(os.listdir(os.path.join(FOLDER, "csv"))), sorted([r["path"] for r in descriptor["resources"]] + ["datapackage.json"]))


@check("CSV: cells are of their types; keys are unique and lead somewhere")
def _():
    all_ = tables()
    for resource, rows in all_.values():
        key = resource["schema"]["primaryKey"]
        key = [key] if isinstance(key, str) else key
        keys = [tuple(row[k] for k in key) for row in rows]
        assert len(set(keys)) == len(keys), resource["name"]
        for foreign in resource["schema"].get("foreignKeys", []):
            there = {row[foreign["reference"]["fields"]] for row in all_[foreign["reference"]["resource"]][1]}
            for row in rows:
                assert row[foreign["fields"]] in there, (resource["name"], row)


@check("CSV: the codebook names every column")
def _():
    book = list(csv.reader(io.StringIO(text("csv/codebook.csv"), newline=""), strict=True))
    same(book[0], ["table", "column", "type", "description"])
    same([r[:3] for r in book[1:]], [[n, f["name"], f["type"]] for n, (r, _) in tables().items() for f in r["schema"]["fields"]])
    assert all(len(r) == 4 and r[3] for r in book)


@check("CSV: nothing is lost")
def _():
    all_ = {n: rows for n, (r, rows) in tables().items()}
    same([e["id"] for e in all_["events"]], [h["id"] for h in GIVEN])
    well = [h for h in GIVEN if isinstance(h.get("kind"), str)]
    events = {e["id"]: e for e in all_["events"]}
    for h in well:
        e = events[h["id"]]
        for key in ("kind", "status", "label", "time", "place", "place_id", "series", "ordinal"):
            same(e[key], h[key])
        for key in ("other_times", "format", "topics", "attribution"):
            same(e[key] or [], h[key])
        for name, keys in (("participants", ("name", "type", "role", "of", "id")), ("documents", ("title", "action")),
                           ("history", ("report", "published", "status", "time", "place")), ("evidence", ("report", "quote")),
                           ("reports", ("id", "published", "outlet", "lang"))):
            rows = [r for r in all_[name] if r["event"] == h["id"]]
            plain = lambda v: str(v) if isinstance(v, datetime.date) else v
            same([{k: plain(r[k]) for k in keys} for r in rows], [{k: o[k] for k in keys} for o in h[name]])
            same([r["number"] for r in rows], list(range(1, len(rows) + 1)))
        same([r["mention"] for r in all_["members"] if r["event"] == h["id"]], h["members"])
        same([(r["type"], r["target"]) for r in all_["links"] if r["event"] == h["id"]], [(x["type"], x["event"]) for x in h["links"]])
        values = [(c["field"], v["value"], v["report"]) for c in h["conflicts"] for v in c["values"]]
        rows = [r for r in all_["conflicts"] if r["event"] == h["id"]]
        same([(r["field"], json.loads(r["value"]) if r["value"].startswith("[") else r["value"], r["report"]) for r in rows], values)


@check("CSV: codes of states, days, revisions")
def _():
    all_ = {n: rows for n, (r, rows) in tables().items()}
    events = {e["id"]: e for e in all_["events"]}
    astana = events["h-000000000000001"]
    same((astana["country"], astana["revision"], str(astana["revised"])), ("KAZ", 2, "2017-02-16"))
    same((str(events["h-000000000000007"]["first_day"]), str(events["h-000000000000007"]["last_day"])), ("2019-10-01", "2019-10-31"))
    same((str(events["h-00000000000000b"]["first_day"]), events["h-00000000000000b"]["last_day"]), ("2007-09-25", None))
    who = {r["name"]: (r["country"], r["cow"]) for r in all_["participants"]}
    same((who["Russia"], who["Ajay Bisaria"], who["Syrian government delegation"], who["UN"]),
         (("RUS", 365), ("IND", 750), ("SYR", 652), (None, None)))


# ---- iCalendar ----

DATED = [h for h in GIVEN if isinstance(h.get("time"), str)]


def calendar():
    icalendar = package("icalendar")
    cal = icalendar.Calendar.from_ical(open(os.path.join(FOLDER, "ics"), "rb").read())
    for part in cal.walk():
        assert not part.errors, part.errors
    return {str(e["UID"]): e for e in cal.walk("VEVENT")}, cal


@check("iCalendar: lines are folded at 75 octets between characters")
def _():
    raw = open(os.path.join(FOLDER, "ics"), "rb").read()
    assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and max(map(len, lines)) >= 72
    for line in lines:
        line.decode("utf-8")
        assert not re.search(rb"[\0-\x08\x0b-\x1f\x7f]", line), line


@check("iCalendar: an entry a dated happening, under a stable and unique UID")
def _():
    entries, cal = calendar()
    same(len(cal.walk("VEVENT")), len(entries))
    same(set(entries), {h["id"] + "@chancery" for h in DATED})
    same(str(cal["VERSION"]), "2.0")
    assert cal["PRODID"]


@check("iCalendar: days, with an end that is not part of it")
def _():
    entries, _ = calendar()
    for h in DATED:
        e = entries[h["id"] + "@chancery"]
        first, last = e["DTSTART"].dt, e["DTEND"].dt
        assert type(first) is datetime.date and type(last) is datetime.date and first < last, h["id"]
        assert e["DTSTAMP"].dt.tzinfo is not None
    day = lambda id_: tuple(str(entries[id_ + "@chancery"][k].dt) for k in ("DTSTART", "DTEND"))
    same(day("h-000000000000001"), ("2017-02-15", "2017-02-17"))
    same(day("h-000000000000002"), ("2017-03-10", "2017-03-11"))
    same(day("h-000000000000007"), ("2019-10-01", "2019-11-01"))
    same(day("h-00000000000000b"), ("2007-09-25", "2007-09-26"))


@check("iCalendar: status and revision")
def _():
    entries, _ = calendar()
    rows = [r.split("\t") for r in open(os.path.join(DATA, "events/ics.tsv"), encoding="utf-8").read().splitlines() if r[0] != "#"]
    want = {s: r[2] for r in rows for s in r[1].split(";")}
    for h in DATED:
        e = entries[h["id"] + "@chancery"]
        same(str(e["STATUS"]), want[h["status"]])
        same(int(e["SEQUENCE"]), len(h["history"]) - 1)
    same({want[h["status"]] for h in DATED}, {"CONFIRMED", "CANCELLED"})
    same(want["expected"], "TENTATIVE")


@check("iCalendar: texts come back whole")
def _():
    entries, _ = calendar()
    for h in DATED:
        e = entries[h["id"] + "@chancery"]
        same(str(e["SUMMARY"]), f"{h['kind']}: {h['label']}")
        same(str(e.get("LOCATION", "")) or None, h["place"])
        for x in h["evidence"]:
            assert x["quote"] in str(e["DESCRIPTION"]), (x["quote"], str(e["DESCRIPTION"]))
    talks = entries["h-000000000000003@chancery"]
    same((str(talks["RELATED-TO"]), talks["RELATED-TO"].params["RELTYPE"]), ("h-000000000000002@chancery", "PARENT"))


import check_coded

check_coded.define(check, same, FOLDER, DATA, Skip)

if __name__ == "__main__":
    for name, run in CHECKS:
        try:
            run()
            print(f"ok exports: {name}")
        except Skip as why:
            print(f"skip exports: {name}: {why}")
        except Exception:
            print(f"not ok exports: {name}")
            print("".join("#   " + line + "\n" for line in traceback.format_exc().splitlines()[-4:]), end="")
