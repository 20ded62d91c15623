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

void ch_file_begin(ChFileOut *f, const char *path, ChError *err)
{
  f->fd = -1;
  if (ch_failed(err))
    return;
  int n = snprintf(f->path, sizeof f->path, "%s", path);
  int m = snprintf(f->temporary, sizeof f->temporary, "%s.%ld.tmp", path, (long)getpid());
  if (n < 0 || m < 0 || (size_t)n >= sizeof f->path || (size_t)m >= sizeof f->temporary) {
    ch_error_set(err, CH_ERR_IO, "path too long: %s", path);
    return;
  }
  f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (f->fd < 0)
    ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "cannot be written: %s", strerror(errno));
}

void ch_file_add(ChFileOut *f, ChSlice data, ChError *err)
{
  size_t done = 0;
  while (!ch_failed(err) && done < data.n) {
    ssize_t put = write(f->fd, data.p + done, data.n - done);
    if (put >= 0)
      done += (size_t)put;
    else if (errno != EINTR)
      ch_error_at(err, CH_ERR_IO, ch_slice_z(f->path), 0, 0, "cannot be written: %s", strerror(errno));
  }
}

void ch_file_end(ChFileOut *f, ChError *err)
{
  if (f->fd < 0)
    return;
  bool bad = !ch_failed(err) && fsync(f->fd) != 0;
  bad |= close(f->fd) != 0;
  f->fd = -1;
  if (!bad && !ch_failed(err) && rename(f->temporary, f->path) == 0)
    return;
  ch_error_at(err, CH_ERR_IO, ch_slice_z(f->path), 0, 0, "cannot be written: %s", strerror(errno));
  unlink(f->temporary);
}

void ch_file_write(const char *path, ChSlice data, ChError *err)
{
  ChFileOut f;
  ch_file_begin(&f, path, err);
  ch_file_add(&f, data, err);
  ch_file_end(&f, err);
}
