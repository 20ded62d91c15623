#!/usr/bin/env python3
"""Makes the page set: tests/pages/NAME.html and NAME.json (what is to be found in it) from articles.txt, in the manner of ten outlets.
Pages, outlets and articles are invented. Each outlet has markup of its own: nesting, class names, advertising, scripts, links to other
articles, comments, live blogs, tables, character sets. usage: make.py (writes beside itself; the same each time)"""
import html, json, os, random

HERE = os.path.dirname(os.path.abspath(__file__))
E = html.escape

EN_HEADLINES = ["Ferry strike enters second week as talks stall", "Why bakers are leaving the capital", "Goalkeeper signs for three seasons",
    "Ten gardens to see before autumn", "Central bank holds rates, hints at cut", "Storm warning lifted for the south coast",
    "Minister denies plan to merge two agencies", "Museum finds lost letters of a polar captain", "Quiz: how well do you know your rivers?",
    "Fuel prices: what drivers should expect", "A tunnel, a mayor and a very long delay", "Opinion: the case for slower trains"]
EN_TEASERS = ["The company says that it has made its last offer and that the timetable for the islands will be cut again from Monday.",
    "A visit to three villages where nobody remembers who was supposed to mend the bridge, and everybody has a view.",
    "Our reporter spent a night with the crews who keep the motorway open when the snow comes down from the hills.",
    "The president of the club said that talks with the player's agent had been friendly and short."]
EN_COMMENTS = ["I have been reading this paper for thirty years and this is the first time that I see the minister answer a question directly.",
    "With respect, the author forgets that the same agreement was signed in 1998 and nobody kept it. Why would they now?",
    "@old_salt agreed. And who pays for all these dinners? We do. The ambassador should take the bus like everyone else.",
    "Good article, thank you. Small correction: the river flows the other way."]
RU_HEADLINES = ["В центре города перекроют движение из-за ремонта", "Пенсии проиндексируют раньше срока", "Хоккеисты выиграли третий матч подряд",
    "Синоптики обещают заморозки", "Курс доллара вырос на торгах", "Найдена пропавшая картина", "Как выбрать арбуз: советы врача",
    "Суд отложил дело о мосте", "Турист провёл ночь на скале", "В регионе открыли новую школу", "Актёр рассказал о новой роли", "Названы самые дорогие квартиры"]
RU_TEASERS = ["Жители двух домов рассказали, что воды нет с прошлой недели, а управляющая компания не отвечает на звонки и письма.",
    "Министр заявил, что решение будет принято до конца месяца, и попросил подождать официального сообщения ведомства.",
    "Наш корреспондент побывал на заводе, где делают лыжи, и узнал, почему их не хватает каждую зиму.",
    "Переговоры с профсоюзом зашли в тупик, забастовка может начаться уже в понедельник, считают собеседники издания."]
RU_COMMENTS = ["А где гарантии, что всё это будет выполнено? В прошлый раз тоже подписывали, и что?",
    "Живу рядом с границей, очередь как стояла, так и стоит. Пусть министр сам попробует проехать.",
    "Спасибо за статью, всё понятно написано. Ждём продолжения про дорогу."]
RU_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
EN_MONTHS = "January February March April May June July August September October November December".split()


def read_articles():
    out = []
    for line in open(os.path.join(HERE, "articles.txt"), encoding="utf-8").read().split("\n"):
        if not line or line.startswith("# "):
            continue
        if line.startswith("@ "):
            template, lang, day, author = line[2:].split(" ", 3)
            out.append({"template": template, "lang": lang, "day": day, "author": "" if author == "-" else author, "body": []})
        elif "title" not in out[-1]:
            out[-1]["title"] = line
        else:
            kind = {"## ": "head", "> ": "quote", "- ": "item"}.get(line[:3] if line.startswith("##") else line[:2], "p")
            out[-1]["body"].append((kind, line[{"head": 3, "quote": 2, "item": 2, "p": 0}[kind]:]))
    return out


def date_parts(a):
    y, m, d = (int(x) for x in a["day"].split("-"))
    return y, m, d


def paragraphs(a, p="<p>{}</p>", head="<h2>{}</h2>", quote="<blockquote><p>{}</p></blockquote>", item="<li>{}</li>", items=("<ul>", "</ul>"), esc=E):
    """List of pieces of markup, one for each part of the body."""
    out, run = [], []
    def flush():
        if run:
            out.append(items[0] + "\n".join(run) + items[1])
            run.clear()
    for kind, text in a["body"]:
        if kind == "item":
            run.append(item.format(esc(text)))
            continue
        flush()
        out.append({"p": p, "head": head, "quote": quote}[kind].format(esc(text)))
    flush()
    return out


def links(rng, pool, n, form='<li><a href="/n/{i}">{t}</a></li>'):
    return "\n".join(form.format(i=rng.randrange(10**6), t=E(t)) for t in rng.sample(pool, n))


# ---- 1. a wire's site: hashed class names, no <article>, JSON-LD first, advertising between paragraphs ----
def wire(a, k, rng):
    ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": a["title"], "datePublished": a["day"] + "T09:1%d:00Z" % k,
          "dateModified": "2025-01-01T00:00:00Z", "author": [{"@type": "Person", "name": a["author"]}],
          "publisher": {"@type": "NewsMediaOrganization", "name": "Northern Wire", "logo": {"@type": "ImageObject", "url": "/l.png"}}}
    body = paragraphs(a, p='<p data-testid="paragraph-{{n}}" class="text__text__1FZLe text__dark-grey__3Ml43 body__full_width__ekUdw">{}</p>', head='<h2 class="text__heading__17T15">{}</h2>')
    ad = '<div class="ad-slot__container__FEnoz" aria-label="advertisement"><div class="ad-slot__label__2aG">Advertisement · Scroll to continue</div><div id="div-gpt-%d"></div></div>'
    parts = []
    for i, b in enumerate(body):
        parts.append(b.replace("{n}", str(i)))
        if i % 2 == 1:
            parts.append(ad % i)
        if i == 2 and k % 2 == 0:
            parts.append('<div class="read-next__related__3d1"><h3>Read Next</h3><div><a href="/x"><span>World</span> %s</a><p>%s</p></div></div>' % (E(rng.choice(EN_HEADLINES)), E(rng.choice(EN_TEASERS))))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>{E(a['title'])} | Northern Wire</title>
<script>window.__STATE__={json.dumps({"article": {"title": a["title"], "lead": EN_TEASERS[0], "html": "<p>not to be read</p>"}}).replace("</", "<" + chr(92) + "/")};</script>
<script type="application/ld+json">{json.dumps(ld)}</script>
<style>.text__text__1FZLe{{font:16px}}</style></head>
<body><div id="fusion-app"><div class="site-header__root__1"><a href="#main">Skip to main content</a><div><div class="menu__2fG"><ul>{links(rng, EN_HEADLINES, 4, '<li><a href="/{i}">{t}</a></li>')}</ul><button>My View</button></div></div></div>
<div class="ticker__row__9"><span>FTSE 7,201.3 +0.4%</span><span>Brent 71.22 -1.1%</span><span>EUR/USD 1.0841</span></div>
<div id="main" class="article__container__2MUeZ"><div class="article__main__33WV2">
<div class="article-header__heading__15OpQ"><span class="label"><a href="/world">World</a></span><h1 class="text__text__1FZLe heading__3">{E(a['title'])}</h1>
<div class="info-content__author-date__1Epi_"><div class="author-name__author__1gx5k">By <a href="/authors/x">{E(a['author'])}</a></div><time datetime="{a['day']}T09:1{k}:00Z"><span>{EN_MONTHS[date_parts(a)[1]-1]} {date_parts(a)[2]}, {date_parts(a)[0]}</span><span>9:1{k} AM UTC</span><span>Updated 3 years ago</span></time></div>
<div class="toolbar__share"><button>Share</button><ul><li>X</li><li>Facebook</li><li>Linkedin</li><li>Email</li><li>Link</li></ul></div></div>
<div class="media__image"><div><img src="a.jpg" alt="Flags outside a government building"/><div class="media__caption__2w">Flags fly outside a government building in this file picture. NORTHERN WIRE/R. Holm/File Photo <a href="/licence">Purchase Licensing Rights</a></div></div></div>
<div class="article-body__content__17Yit paywall-article">{"".join(parts)}
<div class="sign-up__promo"><p>Sign up for the Daily Briefing, all the news you need to start your day, straight to your inbox.</p><a href="/nl">Sign up here.</a></div>
<p class="text__text__1FZLe sign-off">Reporting by {E(a['author'])}; Editing by Lena Krog</p>
<p class="text__text__1FZLe trust">Our Standards: <a href="/trust">The Northern Wire Trust Principles.</a></p></div></div>
<div class="article__right-rail__7"><h3>Most read</h3><ol>{links(rng, EN_HEADLINES, 5)}</ol><div class="teaser"><a href="/t"><h4>{E(rng.choice(EN_HEADLINES))}</h4></a><p>{E(rng.choice(EN_TEASERS))}</p></div></div></div>
<div class="site-footer__x"><p>All quotes delayed a minimum of 15 minutes. See here for a complete list of exchanges and delays.</p><p>© 2025 Northern Wire. <a href="/p">All rights reserved</a></p></div></div>
<div role="dialog" class="consent__banner"><h2>We value your privacy</h2><p>We and our 842 partners store and access personal data, like browsing data or unique identifiers, on your device. Selecting I Accept enables tracking technologies to support the purposes shown.</p><button>I accept</button></div>
</body></html>""", "utf-8", "Northern Wire"


# ---- 2. a ministry's site: tables, windows-1251, the date in words, no metadata ----
def ministry(a, k, rng):
    y, m, d = date_parts(a)
    body = paragraphs(a, p='<p style="text-align: justify;"><span style="font-size:12pt">{}</span></p>', esc=lambda t: E(t).replace(" – ", " &ndash; "))
    menu = "".join(f'<tr><td class="lm"><a href="/{i}.html">{t}</a></td></tr>' for i, t in enumerate(["О министерстве", "Структура", "Министр", "Пресс-служба", "Двусторонние отношения", "Консульская информация", "Архив", "Вакансии"]))
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=windows-1251">
<TITLE>{E(a['title'])} - Новости - Министерство иностранных дел</TITLE></HEAD>
<BODY bgcolor=#ffffff><TABLE width="100%" border=0><TR><TD colspan=3><img src="/gerb.gif" alt="Герб"><b>Министерство иностранных дел</b><br>Официальный сайт</TD></TR>
<TR><TD width=200 valign=top><TABLE>{menu}</TABLE><form action="/search"><input name=q><input type=submit value="Искать"></form></TD>
<TD valign=top class="content"><div class="crumbs"><a href="/">Главная</a> / <a href="/press">Пресс-служба</a> / <a href="/press/news">Новости</a></div>
<div class="news-date">{d} {RU_MONTHS[m-1]} {y} г. 1{k}:30</div>
<h1 class="news-title">{E(a['title'])}</h1>
<div class="doc-number">{800+k}-{d:02d}-{m:02d}-{y}</div>
<div class="lang-versions">{"" if k % 2 else "<a href='/en'>English</a> | <a href='/fr'>Français</a>"}</div>
<div class="text">{"".join(body)}</div>
<div class="tools"><a href="?print=1">Версия для печати</a> <a href="#">ВКонтакте</a> <a href="#">Одноклассники</a> <a href="#">Telegram</a></div>
<table class="more"><tr><td><b>Дополнительные материалы</b></td></tr><tr><td><ul>{links(rng, RU_HEADLINES, 3)}</ul></td></tr></table>
</TD><TD width=180 valign=top><b>Последние новости</b>{links(rng, RU_HEADLINES, 4, '<div class="last"><small>1{i}</small> <a href="/n">{t}</a></div>')}</TD></TR>
<TR><TD colspan=3 align=center><font size=1>119200, Москва, Смоленская площадь, 32/34. Тел. справочной: +7 (000) 000-00-00. При использовании материалов ссылка обязательна.</font></TD></TR></TABLE></BODY></HTML>""", "cp1251", "Министерство иностранных дел"


# ---- 3. a newspaper: <article>, itemprop, pull quotes, newsletter, author box, comments, pages ----
def paper(a, k, rng):
    y, m, d = date_parts(a)
    body = paragraphs(a, head='<h3 class="crosshead">{}</h3>', quote='<blockquote class="quote"><p>{}</p></blockquote>')
    pull = next((t for kind, t in a["body"] if kind == "p" and len(t) < 140), a["body"][0][1])
    parts = []
    for i, b in enumerate(body):
        parts.append(b)
        if i == 0:
            parts.append('<aside class="pullquote"><p>%s</p></aside>' % E(pull))
        if i == 1:
            parts.append('<div class="newsletter-box"><h4>Morning Tide</h4><p>Get the stories that matter on the coast, chosen by our editors, every weekday at six.</p><form><input type="email"><button>Subscribe</button></form></div>')
        if i == 2:
            parts.append('<figure><img src="p.jpg" alt=""><figcaption>A view of the old quay, where the talks began. <span class="credit">Photograph: S. Lund/The Harbour Gazette</span></figcaption></figure>')
    comments = "".join(f'<li class="c"><div class="c-meta"><b>reader{i}</b> <span>{i+2} hours ago</span></div><div class="c-body"><p>{E(t)}</p></div><a>Reply</a> <a>Report</a></li>' for i, t in enumerate(EN_COMMENTS))
    return f"""<!doctype html>
<html lang=en-GB prefix="og: http://ogp.me/ns#">
<head><meta charset=utf-8><title>{E(a['title'])} - The Harbour Gazette</title>
<meta property="og:title" content="{E(a['title'])}"><meta property="og:site_name" content="The Harbour Gazette"><meta property="og:type" content="article">
<meta name="author" content="{E(a['author'])}"><link rel="canonical" href="https://www.harbourgazette.example/world/{y}/{m:02d}/{d:02d}/story-{k}">
{'<meta property="article:published_time" content="%sT06:00:00+01:00">' % a['day'] if k % 2 else ''}
</head><body class="no-js">
<div id="cookie-notice" class="cc-window"><p>This site uses cookies to remember your preferences and to measure how our articles are read. By continuing you agree to our policy on cookies.</p><button>OK</button></div>
<header class="masthead"><a href="/">The Harbour Gazette</a><p class="motto">News from the water's edge since 1841</p><nav><ul><li><a href="/w">World</a></li><li><a href="/b">Business</a></li><li><a href="/s">Sport</a></li><li><a href="/o">Obituaries</a></li></ul></nav></header>
<main><article itemscope itemtype="http://schema.org/NewsArticle">
<header><p class="kicker"><a href="/world">World</a></p><h1 itemprop="headline">{E(a['title'])}</h1>
<p class="byline">By <span itemprop="author">{E(a['author'])}</span>, Diplomatic Correspondent</p>
<time itemprop="datePublished" datetime="{a['day']}" pubdate>{d} {EN_MONTHS[m-1]} {y}</time>
<ul class="share-bar"><li><a href="#">Tweet</a></li><li><a href="#">Share on Facebook</a></li><li><a href="#">Print this page</a></li></ul></header>
<div itemprop="articleBody" class="story">{"".join(parts)}</div>
<div class="pagination"><a class="prev">Previous</a> Page 1 of 1 <a class="next">Next</a></div>
<div class="author-box"><img src="m.jpg"><h4>{E(a['author'])}</h4><p>{E(a['author'])} has covered foreign affairs for the Gazette since 2009 and is the author of two books about rivers and the people who argue over them.</p></div>
<section id="related"><h3>Related stories</h3>
<div class="card"><a href="/1"><h4>{E(rng.choice(EN_HEADLINES))}</h4></a><p>{E(EN_TEASERS[k % 4])}</p></div><div class="card"><a href="/2"><h4>{E(rng.choice(EN_HEADLINES))}</h4></a><p>{E(EN_TEASERS[(k+1) % 4])}</p></div></section>
</article>
<section class="comments-area" id="comments"><h3>{len(EN_COMMENTS)} comments</h3><ol>{comments}</ol></section></main>
<footer><p>The Harbour Gazette is published by Harbour Press Ltd, 4 Customs Lane. Registered at the Post Office as a newspaper.</p></footer></body></html>""", "utf-8", "The Harbour Gazette"


# ---- 4. a Russian agency: OpenGraph, inserts inside the text, a second article by endless scrolling ----
def agency(a, k, rng):
    y, m, d = date_parts(a)
    body = paragraphs(a, p='<div class="article__block" data-type="text"><div class="article__text">{}</div></div>', head='<div class="article__block" data-type="h3"><h3 class="article__h2">{}</h3></div>')
    insert = '<div class="article__block" data-type="article"><div class="article__article m-image"><a class="article__article-link" href="/20200101/1.html"></a><span class="article__article-desc"><span class="article__article-title">%s</span><span class="article__article-info">12 марта, 10:15</span></span></div></div>'
    banner = '<div class="article__block" data-type="banner"><div class="banner m-article">Реклама. ООО «Ромашка». erid: 2Vfnx%d</div></div>'
    parts = []
    for i, b in enumerate(body):
        parts.append(b)
        if i == 0:
            parts.append('<div class="article__block" data-type="text"><div class="article__text"><strong>Читайте также:</strong> <a href="/x">%s</a></div></div>' % E(rng.choice(RU_HEADLINES)) if k % 2 else insert % E(rng.choice(RU_HEADLINES)))
        if i == 1:
            parts.append(banner % k)
    second = "".join('<div class="article__block"><div class="article__text">%s</div></div>' % E(t) for t in RU_TEASERS[:2]) if k in (1, 3) else ""
    if second:
        second = f'<div class="endless__item"><div class="article"><div class="article__header"><div class="article__title">{E(RU_HEADLINES[3])}</div></div><div class="article__body">{second}</div></div></div>'
    return f"""<!DOCTYPE html><html lang="ru" prefix="og: http://ogp.me/ns#"><head><meta charset="utf-8"><title>{E(a['title'])} — Агентство Меридиан, {d:02d}.{m:02d}.{y}</title>
<meta property="og:title" content="{E(a['title'])}"><meta property="og:site_name" content="Агентство Меридиан"><meta property="og:description" content="{E(a['body'][0][1])}">
<meta property="article:published_time" content="{y}{m:02d}{d:02d}T12{k}0"><meta name="analytics:tags" content="В мире"><meta property="article:author" content="{E(a['author'])}">
<script>var _tmr=window._tmr||[];_tmr.push({{id:"1",type:"pageView",start:(new Date()).getTime()}});document.write("<p>Счётчик</p>");</script></head>
<body><div class="header"><div class="header__menu">{links(rng, ["Политика", "В мире", "Экономика", "Общество", "Происшествия", "Спорт", "Наука", "Культура"], 7, '<div class="header__menu-item"><a href="/{i}">{t}</a></div>')}</div></div>
<div class="page"><div class="endless"><div class="endless__item"><div class="layout-article"><div class="layout-article__main"><div class="article m-white">
<div class="article__header"><div class="article__info"><div class="article__info-date"><a href="/{y}{m:02d}{d:02d}/">12:{k}0 {d:02d}.{m:02d}.{y}</a> <span class="article__info-date-modified">(обновлено: 15:02 30.12.2024)</span></div><div class="article__views">{1203+k}</div></div>
<div class="article__title">{E(a['title'])}</div>
<div class="article__announce"><div class="media"><img src="1.jpg"><div class="media__copyright">© Меридиан / А. Снегов</div><div class="photoview__desc-text">Здание министерства. Архивное фото</div></div></div></div>
<div class="article__body js-mediator-article">{"".join(parts)}</div>
<div class="article__tags">{links(rng, ["В мире", "Дипломатия", "Переговоры", "Соглашения"], 3, '<a class="article__tags-item" href="/tag{i}">{t}</a>')}</div>
<div class="article__social"><div class="social-bottom">Подписывайтесь на наш <a href="https://t.me/x">Telegram-канал</a>, чтобы первыми узнавать о главных новостях.</div><div class="article__userbar"><span>Нравится 12</span> <span>Поделиться</span></div></div>
<div class="article__error">Если вы нашли ошибку, выделите фрагмент текста и нажмите Ctrl+Enter</div>
</div></div><div class="layout-article__right"><div class="lenta__title">Лента новостей</div>{links(rng, RU_HEADLINES, 6, '<div class="lenta__item"><a href="/{i}"><span class="lenta__item-text">{t}</span></a><span class="lenta__item-date">09:4{i}</span></div>')}</div></div></div>{second}</div></div>
<div class="footer"><div class="footer__text">Сетевое издание «Меридиан» зарегистрировано в Федеральной службе по надзору в сфере связи. Учредитель: ФГУП «Меридиан». Главный редактор: Ковалёва Н.П. Адрес редакции: mail@meridian.example</div></div>
<div class="elem-cookies">Мы используем файлы cookie, чтобы сайт работал лучше. Оставаясь на сайте, вы соглашаетесь с политикой обработки данных. <span>Хорошо</span></div></body></html>""", "utf-8", "Агентство Меридиан"


# ---- 5. a paper of 2003: koi8-r, capitals, <font>, <br><br> instead of paragraphs, no metadata, tags left open ----
def oldpaper(a, k, rng):
    y, m, d = date_parts(a)
    text = "<br><br>\n".join(("&nbsp;&nbsp;&nbsp;" + E(t)) if kind == "p" else "<b>%s</b>" % E(t) for kind, t in a["body"])
    return f"""<HTML>
<HEAD><TITLE>ГУБЕРНСКИЙ ЛИСТОК: {E(a['title'])}</TITLE>
{'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=koi8-r">' if k % 2 == 0 else ''}
<META NAME="keywords" CONTENT="газета, новости">
</HEAD>
<BODY BGCOLOR=white TEXT=black LINK=#003399>
<TABLE WIDTH=100% CELLPADDING=4><TR><TD COLSPAN=2 BGCOLOR=#003399><FONT COLOR=white SIZE=+2>ГУБЕРНСКИЙ ЛИСТОК</FONT><BR><FONT COLOR=white SIZE=-1>N {30+k} ({1200+k}) от {d:02d}.{m:02d}.{y}</FONT>
<TR><TD WIDTH=150 VALIGN=top><FONT SIZE=-1><A HREF=index.htm>Первая полоса</A><BR><A HREF=pol.htm>Политика</A><BR><A HREF=eco.htm>Экономика</A><BR><A HREF=kul.htm>Культура</A><BR><A HREF=sport.htm>Спорт</A><BR><A HREF=let.htm>Письма</A><BR><A HREF=ob.htm>Объявления</A></FONT><P><IMG SRC=count.gif WIDTH=88 HEIGHT=31 ALT="Счетчик">
<TD VALIGN=top>
<FONT SIZE=+2><B>{E(a['title'])}</B></FONT><BR>
<FONT SIZE=-1><I>{E(a['author'])}</I></FONT>
<P ALIGN=justify>{text}
<P ALIGN=right><A HREF=mailto:red@listok.example>Написать автору</A> | <A HREF=forum.htm>Обсудить в форуме</A>
<HR SIZE=1>
<FONT SIZE=-1><B>Другие статьи номера:</B><BR>{links(rng, RU_HEADLINES, 5, '<A HREF={i}.htm>{t}</A><BR>')}</FONT>
</TABLE>
<CENTER><FONT SIZE=-2>Copyright (C) "Губернский листок", {y}. Перепечатка только с разрешения редакции.</FONT></CENTER>
</BODY></HTML>""", "koi8-r", "ГУБЕРНСКИЙ ЛИСТОК"


# ---- 6. a president's office: a content system's fields, long menus that are no <nav>, teasers of other releases ----
def gov(a, k, rng):
    y, m, d = date_parts(a)
    body = paragraphs(a, items=("<ol>" if k % 2 else "<ul>", "</ol>" if k % 2 else "</ul>"))
    menu = "".join(f'<li class="menu-item"><a href="/{s}">{s.title()}</a><ul class="menu">{"".join("<li><a href=/x>%s</a></li>" % t for t in ["Biography", "Speeches", "Visits", "Decrees"])}</ul></li>' for s in ["president", "office", "institution", "media", "documents"])
    other = "".join(f'<div class="views-row"><span class="views-field-created">{i+1} {EN_MONTHS[m-1]} {y}</span><div class="views-field-title"><a href="/r{i}">{E(t)}</a></div><div class="views-field-body">The President today received {who} and discussed with him the state of bilateral ties and the visit planned for the autumn…</div></div>'
                    for i, (t, who) in enumerate([("President receives the Minister of Justice of Latvia", "the Minister of Justice of Latvia"), ("Greetings on the national day of Chad", "the ambassador of Chad")]))
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8" /><title>{E(a['title'])} | Office of the President</title>
<meta name="dcterms.issued" content="{a['day']}" /><meta name="Generator" content="Drupal 9" /></head>
<body class="path-node page-node-type-press-release"><a href="#main-content" class="visually-hidden focusable">Skip to main content</a>
<div class="dialog-off-canvas-main-canvas"><div class="region region-header"><div class="site-name">Office of the President of the Republic</div><ul class="menu menu--main">{menu}</ul></div>
<div class="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/media">Media</a></li><li>Press releases</li></ol></div>
<div class="layout-container"><div class="region region-content" id="main-content"><h1 class="page-title"><span class="field field--name-title">{E(a['title'])}</span></h1>
<div class="node node--type-press-release node--view-mode-full"><div class="node__meta"><span class="field field--name-created"><time datetime="{a['day']}T15:0{k}:00+04:00">{d} {EN_MONTHS[m-1]} {y}</time></span> <span class="release-no">Press release No. {k+41}/{y}</span></div>
<div class="node__content"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{"".join(body)}</div>
<div class="field field--name-field-gallery"><div class="field__label">Photo gallery</div><div class="field__item"><img src="1.jpg" alt="The President with the guest"><div class="image-caption">The President with the guest in the White Hall</div></div><div class="field__item"><img src="2.jpg"><div class="image-caption">During the talks</div></div></div>
<div class="addtoany_list"><a class="a2a_button_facebook">Facebook</a><a class="a2a_button_x">X</a><a>Copy Link</a></div></div></div></div>
<div class="region region-sidebar-second"><h2>Latest releases</h2>{other}<h2>Calendar</h2><table class="calendar"><tr><th>Mo</th><th>Tu</th><th>We</th><th>Th</th><th>Fr</th></tr><tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td></tr><tr><td>8</td><td>9</td><td>10</td><td>11</td><td>12</td></tr></table></div></div>
<div class="region region-footer"><p>Office of the President, 26 Hill Avenue. Press office: press@president.example, tel. 000 00 00.</p><p>Requests for accreditation are accepted until noon of the day before the event and must name the journalist and the equipment.</p></div></div></body></html>""", "utf-8", "Office of the President"


# ---- 7. a broadcaster's live blog: entries with times, a list of key events, share buttons at each entry ----
def live(a, k, rng):
    y, m, d = date_parts(a)
    ld = {"@context": "http://schema.org", "@graph": [{"@type": "BreadcrumbList", "itemListElement": []}, {"@type": "LiveBlogPosting", "headline": a["title"],
          "datePublished": f"{a['day']}T07:00:00+01:00", "publisher": {"@type": "Organization", "name": "Channel Nine"}, "author": {"name": a["author"]}}]}
    intro, rest = a["body"][0][1], a["body"][1:]
    entries = "".join(f'<article id="post-{i}" class="live-post"><div class="live-post__time"><time datetime="{a["day"]}T{18-i}:0{k}:00Z">{18-i}:0{k}</time></div><div class="live-post__body"><p>{E(t)}</p></div><div class="live-post__share"><button>Share this post</button><a href="#post-{i}">Copy link</a></div></article>' for i, (_, t) in enumerate(rest))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>{E(a['title'])} - Channel Nine News</title>
<script type="application/ld+json">{json.dumps(ld)}</script><meta property="og:title" content="{E(a['title'])}"></head>
<body><header><div class="logo">Channel Nine</div><div class="on-air">On air now: The Breakfast Hour</div></header>
<div class="wrap"><div class="live-page"><h1>{E(a['title'])}</h1><p class="live-status">This live page is now closed.</p>
<div class="live-summary"><p>{E(intro)}</p></div>
<div class="key-events"><h2>Key events</h2><ol>{"".join(f'<li><a href="#post-{i}">{18-i}:0{k} {E(" ".join(t.split()[:6]))}…</a></li>' for i, (_, t) in enumerate(rest))}</ol></div>
<div class="live-feed">{entries}</div><button class="more">Load older posts</button></div>
<div class="side"><h3>Watch</h3><div class="video-card"><p>Watch: {E(rng.choice(EN_HEADLINES))}</p></div><h3>More on this story</h3><ul>{links(rng, EN_HEADLINES, 5)}</ul></div></div>
<footer><ul><li><a href="/t">Terms of use</a></li><li><a href="/p">Privacy</a></li></ul><p>Channel Nine is not responsible for the content of external sites.</p></footer></body></html>""", "utf-8", "Channel Nine"


# ---- 8. a Russian daily: UTF-16, teasers of its own articles with text, comments, hidden blocks, AMP elements ----
def daily(a, k, rng):
    y, m, d = date_parts(a)
    body = paragraphs(a, p='<p class="b-text">{}</p>', head='<h2 class="b-sub">{}</h2>')
    parts = []
    for i, b in enumerate(body):
        parts.append(b)
        if i == 1:
            parts.append('<amp-ad width=300 height=250 type="x"><div placeholder>Реклама</div></amp-ad><div class="b-incut"><div class="b-incut__head">Материалы по теме</div><div class="b-incut__item"><a href="/1">%s</a><p>%s</p></div></div>' % (E(rng.choice(RU_HEADLINES)), E(rng.choice(RU_TEASERS))))
        if i == 2:
            parts.append('<div style="display:none">Скрытый текст для роботов: министр, переговоры, визит, саммит</div>')
    comments = "".join(f'<div class="comment"><span class="nick">Гость_{i}</span> <span class="when">{d:02d}.{m:02d}.{y} 1{i}:22</span><div class="comment__text">{E(t)}</div><a>Ответить</a></div>' for i, t in enumerate(RU_COMMENTS))
    return f"""<!DOCTYPE html><html ⚡ lang="ru"><head><title>{E(a['title'])} :: Волжский день</title>
<meta itemprop="datePublished" content="{a['day']}T08:00:00+03:00"><meta property="og:site_name" content="Волжский день"><meta property="og:title" content="{E(a['title'])}"></head>
<body><amp-sidebar id="s"><ul><li><a href="/pol">Политика</a></li><li><a href="/reg">Регионы</a></li><li><a href="/soc">Общество</a></li></ul></amp-sidebar>
<div class="top"><div class="top__weather">Самара +{k+3}°</div><div class="top__rates">USD 7{k},12 EUR 8{k},40</div></div>
<section class="material"><div class="material__rubric"><a href="/pol">Политика</a></div><h1 class="material__head">{E(a['title'])}</h1>
<div class="material__meta"><span class="material__author">{E(a['author'])}</span> <span class="material__date">{d} {RU_MONTHS[m-1]} {y}, 08:00</span> <span class="material__read">Время чтения: 2 мин.</span></div>
<amp-img src="x.jpg" alt=""></amp-img><div class="material__photo-sign">Фото: Дмитрий Лесной / «Волжский день»</div>
<div class="material__content">{"".join(parts)}</div>
<div class="material__share">Поделиться: <a>ВК</a> <a>ОК</a> <a>Телеграм</a></div></section>
<section class="comments"><h3>Комментарии ({len(RU_COMMENTS)})</h3>{comments}<form><textarea>Ваш комментарий</textarea></form></section>
<section class="also"><h3>Также по теме</h3>{"".join('<div class="also__card"><a href="/%d"><b>%s</b></a><div>%s</div></div>' % (i, E(RU_HEADLINES[(i + k) % 12]), E(RU_TEASERS[i])) for i in range(3))}</section>
<div class="bottom">© Волжский день, 1998–{y}. 16+. Редакция не несёт ответственности за мнения читателей.</div></body></html>""", "utf-16", "Волжский день"


# ---- 9. a blog: the common blog engine, sidebar with excerpts, long comments, JSON-LD graph ----
def blog(a, k, rng):
    y, m, d = date_parts(a)
    ld = {"@context": "https://schema.org", "@graph": [{"@type": "Article", "headline": a["title"], "datePublished": a["day"] + "T14:00:00+00:00", "author": {"@id": "#p"}, "publisher": {"@id": "#org"}},
          {"@type": "WebPage", "name": a["title"] + " - The Long Table", "datePublished": a["day"] + "T14:00:00+00:00"}, {"@type": "Organization", "@id": "#org", "name": "The Long Table"}, {"@type": "Person", "@id": "#p", "name": a["author"]}]}
    body = paragraphs(a, head="<h3>{}</h3>", p="<p>{}</p>")
    comments = "".join(f'<li id="comment-{i}" class="comment even"><article class="comment-body"><footer class="comment-meta"><b class="fn">reader{i}</b> says: <time datetime="{y}-12-0{i+1}T10:00">December {i+1}, {y} at 10:00</time></footer><div class="comment-content"><p>{E(t)}</p><p>{E(EN_COMMENTS[(i + 1) % 4])}</p></div></article></li>' for i, t in enumerate(EN_COMMENTS))
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8" /><title>{E(a['title'])} &#8211; The Long Table</title>
<script type="application/ld+json" class="yoast-schema-graph">{json.dumps(ld)}</script><meta property="og:site_name" content="The Long Table" />
</head><body class="post-template-default single single-post"><div id="page" class="hfeed site"><header id="masthead" class="site-header"><p class="site-title"><a href="/">The Long Table</a></p><p class="site-description">Notes on diplomacy by people who sat through it</p></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><div id="main" class="site-main">
<div id="post-{k}" class="post type-post hentry"><div class="entry-header"><h1 class="entry-title">{E(a['title'])}</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="/p"><time class="entry-date published" datetime="{a['day']}T14:00:00+00:00">{EN_MONTHS[m-1]} {d}, {y}</time></a></span><span class="byline"> by <a class="url fn n" href="/a">{E(a['author'])}</a></span></div></div>
<div class="entry-content">{"".join(body)}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on Twitter (Opens in new window)</a></li><li><a>Click to print (Opens in new window)</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3><em>Related</em></h3><div><a href="/r">{E(rng.choice(EN_HEADLINES))}</a><p>{E(rng.choice(EN_TEASERS))}</p><p>In "Essays"</p></div></div></div>
<div class="entry-footer">Posted in <a href="/c">Essays</a>. Tagged <a href="/t">summits</a>, <a href="/t">communiques</a>.</div></div>
<div class="post-navigation"><h2 class="screen-reader-text">Post navigation</h2><a href="/prev">Previous: {E(rng.choice(EN_HEADLINES))}</a><a href="/next">Next: {E(rng.choice(EN_HEADLINES))}</a></div>
<div id="comments" class="comments-area"><h2 class="comments-title">{len(EN_COMMENTS)} thoughts on &#8220;{E(a['title'])}&#8221;</h2><ol class="comment-list">{comments}</ol><div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div></div></div></div>
<div id="secondary" class="widget-area"><div class="widget widget_text"><h2>About</h2><p>The Long Table is written by former interpreters, note takers and second secretaries. We have no funding and no agenda, which is a rare thing in our trade.</p></div><div class="widget widget_recent_entries"><h2>Recent posts</h2><ul>{links(rng, EN_HEADLINES, 5)}</ul></div></div></div>
<div id="colophon" class="site-footer">Proudly powered by a blog engine</div></div></body></html>""", "utf-8", "The Long Table"


# ---- 10. a regional portal: windows-1251 declared behind a long script, text in <div> and <br>, tables of rates, horoscopes ----
def portal(a, k, rng):
    y, m, d = date_parts(a)
    half = len(a["body"]) // 2 or 1
    join = lambda rows: "<br />\n<br />\n".join(E(t) for _, t in rows)
    rates = "".join(f"<tr><td>{n}</td><td>{60+k},{i}1</td><td>+0,{i}{k}</td></tr>" for i, n in enumerate(["Доллар США", "Евро", "Юань", "Белорусский рубль"]))
    script = "var pixels = [" + ",".join("'counter%d.example/hit'" % i for i in range(160)) + "];"
    return f"""<!DOCTYPE html>
<html><head><script type="text/javascript">{script}</script>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1251" /><title>{E(a['title'])}. Новости сегодня - портал Регион-Онлайн</title>
<meta name="description" content="Новости региона, погода, афиша" /></head><body>
<div class="container-fluid"><div class="row"><div class="col-md-12 navbar"><a href="/">Новости</a> <a href="/afisha">Афиша</a> <a href="/auto">Авто</a> <a href="/job">Работа</a> <a href="/forum">Форум</a></div></div>
<div class="row"><div class="col-md-3"><div class="box"><div class="box-title">Курсы валют</div><table class="table">{rates}</table></div><div class="box"><div class="box-title">Гороскоп</div><div>Овнам сегодня лучше отложить важные встречи и переговоры, а Тельцам звёзды советуют отправиться в поездку.</div></div></div>
<div class="col-md-6"><div class="news-view"><h1>{E(a['title'])}</h1><div class="small text-muted">1{k}:05, {d:02d}.{m:02d}.{y} | Просмотров: {511*k+77} | <a href="#comm">Комментариев: 0</a></div>
<div class="news-img"><img src="n.jpg" title=""><br /><i>Фото с сайта пресс-службы</i></div>
<div class="full">{join(a["body"][:half])}<br /><br /><div class="adv"><!-- adv --><a href="http://ad.example">Окна от производителя со скидкой 40% только до конца недели</a></div>{join(a["body"][half:])}</div>
<div class="source">Источник: пресс-служба</div><div class="likely"><span>Рассказать друзьям</span><a>ВКонтакте</a><a>Одноклассники</a></div>
<div class="box"><div class="box-title">Читайте также</div>{links(rng, RU_HEADLINES, 4, '<div class="news-small"><a href="/{i}">{t}</a></div>')}</div></div></div>
<div class="col-md-3"><div class="box"><div class="box-title">Погода</div>Сегодня +1{k}, ветер северный, 4 м/с. Завтра +1{k}, возможен дождь.</div><div class="box"><div class="box-title">Популярное</div>{links(rng, RU_HEADLINES, 5, '<div><a href="/{i}">{t}</a> <span class="badge">{i}</span></div>')}</div></div></div>
<div class="row footer-row"><div class="col-md-12">Портал Регион-Онлайн. Все права защищены. Мнение редакции может не совпадать с мнением авторов. Реклама на сайте: 00-00-00.</div></div></div></body></html>""", "cp1251", "портал Регион-Онлайн"


def main():
    seen = {}
    for a in read_articles():
        k = seen[a["template"]] = seen.get(a["template"], 0) + 1
        name = "%s-%d" % (a["template"], k)
        page, charset, outlet = globals()[a["template"]](a, k, random.Random(name))
        with open(os.path.join(HERE, name + ".html"), "wb") as f:
            f.write(page.encode(charset, "xmlcharrefreplace"))
        gold = {"title": a["title"], "published": a["day"], "outlet": outlet, "author": a["author"], "lang": a["lang"] if "<html lang=" in page or "⚡ lang=" in page else "", "text": [a["title"]] + [t for _, t in a["body"]]}
        with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as f:
            json.dump(gold, f, ensure_ascii=False, indent=1)
            f.write("\n")


if __name__ == "__main__":
    main()
