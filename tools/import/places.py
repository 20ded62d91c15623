#!/usr/bin/env python3
"""Write data/world/places.tsv from GeoNames and the hand-written rows.

Usage, from the repository root:  python3 tools/import/places.py

Reads   ../shared/corpora/kb-geonames/cities.tsv.xz     places (CC BY 4.0)
        ../shared/corpora/ud-english-ewt/*.conllu.xz    common English words, for the filter
        ../shared/corpora/kb-officeholders/*            names of persons, for the filter
        ../shared/corpora/ru-morph-lexicon/*             Russian words and names, for the filter
        tools/import/places-hand.tsv                    our own rows, which always win
Writes  data/world/places.tsv

The output depends on these inputs only.  A GeoNames place is taken when it is a capital, has 150,000 inhabitants, or
lies in a state of the former Soviet Union and has 50,000 or is a first-order seat, unless its name is an English word,
a Russian word, the name of a person or of a better known place, or a hand-written row stands for it, or it is small and
has no Russian name (mostly quarters of a larger town). Those of 15,000 inhabitants (5,000 in the former Soviet Union) and
more that are left out so far are towns: the program takes them only where a place is expected.  SHARED in the environment may name
another place for the corpora.
"""
import lzma
import os
import re
import sys
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('SHARED', os.path.join(os.path.dirname(ROOT), 'shared', 'corpora'))
HAND = os.path.join(ROOT, 'tools', 'import', 'places-hand.tsv')
STATES = os.path.join(ROOT, 'data', 'world', 'states.tsv')
OUT = os.path.join(ROOT, 'data', 'world', 'places.tsv')
COLUMNS = ('id', 'name_en', 'also_en', 'name_ru', 'also_ru', 'type', 'state', 'in',
           'population', 'lat', 'lon', 'wikidata', 'source')

EX_SOVIET = set('AM AZ BY EE GE KZ KG LV LT MD RU TJ TM UA UZ'.split())
# Districts, quarters, historical and abandoned places.
SKIP_CODES = set('PPLX PPLQ PPLH PPLW PPLCH PPLL PPLF PPLR STLMT'.split())
# States without a GeoNames country code, and where GeoNames puts their towns.
HOST = {'abkhazia': 'GE', 'south-ossetia': 'GE', 'transnistria': 'MD', 'somaliland': 'SO',
        'northern-cyprus': 'CY', 'nagorno-karabakh': 'AZ'}
# States whose press spellings keep the letters of the national alphabet.
KEEP_LETTERS = set('AR AT BO BR CH CL CO CR CZ DE DK DO EC EE ES FI FR GT HN HU IS LT LV MX NI NO PA PE PL PT PY RO RS '
                   'SE SI SK SV TR UY VE HR BA ME AL'.split())
RUSSIAN = re.compile(r'^[А-ЯЁ][а-яёА-ЯЁ -]*$')
# Names that the word filters let through and that are better left out, as (name, country code or '').
UNWANTED = {(n, c) for n, c in (l.split('/') for l in '''
Reading/GB|Independence/US|Orange/US|Garden Grove/US|Aurora/US|Fort Worth/US|Long Beach/US|Virginia Beach/US|Victoria/
Mobile/US|Split/|Most/|Of/|Man/|Bo/|Sale/MA|Ogre/LV|Madona/LV|Vladimir/RU|Engels/RU|Chekhov/RU|Korolev/RU|Artem/RU
Kropotkin/RU|Serov/RU|Zhukovskiy/RU|Aleksandrov/RU|Chaykovskiy/RU|Gubkin/RU|Klin/RU|Bor/RU|Lesnoy/RU|Svobodnyy/RU
Otradnyy/RU|Zarechnyy/RU|Oktyabr'skiy/RU|Zheleznodorozhnyy/RU|Prokhladnyy/RU|Berezovskiy/RU|Chusovoy/RU|Uzlovaya/RU
Vidnoye/RU|Volzhsky/RU|Rudnyy/KZ|Asbest/RU|Antratsyt/UA|Glazov/RU|Shakhty/RU|Nakhodka/RU|Azov/RU|Miass/RU
Balashov/RU|Pushkin/RU|Cheremushki/RU|Obruchevo/RU|Krasnaya Glinka/RU|Vostochnoe Degunino/RU|Novo-Peredelkino/RU
Ezhva/RU|Talnakh/RU|Kolpino/RU|Fryazevo/RU|Petrodvorets/RU|Zelenograd/RU|Smila/UA|Donetsk/RU|Alexandria/US
Oleksandriya/UA|Saint Petersburg/US|Moscow/US|Novyy Karanlug/AZ|Yukhary-Dashkesan/AZ|Amir Timur/UZ|Rezina/MD
Pushkino/AZ|Kyzyl-Burun/AZ|Balvanera/AR|West Jerusalem/IL|Cocieri/MD|Camayenne/GN|Budta/PH|Malingao/PH|Nangandao/CN
Ulbroka/LV|Bergi/LV|Santiago/PH|San Juan/AR|San Jose/US|Athens/US|Georgetown/|Kingston/|Hamilton/|Jamestown/
Plymouth/|Columbus/US|Birmingham/US|Richmond/US|Peoria/US|Glendale/US|Pasadena/US|Hollywood/US|Paterson/US
Santa Fe/|Concepcion/|San Pedro/|San Miguel/|Santa Ana/|Santa Maria/|Merida/|Guadalupe/MX|Gustavo Adolfo Madero/MX
Dushanbe/|Victoria/HK|Bakixanov/AZ|Qaracuxur/AZ|Oltinko`l/UZ|Tuytepa/UZ|Sunzha/RU|Kadiyivka/UA|Shevchenko/KZ
West Island/CC|Flying Fish Cove/CX|The Valley/AI|Douglas/IM|Stanley/FK|Kingston/NF|Road Town/VG|Adamstown/PN
Kerbakhiar/AZ|Qutqashen/AZ|Sarkand/KZ|Chernogorsk/RU|Polevskoy/RU|Novotroitsk/RU|Samar/PH|Mary/TM|Saatli/AZ
Manas/KG|Divichibazar/AZ|Haciqabul/AZ|Grytviken/GS|Pushkino/RU|Terter/AZ|Tongshan/CN|Ooty/IN|Altay/CN|Beibei/CN|Daliang/CN|Hangu/CN|Naga/PH|Embu/BR|Coro/VE
Loni/IN|Nicolas Romero/MX|Linxia Chengguanzhen/CN|Toyota/JP|Hitachi/JP|Fuji/JP|Queens/US|Staten Island/US|Xico/MX
Darwin/|Constantine/DZ|Reno/US|Chandler/US|Irving/US|Madison/US|Sutton/GB|Preston/GB|Windsor/CA|Buffalo/US
Laval/CA|Modesto/US|Frisco/US|Sari/IR|Manta/EC|Providence/US|Herne/DE|Minna/NG|Marka/SO|Iwo/NG|Saki/NG|Yei/SS
Touba/SN|Tete/MZ|Tempe/US|Merlo/AR|Raleigh/US|Breda/NL|Bytom/PL|Kure/JP|Valka/LV|Liski/RU|Derby/GB|Leninogorsk/RU
Newcastle/ZA|Qusar/AZ|Novaya Balakhna/RU|Rubizhne/UA|Snizhne/UA|Aba/NG|Kikuyu/KE|Mokotow/PL|Ursynow/PL|Neihu/TW
Islington/GB|Zemun/RS|Cankaya/TR|Kochi/JP|Cochin/IN|Novomoskovsk/UA|Santa Rosa/US|San Cristobal/DO|Singa/SD|Mito/JP|Lexington-Fayette/US|Pasragad Branch/IR|Zhu Cheng City/CN|Kahriz/IR|Cuauhtemoc/MX
Miguel Hidalgo/MX|Benito Juarez/MX|Eloy Alfaro/EC|Minato/JP|Florencia/CO|Leon de los Aldama/MX|Cixi/CN|Wanxian/CN
Kamensk-Shakhtinskiy/RU|Belovo/RU
'''.strip().replace('\n', '|').split('|'))}


def die(message):
    sys.exit('places.py: ' + message)


def bare(s):
    """Letters without their marks."""
    for a, b in (('ł', 'l'), ('Ł', 'L'), ('ø', 'o'), ('Ø', 'O'), ('ß', 'ss'), ('ı', 'i'), ('æ', 'ae'), ('đ', 'd'), ('Đ', 'D'),
                 ('ə', 'a'), ('Ə', 'A')):
        s = s.replace(a, b)
    return ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c))


def slug(s):
    s = bare(s.replace('&', 'and')).lower().replace("'", '').replace('’', '').replace('.', '')
    return 'p-' + re.sub(r'[^a-z0-9]+', '-', s).strip('-')


def fold(s):
    return re.sub(r'[^a-z0-9а-я]+', '', bare(s).lower().replace('ё', 'е'))


def xz_lines(path):
    with lzma.open(os.path.join(SHARED, path), 'rt', encoding='utf-8') as f:
        for line in f:
            yield line.rstrip('\n')


def cities():
    rows = xz_lines('kb-geonames/cities.tsv.xz')
    head = next(rows).split('\t')
    for line in rows:
        r = dict(zip(head, line.split('\t')))
        r['pop'] = int(r['pop'] or 0)
        yield r


def read_table(path):
    rows, head = [], None
    with open(path, encoding='utf-8') as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip('\n')
            if line.startswith('#: '):
                head = line[3:].split('\t')
            elif line and not line.startswith('#'):
                cells = line.split('\t')
                if len(cells) > len(head):
                    die('%s:%d: too many cells' % (path, number))
                rows.append(dict(zip(head, cells + [''] * (len(head) - len(cells)))))
    return rows


def english_words():
    """Words that stand in small letters in running text."""
    words = set()
    for part in ('train', 'dev', 'test'):
        for line in xz_lines('ud-english-ewt/en_ewt-ud-%s.conllu.xz' % part):
            c = line.split('\t')
            if len(c) == 10 and c[0].isdigit() and c[3] not in ('PROPN', 'X', 'SYM') and c[1].isalpha() and c[1].islower():
                words.add(c[1])
    return words


def person_names():
    names = set()
    rows = xz_lines('kb-officeholders/holders.tsv.xz')
    next(rows)
    for line in rows:
        for t in re.split(r'[^\w]+', line.split('\t')[3]):
            if len(t) > 2:
                names.add(fold(t))
    with open(os.path.join(SHARED, 'kb-officeholders', 'cia-cabinets-2019-06.tsv'), encoding='utf-8') as f:
        next(f)
        for line in f:
            for t in re.split(r'[^\w]+', line.rstrip('\n').split('\t')[-1]):
                if len(t) > 2:
                    names.add(fold(t))
    return names


def russian_words(names):
    """Those of the names (in small letters) that are a form of a word or of a person's name, and of no place name."""
    paradigms = []
    for line in xz_lines('ru-morph-lexicon/par.tsv.xz'):
        paradigms.append([form.split('|')[:2] for form in line.split('\t')[1:]])
    words, places = set(), set()
    for line in xz_lines('ru-morph-lexicon/lex.tsv.xz'):
        lemma, number, tag = line.split('\t')[:3]
        forms = paradigms[int(number)]
        prefix, suffix = forms[0]
        stem = lemma[len(prefix):len(lemma) - len(suffix)]
        known = places if 'Geox' in tag else words
        for prefix, suffix in forms:
            form = (prefix + stem + suffix).replace('ё', 'е')
            if form in names:
                known.add(form)
    return words - places


def english_name(r):
    name = bare(re.sub('[‘ʻʿ`]', '', r['name']).replace('’', "'")).strip()
    if not name.isascii():
        name = re.sub('[‘`]', '', r['ascii']).replace('’', "'").strip()
    if r['cc'] in EX_SOVIET:
        name = name.replace("'", '')
        name = re.sub(r'([yi])y\b', 'y', name)
        name = name.replace('yye', 'ye').replace('yya', 'ya')
    if r['cc'] in ('KR', 'JP'):
        name = re.sub(r'-(si|shi)$', '', name)
    if r['cc'] == 'UZ':
        name = re.sub(r' Shahri$', '', name)
    return name


def russian_name(r):
    if r['ru']:
        name = r['ru'] if RUSSIAN.match(r['ru']) else ''
        return name.replace('Ё', 'Е').replace('ё', 'е')
    options = [a for a in r['alt_cyrillic'].split('|') if RUSSIAN.match(a) and not a.endswith(' ош')]
    return options[0].replace('ё', 'е') if len(options) == 1 else ''


def main():
    states = {r['id']: r for r in read_table(STATES)}
    hand = read_table(HAND)
    everything = sorted(cities(), key=lambda r: (-r['pop'], int(r['geonameid'])))
    by_name = {}
    for r in everything:
        for n in {fold(x) for x in [r['name'], r['ascii']] + r['alt_latin'].split('|') if x}:
            by_name.setdefault((r['cc'], n), []).append(r)

    used, dropped, hand_names, hand_all, unmatched, rows = set(), set(), set(), set(), [], []
    for h in hand:
        cc = HOST.get(h['state'], h['state'].upper())
        names = [h['name_en']] + [a.strip() for a in h['also_en'].split(';') if a.strip()]
        if h['type'] == 'drop':
            dropped.add((fold(h['name_en']), cc))
            continue
        if h['type'] == 'city':
            found = []
            for n in names:
                found += [r for r in by_name.get((cc, fold(n)), []) if fold(n) in (fold(r['name']), fold(r['ascii']))]
            for n in names if not found else []:
                found += by_name.get((cc, fold(n)), [])
            if not found and not cc:
                found = [r for (c, n), l in by_name.items() if n == fold(h['name_en']) for r in l if r['fcode'] == 'PPLC'][:1]
            if found:
                plain = [r for r in found if r['fcode'] not in SKIP_CODES] or found
                best = max(plain, key=lambda r: (r['fcode'] == 'PPLC', r['pop'], -int(r['geonameid'])))
                used.add(best['geonameid'])
                for n in names:  # other rows of the same town and of its quarters
                    used.update(r['geonameid'] for r in by_name.get((cc, fold(n)), [])
                                if abs(float(r['lat']) - float(best['lat'])) < 0.5
                                and abs(float(r['lon']) - float(best['lon'])) < 0.7)
                if not h['lat']:
                    h['population'] = str(best['pop'] or '')
                    h['lat'], h['lon'] = '%.2f' % float(best['lat']), '%.2f' % float(best['lon'])
                    h['source'] = 'geonames'
            else:
                unmatched.append(h['id'])
        for n in names:
            hand_names.add((fold(n), h['state']))
        for n in names + [h['name_ru']] + h['also_ru'].split(';'):
            hand_all.add(fold(n))
        rows.append(h)

    state_names = set()
    for r in states.values():
        for column in ('name_en', 'also_en', 'adj_en', 'demonym_en', 'name_ru', 'also_ru'):
            state_names.update(fold(n) for n in r[column].split(';') if n)
    words, persons = english_words(), person_names()
    ru_words = russian_words({russian_name(r).lower() for r in everything})
    log = []
    for r in everything:
        ex = r['cc'] in EX_SOVIET
        if r['fcode'] in SKIP_CODES or r['geonameid'] in used:
            continue
        city = r['fcode'] == 'PPLC' or r['pop'] >= 150000 or ex and (r['pop'] >= 50000 or r['fcode'] == 'PPLA')
        if not city and r['pop'] < (5000 if ex else 15000):
            continue
        state = r['cc'].lower()
        if r['cc'] in ('HK', 'MO', 'SG'):
            continue  # quarters of a city state
        name, ru = english_name(r), russian_name(r)
        if (fold(name), r['cc']) in dropped or (r['ascii'], r['cc']) in UNWANTED or (r['ascii'], '') in UNWANTED:
            continue
        if (fold(name), state) in hand_names:
            continue
        if fold(name) in state_names or fold(name) in hand_all and r['pop'] < 1000000:
            log.append('name of a state or of a better known place: %s %s' % (name, state))
            continue
        if city and not ex and not ru and r['pop'] < 300000 and r['fcode'] not in ('PPLA', 'PPLC'):
            city = False
            log.append('a town, since it is small and has no Russian name: ' + name)
        if fold(ru) in hand_all and r['pop'] < 1000000:
            ru = ''
        if ex and not ru and r['pop'] < 20000:
            city = False
        if len(name) < 3 or re.search(r'\d|[()/,]', name):
            continue
        if ' ' not in name and name.lower() in words:
            log.append('English word: ' + name)
            continue
        if ' ' not in name and fold(name) in persons and r['pop'] < 3000000:
            log.append('person: ' + name)
            continue
        if ru and ' ' not in ru and ru.lower() in ru_words:
            log.append('Russian word: %s %s' % (name, ru))
            continue
        also = r['name'] if r['cc'] in KEEP_LETTERS and r['name'] != name and not re.search(r"['‘’`(]", r['name']) else ''
        rows.append({'id': '', 'name_en': name, 'also_en': also, 'name_ru': ru, 'also_ru': '', 'type': 'city' if city else 'town',
                     'state': state if state in states else '', 'in': '', 'population': str(r['pop'] or ''),
                     'lat': '%.2f' % float(r['lat']), 'lon': '%.2f' % float(r['lon']), 'wikidata': '',
                     'source': 'geonames', 'cc': r['cc'].lower()})

    # Two auto rows of one name in one state are one town counted twice, or cannot be told apart: the larger stays.
    seen, kept = {r['id'] for r in rows if r['id']}, []
    taken = set()
    for r in rows:
        if not r['id']:
            key = (fold(r['name_en']), r['cc'])
            if key in taken:
                continue
            taken.add(key)
            r['id'] = slug(r['name_en'])
            if r['id'] in seen:
                r['id'] += '-' + r['cc']
            if r['id'] in seen:
                die('no free id for ' + r['name_en'])
            seen.add(r['id'])
        kept.append(r)
    kept.sort(key=lambda r: r['id'])
    with open(OUT, 'w', encoding='utf-8', newline='\n') as f:
        f.write('#! places 1\n#: ' + '\t'.join(COLUMNS) + '\n')
        for r in kept:
            f.write('\t'.join(r.get(c, '') for c in COLUMNS).rstrip('\t') + '\n')
    if '-v' in sys.argv:
        print('\n'.join(sorted(log)))
        print('without coordinates:', ' '.join(unmatched))
    print('%d places, %d of them by hand' % (len(kept), len(hand) - len(dropped)))


if __name__ == '__main__':
    main()
