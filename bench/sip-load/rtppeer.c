/* SPDX-License-Identifier: Apache-2.0
 * The callers' audio: binds COUNT ports from BASE on, STEP apart. A port is silent until the server's first
 * packet arrives there; from then on it sends one PCMU packet back every 20 ms, until nothing has come for
 * 400 ms. DTMF_MS after its first packet each call presses '5' once (RFC 4733); 0: never.
 * One line per second, and a summary when it is ended or after SECONDS.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { frame = 160, header = 12, packet_us = 20000, gone_us = 400000, event_packets = 8, batch = 1024 };

struct port {
  int fd;
  bool active, heard;
  struct sockaddr_in server;
  uint16_t sequence, heard_sequence;
  uint32_t timestamp, ssrc, heard_ssrc, event_timestamp;
  size_t position;
  int64_t began, last_heard, next;
  int event_sent;
};

struct counts {
  uint64_t received, sent, lost, late40, late100;
};

static volatile sig_atomic_t stopped;
static uint8_t audio[1 << 20];
static size_t audio_bytes;
static int dtmf_ms, active, most_active;
static uint64_t calls, failed, sent_late;
static struct counts counts;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static int64_t now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void put32(uint8_t* bytes, uint32_t number) {
  number = htonl(number);
  memcpy(bytes, &number, sizeof number);
}

static void load_audio(const char* path) {
  FILE* file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(1);
  }
  audio_bytes = fread(audio, 1, sizeof audio, file);
  fclose(file);
  audio_bytes -= audio_bytes % frame;
  if (audio_bytes > 0) return;
  fprintf(stderr, "%s: shorter than 20 ms\n", path);
  exit(1);
}

static struct port* bind_ports(const char* address, int base, int step, int count, int poll) {
  struct port* ports = calloc((size_t)count, sizeof *ports);
  for (int i = 0; i < count; i++) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)(base + i * step))};
    inet_pton(AF_INET, address, &place.sin_addr);
    ports[i].fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (bind(ports[i].fd, (struct sockaddr*)&place, sizeof place)) {
      fprintf(stderr, "port %d: ", base + i * step);
      perror("bind");
      exit(1);
    }
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
    epoll_ctl(poll, EPOLL_CTL_ADD, ports[i].fd, &event);
  }
  return ports;
}

static void begin(struct port* port, int64_t now) {
  const int fd = port->fd;
  *port = (struct port){.fd = fd, .active = true, .began = now, .next = now + packet_us, .last_heard = now};
  port->sequence = (uint16_t)rand();
  port->timestamp = (uint32_t)rand();
  port->ssrc = (uint32_t)rand();
  port->position = (size_t)rand() % (audio_bytes / frame) * frame;
  calls++;
  if (++active > most_active) most_active = active;
}

static void hear(struct port* port) {
  uint8_t packet[2048];
  struct sockaddr_in from;
  socklen_t length = sizeof from;
  const ssize_t bytes = recvfrom(port->fd, packet, sizeof packet, 0, (struct sockaddr*)&from, &length);
  if (bytes < header || packet[0] >> 6 != 2 || (packet[1] >= 200 && packet[1] <= 207)) return;
  const int64_t now = now_us();
  counts.received++;
  if (!port->active) begin(port, now);
  port->server = from;
  uint32_t ssrc;
  memcpy(&ssrc, packet + 8, sizeof ssrc);
  const uint16_t sequence = (uint16_t)(packet[2] << 8 | packet[3]);
  if (port->heard && port->heard_ssrc == ssrc) {
    const int16_t step = (int16_t)(sequence - port->heard_sequence);
    if (step > 1 && step < 1000) counts.lost += (uint64_t)(step - 1);
    if (now - port->last_heard > 40000) counts.late40++;
    if (now - port->last_heard > 100000) counts.late100++;
  }
  port->heard = true;
  port->heard_ssrc = ssrc;
  port->heard_sequence = sequence;
  port->last_heard = now;
}

static void hear_all(struct port* ports, int poll) {
  struct epoll_event events[batch];
  int ready;
  do {
    ready = epoll_wait(poll, events, batch, 0);
    for (int i = 0; i < ready; i++) hear(&ports[events[i].data.u32]);
  } while (ready == batch);
}

/* Returns the bytes of the payload. */
static size_t press_five(struct port* port, uint8_t* packet) {
  if (port->event_sent == 0) {
    port->event_timestamp = port->timestamp;
    packet[1] |= 0x80;
  }
  port->event_sent++;
  packet[1] |= 101;
  put32(packet + 4, port->event_timestamp);
  const int length = frame * (port->event_sent < 6 ? port->event_sent : 6);
  const uint8_t event[] = {5, (uint8_t)(10 | (port->event_sent >= 6 ? 0x80 : 0)), (uint8_t)(length >> 8),
                           (uint8_t)length};
  memcpy(packet + header, event, sizeof event);
  return sizeof event;
}

static void talk(struct port* port, int64_t now) {
  if (!port->active) return;
  if (now - port->last_heard > gone_us) {
    port->active = false;
    active--;
    return;
  }
  if (now < port->next) return;
  if (now - port->next > 15000) sent_late++;
  if (now - port->next > 200000) port->next = now;
  port->next += packet_us;
  uint8_t packet[header + frame] = {0x80, 0, (uint8_t)(port->sequence >> 8), (uint8_t)port->sequence};
  put32(packet + 4, port->timestamp);
  memcpy(packet + 8, &port->ssrc, sizeof port->ssrc);
  size_t payload = frame;
  if (dtmf_ms && port->event_sent < event_packets && now - port->began >= dtmf_ms * (int64_t)1000)
    payload = press_five(port, packet);
  else memcpy(packet + header, audio + port->position, frame);
  port->sequence++;
  port->timestamp += frame;
  port->position = (port->position + frame) % audio_bytes;
  const struct sockaddr* server = (const struct sockaddr*)&port->server;
  if (sendto(port->fd, packet, header + payload, 0, server, sizeof port->server) < 0) failed++;
  else counts.sent++;
}

static void print_counts(const char* first, struct counts seen) {
  printf("%s received=%llu sent=%llu lost=%llu late40=%llu late100=%llu", first,
         (unsigned long long)seen.received, (unsigned long long)seen.sent, (unsigned long long)seen.lost,
         (unsigned long long)seen.late40, (unsigned long long)seen.late100);
}

static void print_second(int64_t second) {
  static struct counts before;
  char first[64];
  snprintf(first, sizeof first, "t=%lld active=%d", (long long)second, active);
  print_counts(first, (struct counts){counts.received - before.received, counts.sent - before.sent,
                                      counts.lost - before.lost, counts.late40 - before.late40,
                                      counts.late100 - before.late100});
  printf("\n");
  before = counts;
}

static void serve(struct port* ports, int count, int poll) {
  const int64_t began = now_us();
  int64_t tick = began, reported = began;
  while (!stopped) {
    int64_t now = now_us();
    if (now < tick) usleep((useconds_t)(tick - now));
    tick += 1000;
    hear_all(ports, poll);
    now = now_us();
    if (now - tick > packet_us) tick = now;
    for (int i = 0; i < count; i++) talk(&ports[i], now);
    if (now - reported < 1000000) continue;
    print_second((now - began) / 1000000);
    reported = now;
  }
}

int main(int argc, char** argv) {
  if (argc < 7) {
    fprintf(stderr, "usage: rtppeer ADDRESS BASE STEP COUNT ULAW-FILE DTMF_MS [SECONDS]\n");
    return 2;
  }
  const int count = atoi(argv[4]);
  dtmf_ms = atoi(argv[6]);
  if (argc > 7) alarm((unsigned)atoi(argv[7]));
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  signal(SIGALRM, stop);
  setvbuf(stdout, NULL, _IOLBF, 0);
  load_audio(argv[5]);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const int poll = epoll_create1(0);
  serve(bind_ports(argv[1], atoi(argv[2]), atoi(argv[3]), count, poll), count, poll);
  char first[96];
  snprintf(first, sizeof first, "SUMMARY calls=%llu maxactive=%d failed=%llu sent_late15=%llu",
           (unsigned long long)calls, most_active, (unsigned long long)failed, (unsigned long long)sent_late);
  print_counts(first, counts);
  printf("\n");
  return 0;
}
