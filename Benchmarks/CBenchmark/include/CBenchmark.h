#pragma once
// What a benchmark needs of C: a clock, a count of allocations, stamps of writes, and the floor: the least that the line
// could do, with nothing of ours in it.
#include <stdint.h>
#include <stddef.h>

/// CLOCK_MONOTONIC in nanoseconds.
uint64_t bench_now(void);

/// Calls of malloc, calloc, realloc and their like since the program began, on all threads.
uint64_t bench_allocations(void);
/// Those of the calling thread.
uint64_t bench_thread_allocations(void);

/// Forgets the last stamp and stamps the next write(2) or writev(2) of more than 16 bytes, on any thread.
void bench_arm_write(void);
/// When it began; 0 before that.
uint64_t bench_written(void);

/// The moments of one event on its way out, and of its confirmation on the way back.
enum { BENCH_ENTERED, BENCH_DECIDED, BENCH_WRITING, BENCH_WRITTEN, BENCH_READ, BENCH_REPORTED, BENCH_LIT, BENCH_STAGES };
/// Marks a moment, where it is waited for.
void bench_mark(int stage);
/// When it was; 0 where it was not since the watch began.
uint64_t bench_stage(int stage);
/// Watches the next way out, from the moment it has entered the loop until write(2) begins; or the next way back, from
/// read(2)'s return on the thread that entered last until the light. callgrind counts what is done meanwhile.
void bench_watch_out(void);
void bench_watch_back(void);
/// From now on callgrind counts what is done on the ways that are watched.
void bench_count_ways(void);
/// The ways that were watched to their end, and the allocations on them.
uint64_t bench_ways(void);
uint64_t bench_way_allocations(void);

/// Lets this thread run before all others, where that is permitted: who only stamps must not stamp late.
void bench_be_urgent(void);

/// A thread that waits for an eventfd with epoll and then writes bytes to a socket: the floor of the line's way out.
typedef struct bench_floor bench_floor;
bench_floor *bench_floor_start(int socket, const void *bytes, size_t count);
/// Wakes it; gives back how long it was until its write(2), in nanoseconds.
uint64_t bench_floor_wake(bench_floor *floor);
void bench_floor_stop(bench_floor *floor);

/// Does `work`. callgrind counts what is done in here: `--toggle-collect=bench_measured`.
void bench_measured(void (*work)(void *), void *context);

/// Threads that do nothing, as fast as they can, at our own priority.
void bench_spin(int threads);
void bench_stop_spinning(void);

/// A controller made of a client of the ALSA sequencer, with one port; -1 where there is no sequencer.
int bench_controller_open(const char *name);
/// The number of a client of the sequencer; -1 where there is none of that name.
int bench_sequencer_client(const char *name);
/// Sends a control change to a client's first port, or, where it is -1, to whoever listens.
/// Gives back when; 0 where it could not.
uint64_t bench_controller_send(int client, int controller, int value);
/// When the last light's message came; 0 where none has since it was forgotten.
uint64_t bench_controller_heard(void);
void bench_controller_forget(void);
