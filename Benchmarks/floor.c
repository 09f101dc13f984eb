// The floor of the line: reads the ALSA sequencer and writes the same bytes to a socket; reads the socket and writes the
// light's message to the sequencer. Nothing is looked up, checked or remembered.
//
//   floor PORT CLIENT-NAME FILE    connects to 127.0.0.1:PORT; FILE holds the bytes to write for each press
#include <alsa/asoundlib.h>
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int find(snd_seq_t *sequencer, const char *name) {
  snd_seq_client_info_t *info;
  snd_seq_client_info_alloca(&info);
  snd_seq_client_info_set_client(info, -1);
  while (snd_seq_query_next_client(sequencer, info) >= 0)
    if (!strcmp(snd_seq_client_info_get_name(info), name)) return snd_seq_client_info_get_client(info);
  return -1;
}

int main(int count, char **words) {
  if (count != 4) return 64;
  unsigned char bytes[1024];
  FILE *file = fopen(words[3], "r");
  size_t size = file ? fread(bytes, 1, sizeof bytes, file) : 0;
  snd_seq_t *sequencer;
  if (!size || snd_seq_open(&sequencer, "default", SND_SEQ_OPEN_DUPLEX, SND_SEQ_NONBLOCK) < 0) return 1;
  snd_seq_set_client_name(sequencer, "floor");
  int port = snd_seq_create_simple_port(sequencer, "floor", SND_SEQ_PORT_CAP_WRITE | SND_SEQ_PORT_CAP_READ,
                                        SND_SEQ_PORT_TYPE_APPLICATION);
  int client = find(sequencer, words[2]);
  if (client < 0 || snd_seq_connect_from(sequencer, port, client, 0) < 0) return 2;
  snd_seq_connect_to(sequencer, port, client, 0);

  int wire = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(wire, (struct sockaddr *)&address, sizeof address) < 0) return 3;
  setsockopt(wire, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);

  struct pollfd files[2];
  snd_seq_poll_descriptors(sequencer, files, 1, POLLIN);
  files[1] = (struct pollfd){.fd = wire, .events = POLLIN};
  while (poll(files, 2, -1) > 0) {
    snd_seq_event_t *event;
    if (files[0].revents)
      while (snd_seq_event_input(sequencer, &event) >= 0)
        if (event->type == SND_SEQ_EVENT_CONTROLLER && event->data.control.value > 0 && write(wire, bytes, size) < 0)
          return 4;
    if (files[1].revents) {
      char heard[4096];
      if (read(wire, heard, sizeof heard) <= 0) return 0;
      snd_seq_event_t light;
      snd_seq_ev_clear(&light);
      snd_seq_ev_set_source(&light, port);
      snd_seq_ev_set_dest(&light, client, 0);
      snd_seq_ev_set_direct(&light);
      snd_seq_ev_set_controller(&light, 0, 64, 127);
      snd_seq_event_output_direct(sequencer, &light);
    }
  }
  return 0;
}
