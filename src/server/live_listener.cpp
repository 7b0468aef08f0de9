// SPDX-License-Identifier: Apache-2.0
#include "server/live_listener.hpp"

#include <memory>
#include <utility>

#include "server/wav_stream.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

class Listener {
 public:
  Listener(Loop& loop, Journal& journal, LiveListening live, Overheard overheard,
           std::optional<Call::Listening> listening)
      : loop_(loop),
        journal_(journal),
        live_(std::move(live)),
        overheard_(std::move(overheard)),
        listening_(std::move(listening)),
        began_(loop.now()) {
    tell(true);
  }
  ~Listener() { tell(false); }
  Listener(const Listener&) = delete;

  bool hear(std::string& more) {
    if (!std::exchange(begun_, true)) more = endless_wav_head();
    const bool over = live_.over();
    more += wav_bytes(live_);
    return !over;
  }

 private:
  void tell(bool begins) {
    journal_.append(events::recording_overheard, overheard_.contact,
                    {{"recording", overheard_.recording},
                     {"by", overheard_.by},
                     {"begins", begins},
                     {"length", std::chrono::duration<double>(loop_.now() - began_).count()}});
  }

  Loop& loop_;
  Journal& journal_;
  LiveListening live_;
  const Overheard overheard_;
  const std::optional<Call::Listening> listening_;
  const Timestamp began_;
  bool begun_ = false;
};

}  // namespace

HttpResponse listen_live(Loop& loop, Journal& journal, LiveListening live, Overheard overheard,
                         std::optional<Call::Listening> listening) {
  const auto listener =
      std::make_shared<Listener>(loop, journal, std::move(live), std::move(overheard), std::move(listening));
  return {.type = "audio/wav", .stream = [listener](std::string& more) { return listener->hear(more); }};
}

}  // namespace vcsr
