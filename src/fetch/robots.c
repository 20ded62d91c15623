/* robots.txt by RFC 9309: the groups that name the agent, else those for all; the longest rule that fits; allow where two are as long. */
#include <strings.h>

#include "fetch/fetch.h"

/* Does the pattern fit the beginning of the path? `*` is any run, `$` at the end the path's end. Work is at most one by the other. */
static bool fits(ChSlice pattern, ChSlice path)
{
  bool ends = pattern.n && pattern.p[pattern.n - 1] == '$';
  if (ends)
    pattern.n--;
  size_t p = 0, s = 0, star = SIZE_MAX, mark = 0;
  for (;;) {
    if (p == pattern.n && (!ends || s == path.n))
      return true;
    if (p < pattern.n && pattern.p[p] == '*') {
      star = ++p;
      mark = s;
    } else if (p < pattern.n && s < path.n && pattern.p[p] == path.p[s]) {
      p++;
      s++;
    } else if (star != SIZE_MAX && mark < path.n) {
      p = star;
      s = ++mark;
    } else {
      return false;
    }
  }
}

static bool is(ChSlice a, const char *z) { return a.n == strlen(z) && strncasecmp(a.p, z, a.n) == 0; }

/* One pass over the file. `own`: the groups that name the agent count, else those for all. Whether there are such groups. */
static bool judge(ChSlice robots, ChSlice agent, bool own, ChSlice path, bool *allowed)
{
  bool mine = false, in_names = false, any = false;
  size_t longest = 0;
  *allowed = true;
  for (ChSlice rest = robots; rest.p;) {
    ChSlice value = ch_slice_cut(&rest, '\n');
    value = ch_slice_cut(&value, '#');
    ChSlice key = ch_slice_cut(&value, ':');
    value = ch_slice_trim(value.p ? value : CH_LIT(""));
    if (is(key, "user-agent")) {
      bool names = own ? value.n == agent.n && strncasecmp(value.p, agent.p, agent.n) == 0 : is(value, "*");
      mine = names || (in_names && mine); /* several names may head one group */
      in_names = true;
      any = any || names;
      continue;
    }
    bool allow = is(key, "allow");
    if (!allow && !is(key, "disallow"))
      continue;
    in_names = false;
    if (!mine || !value.n || value.n > 2000 || !fits(value, path))
      continue;
    if (value.n > longest || (value.n == longest && allow)) {
      longest = value.n;
      *allowed = allow;
    }
  }
  return any;
}

bool ch_fetch_allowed(ChSlice robots, ChSlice agent, ChSlice path)
{
  bool allowed;
  if (ch_slice_starts(robots, CH_LIT("\xEF\xBB\xBF")))
    robots = ch_slice(robots.p + 3, robots.n - 3);
  if (!judge(robots, agent, true, path, &allowed))
    judge(robots, agent, false, path, &allowed);
  return allowed || ch_slice_is(path, "/robots.txt");
}
