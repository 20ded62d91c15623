#include <netinet/in.h>
#include <sys/socket.h>

#include "fetch/fetch.h"

typedef struct Block {
  uint32_t net, mask;
} Block;

/* IANA IPv4 Special-Purpose Address Registry, multicast, reserved. */
static const Block blocks[] = {
    {0x00000000, 0xFF000000}, {0x0A000000, 0xFF000000}, {0x64400000, 0xFFC00000}, {0x7F000000, 0xFF000000}, {0xA9FE0000, 0xFFFF0000},
    {0xAC100000, 0xFFF00000}, {0xC0000000, 0xFFFFFF00}, {0xC0000200, 0xFFFFFF00}, {0xC0586300, 0xFFFFFF00}, {0xC0A80000, 0xFFFF0000},
    {0xC6120000, 0xFFFE0000}, {0xC6336400, 0xFFFFFF00}, {0xCB007100, 0xFFFFFF00}, {0xE0000000, 0xF0000000}, {0xF0000000, 0xF0000000},
};

static bool public4(uint32_t a)
{
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
    if ((a & blocks[i].mask) == blocks[i].net)
      return false;
  return true;
}

static uint32_t four(const unsigned char *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

static bool public6(const unsigned char *p)
{
  static const unsigned char zero[12] = {0}, nat64[12] = {0, 0x64, 0xFF, 0x9B};
  if (memcmp(p, zero, 10) == 0 && p[10] == 0xFF && p[11] == 0xFF) /* ::ffff:a.b.c.d */
    return public4(four(p + 12));
  if (memcmp(p, nat64, 12) == 0)
    return public4(four(p + 12));
  if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
    return public4(four(p + 2));
  if ((p[0] & 0xE0) != 0x20) /* only 2000::/3 is given out: not ::1, fc00::/7, fe80::/10, ff00::/8 */
    return false;
  return !(p[0] == 0x20 && p[1] == 0x01 && (p[2] < 2 || (p[2] == 0x0D && p[3] == 0xB8))); /* 2001::/23, documentation */
}

bool ch_fetch_public(const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return public4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
  return address->sa_family == AF_INET6 && public6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
}
