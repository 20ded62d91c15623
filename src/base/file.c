#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void ch_file_read(const char *path, size_t max, ChBuf *out, ChError *err)
{
  if (ch_failed(err))
    return;
  ChSlice name = ch_slice_z(path);
  bool own = strcmp(path, "-") != 0;
  int fd = own ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
  struct stat st;
  if (fd < 0 || fstat(fd, &st) != 0) {
    ch_error_at(err, CH_ERR_IO, name, 0, 0, "cannot be opened: %s", strerror(errno));
    if (fd >= 0 && own)
      close(fd);
    return;
  }
  if (S_ISDIR(st.st_mode))
    ch_error_at(err, CH_ERR_IO, name, 0, 0, "is a folder");
  else if (S_ISREG(st.st_mode) && (uint64_t)st.st_size > max)
    ch_error_at(err, CH_ERR_INPUT, name, 0, 0, "too large: %lld bytes, the limit is %zu", (long long)st.st_size, max);
  char chunk[65536];
  while (!ch_failed(err)) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      ch_error_at(err, CH_ERR_IO, name, 0, 0, "cannot be read: %s", strerror(errno));
    if (got <= 0)
      break;
    if (out->n + (size_t)got > max)
      ch_error_at(err, CH_ERR_INPUT, name, 0, 0, "too large: the limit is %zu bytes", max);
    else
      ch_buf_add(out, chunk, (size_t)got);
    if (out->failed)
      ch_error_at(err, CH_ERR_LIMIT, name, 0, 0, "not enough memory to read it");
  }
  if (own)
    close(fd);
}

void ch_file_write(const char *path, ChSlice data, ChError *err)
{
  if (ch_failed(err))
    return;
  char tmp[4096];
  int n = snprintf(tmp, sizeof tmp, "%s.%ld.tmp", path, (long)getpid());
  if (n < 0 || (size_t)n >= sizeof tmp) {
    ch_error_set(err, CH_ERR_IO, "path too long: %s", path);
    return;
  }
  int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) {
    ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "cannot be written: %s", strerror(errno));
    return;
  }
  size_t done = 0;
  while (done < data.n) {
    ssize_t put = write(fd, data.p + done, data.n - done);
    if (put < 0 && errno == EINTR)
      continue;
    if (put < 0)
      break;
    done += (size_t)put;
  }
  bool bad = done < data.n || fsync(fd) != 0;
  bad |= close(fd) != 0;
  if (!bad && rename(tmp, path) == 0)
    return;
  ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "cannot be written: %s", strerror(errno));
  unlink(tmp);
}
