// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_engine.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "drivers/sip/rtp/rtp_socket.hpp"
#include "drivers/sip/rtp/rtp_stream.hpp"
#include "drivers/sip/rtp/rtp_thread.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/dtmf.hpp"
#include "vcsr/media/tone.hpp"

namespace vcsr::sip {

namespace {

/// One that goes on where codec and law stay, for its packets depend on those before.
std::shared_ptr<RtpCoding> renewed(const std::shared_ptr<RtpCoding>& coding, const MediaPlan& plan) {
  if (!plan.wire) return {};
  if (coding && coding->wire() == *plan.wire && coding->law() == plan.codec) return coding;
  return std::make_shared<RtpCoding>(*plan.wire, plan.codec);
}

}  // namespace

/// The loop's side: which streams there are, and the way of events from the thread to the listener.
class RtpEngine::Impl {
 public:
  Impl(Loop& loop, MediaListener& listener, const RtpOptions& options)
      : loop_(loop),
        listener_(listener),
        ports_(options.address, options.first, options.last, options.second_address),
        silence_limit_(static_cast<std::uint32_t>(options.silence_limit / frame_duration)),
        threads_(make_threads(options)) {}

  struct Open {
    std::shared_ptr<RtpStream> stream;
    bool sends_events = false;
    std::shared_ptr<SrtpStream> sealed = {}, opened = {};
    std::shared_ptr<RtpCoding> coding = {};
    std::uint32_t plays = 0;
    std::size_t thread = 0;
    std::set<MediaId> hears = {}, heard_by = {};
  };

  std::vector<std::unique_ptr<RtpThread>> make_threads(const RtpOptions& options) {
    std::vector<std::unique_ptr<RtpThread>> threads;
    for (std::size_t i = 0; i < options.threads; ++i) {
      threads.push_back(std::make_unique<RtpThread>(
          [this](const std::vector<RtpEvent>& events) { collect(events); }, options.realtime, options.log));
    }
    return threads;
  }
  RtpThread& thread_of(const Open& open) { return *threads_[open.thread]; }

  Open* find(MediaId id) {
    const auto found = open_.find(id);
    return found == open_.end() ? nullptr : &found->second;
  }

  /// On the stream's thread, after all commands before.
  void command(MediaId id, std::function<void(RtpStream&)> command) {
    if (Open* open = find(id)) {
      thread_of(*open).submit([stream = open->stream, command = std::move(command)] { command(*stream); });
    }
  }

  void link(MediaId hearer, MediaId source, bool on) {
    if (threads_.size() == 1) return;
    if (on) gather(hearer, source);
    std::set<MediaId>&hears = find(hearer)->hears, &heard_by = find(source)->heard_by;
    if (on) {
      hears.insert(source);
      heard_by.insert(hearer);
    } else {
      hears.erase(source);
      heard_by.erase(hearer);
    }
  }

  void unlink(MediaId id) {
    Open& open = *find(id);
    for (const MediaId other : std::exchange(open.hears, {})) find(other)->heard_by.erase(id);
    for (const MediaId other : std::exchange(open.heard_by, {})) find(other)->hears.erase(id);
  }

  /// All who hear or are heard by one another are brought to one thread: the fewer go to the more.
  void gather(MediaId one, MediaId other) {
    if (find(one)->thread == find(other)->thread) return;
    std::set<MediaId> moved = circle_of(one), stay = circle_of(other);
    if (stay.size() < moved.size()) std::swap(moved, stay);
    const std::size_t target = find(*stay.begin())->thread;
    std::vector<std::shared_ptr<RtpStream>> streams;
    for (const MediaId id : moved) streams.push_back(find(id)->stream);
    thread_of(*find(*moved.begin())).release(streams);
    for (const MediaId id : moved) {
      find(id)->thread = target;
      threads_[target]->add(find(id)->stream);
    }
  }

  std::set<MediaId> circle_of(MediaId id) {
    std::set<MediaId> circle;
    std::vector<MediaId> next{id};
    while (!next.empty()) {
      const MediaId at = next.back();
      next.pop_back();
      if (!circle.insert(at).second) continue;
      const Open& open = *find(at);
      next.insert(next.end(), open.hears.begin(), open.hears.end());
      next.insert(next.end(), open.heard_by.begin(), open.heard_by.end());
    }
    return circle;
  }

  RtpStatistics statistics() const {
    RtpStatistics all;
    for (const auto& thread : threads_) {
      const RtpStatistics one = thread->statistics();
      all.sent += one.sent;
      all.received += one.received;
      all.foreign += one.foreign;
      all.malformed += one.malformed;
      all.unauthentic += one.unauthentic;
      all.reports += one.reports;
      all.late_p99 = std::max(all.late_p99, one.late_p99);
    }
    return all;
  }

  /// On the media thread: one task on the loop brings the events of many slots.
  void collect(const std::vector<RtpEvent>& events) {
    const std::lock_guard lock(mutex_);
    const bool first = events_.empty();
    events_.insert(events_.end(), events.begin(), events.end());
    if (!first) return;
    loop_.post([this, life = std::weak_ptr<void>(life_)] {
      if (!life.expired()) deliver();
    });
  }

  void deliver() {
    std::vector<RtpEvent> events;
    {
      const std::lock_guard lock(mutex_);
      events.swap(events_);
    }
    const std::weak_ptr<void> life = life_;
    for (const RtpEvent& event : events) {
      if (life.expired()) return;  // the listener let go of the engine
      // The end of a sound that was replaced meanwhile is not the end of the new one.
      const Open* open = find(event.stream);
      const bool stale = event.kind == RtpEvent::Kind::played && open && event.play != open->plays;
      if (open && !stale) tell(event);
    }
  }

  void tell(const RtpEvent& event) {
    switch (event.kind) {
      case RtpEvent::Kind::played: return listener_.on_played(event.stream);
      case RtpEvent::Kind::digit: return listener_.on_digit(event.stream, event.digit);
      case RtpEvent::Kind::digits_sent: return listener_.on_digits_sent(event.stream);
      case RtpEvent::Kind::lost: return listener_.on_media_lost(event.stream);
    }
  }

  Loop& loop_;
  MediaListener& listener_;
  RtpPorts ports_;
  const std::uint32_t silence_limit_;
  std::unordered_map<MediaId, Open> open_;
  MediaId last_ = 0;

  std::mutex mutex_;
  std::vector<RtpEvent> events_;
  std::shared_ptr<void> life_ = std::make_shared<char>();
  std::vector<std::unique_ptr<RtpThread>> threads_;
};

RtpEngine::RtpEngine(Loop& loop, MediaListener& listener, RtpOptions options)
    : impl_(std::make_unique<Impl>(loop, listener, options)) {}

RtpEngine::~RtpEngine() {
  while (!impl_->open_.empty()) close(impl_->open_.begin()->first);
}

MediaOpened RtpEngine::open() {
  RtpPorts::Bound bound = impl_->ports_.bind_next();
  const std::uint64_t random = impl_->loop_.random();
  const RtpStart start{.sequence = static_cast<std::uint16_t>(impl_->loop_.random() & 0x7fff),
                       .timestamp = static_cast<std::uint32_t>(random),
                       .ssrc = static_cast<std::uint32_t>(random >> 32),
                       .silence_limit = impl_->silence_limit_};
  const MediaId id = ++impl_->last_;
  auto stream = std::make_shared<RtpStream>(id, std::move(bound.socket), start, std::move(bound.second));
  Impl::Open& open = impl_->open_.emplace(id, Impl::Open{stream}).first->second;
  open.thread = id % impl_->threads_.size();
  impl_->thread_of(open).add(std::move(stream));
  return {id, bound.port};
}

RtpPorts::Bound RtpEngine::bind() { return impl_->ports_.bind_next(); }

void RtpEngine::agree(MediaId id, const MediaPlan& plan) {
  RtpAgreement agreement{.party = RtpAddress::parse(plan.address, plan.port),
                         .codec = plan.codec,
                         .events = plan.events,
                         .send = plan.send,
                         .receive = plan.receive,
                         .rtcp_mux = plan.rtcp_mux,
                         .rtcp_port = plan.rtcp_port};
  Impl::Open* open = impl_->find(id);
  if (!open) return;
  open->sends_events = plan.events.any();
  if (!open->sends_events) agreement.detector = std::make_shared<DtmfDetector>();
  agreement.coding = open->coding = renewed(open->coding, plan);
  agreement.sealed = open->sealed = renewed(open->sealed, plan.send_key, SrtpStream::Direction::sends);
  agreement.opened = open->opened = renewed(open->opened, plan.receive_key, SrtpStream::Direction::receives);
  impl_->command(id, [agreement = std::move(agreement)](RtpStream& stream) { stream.agree(agreement); });
}

void RtpEngine::close(MediaId id) {
  const Impl::Open* open = impl_->find(id);
  if (!open) return;
  open->stream->tap({});
  impl_->unlink(id);
  impl_->thread_of(*open).remove(open->stream);
  impl_->open_.erase(id);
}

void RtpEngine::play(MediaId id, SoundPtr sound, bool repeat) {
  VCSR_ASSERT(sound);
  Impl::Open* open = impl_->find(id);
  if (!open) return;
  const std::uint32_t play = ++open->plays;
  impl_->command(
      id, [sound = std::move(sound), repeat, play](RtpStream& stream) { stream.play(sound, repeat, play); });
}

void RtpEngine::stop_playing(MediaId id) {
  if (Impl::Open* open = impl_->find(id)) ++open->plays;
  impl_->command(id, [](RtpStream& stream) { stream.stop_playing(); });
}

void RtpEngine::send_digits(MediaId id, const std::string& digits) {
  for (const char digit : digits) TelephoneEvent::of(digit);
  const Impl::Open* open = impl_->find(id);
  if (!open) return;
  if (open->sends_events) {
    impl_->command(id, [digits](RtpStream& stream) { stream.send_digits(digits); });
    return;
  }
  SoundPtr tones = dtmf_tones(digits, std::chrono::milliseconds(100), std::chrono::milliseconds(60));
  impl_->command(id, [tones = std::move(tones)](RtpStream& stream) { stream.send_tones(tones); });
}

void RtpEngine::hear(MediaId hearer, MediaId source, bool on) {
  const Impl::Open* other = impl_->find(source);
  if (!other || !impl_->find(hearer)) return;
  impl_->link(hearer, source, on);
  impl_->command(hearer, [source = other->stream, on](RtpStream& stream) { stream.hear(*source, on); });
}

void RtpEngine::disconnect(MediaId id) {
  if (impl_->find(id)) impl_->unlink(id);
  impl_->command(id, [](RtpStream& stream) { stream.disconnect(); });
}

void RtpEngine::tap(MediaId id, std::shared_ptr<AudioTap> tap) {
  if (const Impl::Open* open = impl_->find(id)) open->stream->tap(std::move(tap));
}

std::optional<MediaQuality> RtpEngine::quality(MediaId id) const {
  const Impl::Open* open = impl_->find(id);
  if (!open) return {};
  const MediaQuality quality = open->stream->quality();
  if (quality.heard.packets == 0 && !quality.sent) return {};
  return quality;
}

RtpStatistics RtpEngine::statistics() const { return impl_->statistics(); }

}  // namespace vcsr::sip
