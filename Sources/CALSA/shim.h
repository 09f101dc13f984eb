#pragma once
// What Swift cannot import of alsa-lib: function-like macros, a variadic handler, a pointer in a packed union;
// and what Glibc does not bring: eventfd, thread names.
#include <alsa/asoundlib.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

static void calsa_say_nothing(const char *file, int line, const char *function, int error, const char *format, ...) {
  (void)file; (void)line; (void)function; (void)error; (void)format;
}

/// Keeps alsa-lib from printing lines of its own to stderr; errors still come back as return values.
static inline void calsa_be_quiet(void) { snd_lib_error_set_handler(calsa_say_nothing); }

/// To be delivered at once, not through a queue.
static inline void calsa_event_set_direct(snd_seq_event_t *event) { snd_seq_ev_set_direct(event); }

/// Makes the event a system exclusive message; the bytes must live until it is sent.
static inline void calsa_event_set_sysex(snd_seq_event_t *event, unsigned int length, const unsigned char *bytes) {
  snd_seq_ev_set_sysex(event, length, (void *)bytes);
}

/// The bytes of a variable-length event; NULL for any other.
static inline const unsigned char *calsa_event_bytes(const snd_seq_event_t *event) {
  return snd_seq_ev_is_variable(event) ? (const unsigned char *)event->data.ext.ptr : NULL;
}

/// How many bytes a variable-length event has.
static inline unsigned int calsa_event_byte_count(const snd_seq_event_t *event) {
  return snd_seq_ev_is_variable(event) ? event->data.ext.len & ~0xC0000000u : 0;
}

/// Names the calling thread, as `ps -L` and debuggers show it; 15 bytes at most.
static inline void calsa_name_this_thread(const char *name) { prctl(PR_SET_NAME, name); }
