// A controller made of a client of the ALSA sequencer.
#include "CBenchmark.h"
#include <alsa/asoundlib.h>
#include <pthread.h>
#include <stdatomic.h>

static snd_seq_t *out, *in;
static int out_port;
static atomic_uint_fast64_t heard;

static void *listen_for_lights(void *nothing) {
  snd_seq_event_t *event;
  while (snd_seq_event_input(in, &event) >= 0)
    if (event->type == SND_SEQ_EVENT_CONTROLLER) atomic_store(&heard, bench_now());
  return nothing;
}

int bench_controller_open(const char *name) {
  if (snd_seq_open(&in, "default", SND_SEQ_OPEN_DUPLEX, 0) < 0) return -1;
  snd_seq_set_client_name(in, name);
  out = in;
  out_port = snd_seq_create_simple_port(
      in, name,
      SND_SEQ_PORT_CAP_READ | SND_SEQ_PORT_CAP_SUBS_READ | SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_SUBS_WRITE |
          SND_SEQ_PORT_CAP_DUPLEX,
      SND_SEQ_PORT_TYPE_MIDI_GENERIC | SND_SEQ_PORT_TYPE_HARDWARE | SND_SEQ_PORT_TYPE_PORT);
  pthread_t thread;
  pthread_create(&thread, NULL, listen_for_lights, NULL);
  return out_port;
}

int bench_sequencer_client(const char *name) {
  snd_seq_client_info_t *info;
  snd_seq_client_info_alloca(&info);
  snd_seq_client_info_set_client(info, -1);
  while (snd_seq_query_next_client(out, info) >= 0)
    if (!strcmp(snd_seq_client_info_get_name(info), name)) return snd_seq_client_info_get_client(info);
  return -1;
}

uint64_t bench_controller_send(int client, int controller, int value) {
  snd_seq_event_t event;
  snd_seq_ev_clear(&event);
  snd_seq_ev_set_source(&event, out_port);
  if (client < 0) snd_seq_ev_set_subs(&event);
  else snd_seq_ev_set_dest(&event, client, 0);
  snd_seq_ev_set_direct(&event);
  snd_seq_ev_set_controller(&event, 0, controller, value);
  uint64_t now = bench_now();
  return snd_seq_event_output_direct(out, &event) < 0 ? 0 : now;
}

void bench_controller_forget(void) { atomic_store(&heard, 0); }
uint64_t bench_controller_heard(void) { return atomic_load(&heard); }
