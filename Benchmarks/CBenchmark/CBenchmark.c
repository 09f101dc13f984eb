#define _GNU_SOURCE
#include "CBenchmark.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

uint64_t bench_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// The sanitizers have their own in the place of libc's; nothing is measured beside them.
#define IS_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))

// These take the place of libc's own for the whole program.

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);

static atomic_uint_fast64_t allocations;
static _Thread_local uint64_t own_allocations;

static inline void count(void) {
  atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
  own_allocations++;
}

uint64_t bench_allocations(void) { return atomic_load_explicit(&allocations, memory_order_relaxed); }
uint64_t bench_thread_allocations(void) { return own_allocations; }

#if !IS_SANITIZED
void *malloc(size_t size) { count(); return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { count(); return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { count(); return __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) { count(); return __libc_memalign(alignment, size); }
int posix_memalign(void **place, size_t alignment, size_t size) {
  count();
  *place = __libc_memalign(alignment, size);
  return *place ? 0 : ENOMEM;
}
#endif

// Valgrind's own header, where it is installed.
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT
#endif

enum { NOTHING, WAY_OUT, WAY_BACK };
static atomic_int watched;
static atomic_uint_fast64_t stages[BENCH_STAGES], ways, way_allocations;
// The loop's thread alone is on the way.
static _Thread_local int is_loop, is_on_way;
static _Thread_local uint64_t allocations_before;
static atomic_int counts;

void bench_count_ways(void) { atomic_store(&counts, 1); }

static void begin_way(void) {
  allocations_before = own_allocations;
  is_on_way = 1;
  if (atomic_load_explicit(&counts, memory_order_relaxed)) CALLGRIND_TOGGLE_COLLECT;
}

static void end_way(void) {
  if (atomic_load_explicit(&counts, memory_order_relaxed)) CALLGRIND_TOGGLE_COLLECT;
  is_on_way = 0;
  atomic_store(&watched, NOTHING);
  atomic_fetch_add(&way_allocations, own_allocations - allocations_before);
  atomic_fetch_add(&ways, 1);
}

void bench_mark(int stage) {
  int what = atomic_load_explicit(&watched, memory_order_relaxed);
  if (stage == BENCH_ENTERED) is_loop = 1;
  if (what == NOTHING || !is_loop) return;
  if (stage == BENCH_LIT && what == WAY_BACK && is_on_way) end_way();
  uint64_t none = 0;
  atomic_compare_exchange_strong(&stages[stage], &none, bench_now());
  if (stage == BENCH_ENTERED && what == WAY_OUT && !is_on_way) begin_way();
}

uint64_t bench_stage(int stage) { return atomic_load(&stages[stage]); }
static void watch(int what) {
  for (int i = 0; i < BENCH_STAGES; i++) atomic_store(&stages[i], 0);
  atomic_store(&watched, what);
}
void bench_watch_out(void) { watch(WAY_OUT); }
void bench_watch_back(void) { watch(WAY_BACK); }
uint64_t bench_ways(void) { return atomic_load(&ways); }
uint64_t bench_way_allocations(void) { return atomic_load(&way_allocations); }

static inline void now_read(ssize_t size) {
  if (size <= 16 || !is_loop || is_on_way || atomic_load_explicit(&watched, memory_order_relaxed) != WAY_BACK) return;
  atomic_store(&stages[BENCH_READ], bench_now());
  begin_way();
}

/// Whether this write ends a way.
static inline int now_writes(size_t size) {
  if (size <= 16 || !is_on_way || atomic_load_explicit(&watched, memory_order_relaxed) != WAY_OUT) return 0;
  end_way();
  atomic_store(&stages[BENCH_WRITING], bench_now());
  return 1;
}

void bench_be_urgent(void) {
  struct sched_param priority = {.sched_priority = 10};
  pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority);
}

static atomic_int is_armed;
static atomic_uint_fast64_t written;

void bench_arm_write(void) { atomic_store(&written, 0); atomic_store(&is_armed, 1); }
uint64_t bench_written(void) { return atomic_load(&written); }

static inline void stamp(size_t size) {
  if (size > 16 && atomic_load_explicit(&is_armed, memory_order_relaxed) && atomic_exchange(&is_armed, 0))
    atomic_store(&written, bench_now());
}

#if !IS_SANITIZED
ssize_t write(int file, const void *bytes, size_t size) {
  int ends = now_writes(size);
  stamp(size);
  ssize_t result = syscall(SYS_write, file, bytes, size);
  if (ends) atomic_store(&stages[BENCH_WRITTEN], bench_now());
  return result;
}
ssize_t read(int file, void *bytes, size_t size) {
  ssize_t result = syscall(SYS_read, file, bytes, size);
  now_read(result);
  return result;
}
ssize_t writev(int file, const struct iovec *pieces, int number) {
  size_t size = 0;
  for (int i = 0; i < number; i++) size += pieces[i].iov_len;
  int ends = now_writes(size);
  stamp(size);
  ssize_t result = syscall(SYS_writev, file, pieces, number);
  if (ends) atomic_store(&stages[BENCH_WRITTEN], bench_now());
  return result;
}
#endif

struct bench_floor {
  pthread_t thread;
  int event, socket;
  const void *bytes;
  size_t count;
  atomic_uint_fast64_t written;
  atomic_int is_over;
};

static void *floor_run(void *argument) {
  bench_floor *floor = argument;
  int poll = epoll_create1(0);
  struct epoll_event wanted = {.events = EPOLLIN}, got;
  epoll_ctl(poll, EPOLL_CTL_ADD, floor->event, &wanted);
  while (!atomic_load(&floor->is_over)) {
    if (epoll_wait(poll, &got, 1, -1) < 1) continue;
    eventfd_t value;
    eventfd_read(floor->event, &value);
    uint64_t now = bench_now();
    if (syscall(SYS_write, floor->socket, floor->bytes, floor->count) < 0) break;
    atomic_store(&floor->written, now);
  }
  close(poll);
  return NULL;
}

bench_floor *bench_floor_start(int socket, const void *bytes, size_t size) {
  bench_floor *floor = calloc(1, sizeof *floor);
  floor->event = eventfd(0, EFD_NONBLOCK);
  floor->socket = socket;
  floor->bytes = bytes;
  floor->count = size;
  pthread_create(&floor->thread, NULL, floor_run, floor);
  return floor;
}

uint64_t bench_floor_wake(bench_floor *floor) {
  atomic_store(&floor->written, 0);
  uint64_t began = bench_now(), ended;
  eventfd_write(floor->event, 1);
  while (!(ended = atomic_load(&floor->written))) usleep(50);
  return ended - began;
}

void bench_floor_stop(bench_floor *floor) {
  atomic_store(&floor->is_over, 1);
  eventfd_write(floor->event, 1);
  pthread_join(floor->thread, NULL);
  close(floor->event);
  free(floor);
}

__attribute__((noinline)) void bench_measured(void (*work)(void *), void *context) {
  work(context);
  __asm__ volatile("");  // no tail call, which would leave this function
}

static atomic_int is_spinning;
static void *spin(void *nothing) {
  while (atomic_load_explicit(&is_spinning, memory_order_relaxed)) {}
  return nothing;
}

void bench_spin(int threads) {
  atomic_store(&is_spinning, 1);
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    pthread_create(&thread, NULL, spin, NULL);
    pthread_detach(thread);
  }
}

void bench_stop_spinning(void) { atomic_store(&is_spinning, 0); }
