/* A user of libchancery, compiled against the installed header alone. usage: library PACK */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <chancery.h>

static ChanceryError error;

static void need(int ok, const char *what)
{
  if (ok)
    return;
  fprintf(stderr, "%s: %d %s\n", what, (int)error.status, error.text);
  exit(1);
}

int main(int argc, char **argv)
{
  static const char text[] =
      "Norwegian Foreign Minister Ida Solvang met Chilean Foreign Minister Pablo Arrau in Santiago on May 12, 2026.\n";
  ChanceryReport report = {0};
  ChanceryQuery query = {0};
  need(argc == 2, "usage");
  need(!chancery_open("none.pack", NULL, &error) && error.status == CHANCERY_IO, "missing pack");
  Chancery *c = chancery_open(argv[1], NULL, &error);
  need(c != NULL, "open");
  need(chancery_read(c, &report, &error) == NULL && error.status == CHANCERY_INPUT, "empty report");
  report.bytes = text;
  report.size = sizeof text - 1;
  report.id = "a/b";
  report.published = "2026-05-13";
  char *reading = chancery_read(c, &report, &error);
  need(reading && strstr(reading, "\"published\":\"2026-05-13\"") && strstr(reading, "Solvang"), "read");
  report.published = "tomorrow";
  need(!chancery_read(c, &report, &error) && error.status == CHANCERY_USAGE, "bad day");
  report.published = "2026-05-13";

  remove("library.db");
  need(!chancery_store_open("library.db", false, &error) && error.status == CHANCERY_NOT_FOUND, "missing store");
  ChanceryStore *s = chancery_store_open("library.db", true, &error);
  need(s != NULL, "store");
  need(chancery_store_ingest(s, c, &report, &error) == CHANCERY_NEW, "new");
  need(chancery_store_ingest(s, c, &report, &error) == CHANCERY_SAME, "same");
  report.outlet = "Wire";
  need(chancery_store_ingest(s, c, &report, &error) == CHANCERY_CHANGED, "changed");
  query.who = "solvang";
  char *events = chancery_store_events(s, &query, &error);
  need(events && strstr(events, "\"id\":\"a/b:e1\""), "events");
  query.from = "soon";
  need(!chancery_store_events(s, &query, &error) && error.status == CHANCERY_USAGE, "bad date");
  query.from = NULL;
  query.who = "***";
  need(!chancery_store_events(s, &query, &error) && error.status == CHANCERY_USAGE, "no name");
  char *stored = chancery_store_reading(s, "a/b", &error);
  need(stored && strstr(stored, "\"outlet\":\"Wire\""), "reading");
  need(!chancery_store_reading(s, "a/c", NULL), "no reading");
  chancery_free(reading);
  chancery_free(events);
  chancery_free(stored);
  chancery_store_close(s);
  chancery_close(c);
  puts(chancery_version());
  return 0;
}
