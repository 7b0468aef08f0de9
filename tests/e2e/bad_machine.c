/* SPDX-License-Identifier: Apache-2.0
 * Loaded before a program (LD_PRELOAD): its disk is slow or fails, its clock jumps, as the file that BAD_MACHINE
 * names says while the program runs: four numbers of 64 bits. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct state {
  volatile int64_t sync_takes_ms, sync_fails, read_only, clock_off_s;
};

static struct state well;
static struct state *now = &well;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("BAD_MACHINE");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof well, PROT_READ, MAP_SHARED, file, 0);
  if (shared != MAP_FAILED) now = shared;
  close(file);
}

static int sync_by(const char *name, int file) {
  if (now->sync_takes_ms > 0) {
    struct timespec pause = {now->sync_takes_ms / 1000, now->sync_takes_ms % 1000 * 1000000};
    nanosleep(&pause, NULL);
  }
  if (now->sync_fails) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return sync_by("fsync", file); }
int fdatasync(int file) { return sync_by("fdatasync", file); }

static ssize_t write_by(const char *name, int file, const void *bytes, size_t length, off_t at) {
  if (now->read_only) {
    errno = EROFS;
    return -1;
  }
  return ((ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, name))(file, bytes, length, at);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return write_by("pwrite", file, bytes, length, at); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at) {
  return write_by("pwrite64", file, bytes, length, at);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = ((int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime"))(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += now->clock_off_s;
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  int result = ((int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday"))(time, zone);
  if (result == 0) time->tv_sec += now->clock_off_s;
  return result;
}

time_t time(time_t *told) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  if (told) *told = at.tv_sec;
  return at.tv_sec;
}
