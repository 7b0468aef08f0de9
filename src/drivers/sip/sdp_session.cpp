// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sdp_session.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr EventTypes our_events{101, 102};

Direction direction_of(bool sends, bool receives) {
  if (sends) return receives ? Direction::sendrecv : Direction::sendonly;
  return receives ? Direction::recvonly : Direction::inactive;
}

int tag_of(SrtpSuite suite) { return static_cast<int>(suite) + 1; }

std::string rtpmap(const WireCodec& wire) {
  switch (wire.codec) {
    case SipCodec::pcmu: return "a=rtpmap:0 PCMU/8000\r\n";
    case SipCodec::pcma: return "a=rtpmap:8 PCMA/8000\r\n";
    case SipCodec::g722: return "a=rtpmap:9 G722/8000\r\n";
    case SipCodec::opus: break;
  }
  const std::string type = std::to_string(wire.payload_type);
  return "a=rtpmap:" + type + " opus/48000/2\r\na=fmtp:" + type +
         " maxplaybackrate=8000;sprop-maxcapturerate=8000;stereo=0;useinbandfec=1\r\n";
}

std::string event_lines(int payload_type, const char* clock) {
  const std::string type = std::to_string(payload_type);
  return "a=rtpmap:" + type + " telephone-event/" + clock + "\r\na=fmtp:" + type + " 0-15\r\n";
}

std::string refused(const SdpMedia& media) {
  return "m=" + media.kind + " 0 " + media.protocol + " " + media.first_format + "\r\n";
}

}  // namespace

bool SdpSession::take_offer(std::string_view text) {
  const Sdp sdp = parse_sdp(text);
  const int audio = sdp.audio(profile_->encryption, profile_->version());
  if (audio < 0 || !agree(sdp.media[static_cast<std::size_t>(audio)], false)) return false;
  other_media_.clear();
  for (const SdpMedia& media : sdp.media) other_media_.push_back(refused(media));
  other_media_[static_cast<std::size_t>(audio)].clear();
  return true;
}

bool SdpSession::take_answer(std::string_view text) {
  const Sdp sdp = parse_sdp(text);
  // Our offers have one m-line, and answers have as many as their offer.
  return !sdp.media.empty() && sdp.media.front().acceptable(profile_->encryption, profile_->version()) &&
         agree(sdp.media.front(), true);
}

int SdpSession::try_offer(std::string_view sdp) {
  try {
    return take_offer(sdp) ? 200 : 488;
  } catch (const Error&) {
    return 400;
  }
}

bool SdpSession::try_answer(std::string_view sdp) {
  try {
    return take_answer(sdp);
  } catch (const Error&) {
    return false;
  }
}

bool SdpSession::agree(const SdpMedia& media, bool answering) {
  const std::optional<WireCodec> codec = choose(media, answering);
  const std::optional<SdpCrypto> crypto = choose_key(media, answering);
  const bool needs_key = media.secure() || profile_->encryption == SipEncryption::required ||
                         (answering && protocol_ == "RTP/SAVP");
  if (!codec || (needs_key && !crypto)) return false;
  crypto_ = crypto;
  protocol_ = media.protocol;
  remote_ = media.direction;
  // RFC 2543's way to hold: nowhere to send to.
  const bool nowhere = media.address == "0.0.0.0" || media.address == "::";
  if (nowhere) remote_ = direction_of(sends(remote_), false);
  held_ = !receives(remote_) && !(answering && holding_);
  MediaPlan plan;
  plan.address = nowhere && plan_ ? plan_->address : media.address;
  plan.port = media.port;
  plan.codec = is_g711(codec->codec) ? Codec{std::uint8_t(codec->codec)} : law_inside();
  if (!is_g711(codec->codec)) plan.wire = codec;
  plan.events = media.events;
  // We offer two ports, but take one from who prefers that.
  plan.rtcp_mux = media.rtcp_mux && !answering;
  plan.rtcp_port = media.rtcp_port;
  plan.send = receives(remote_);
  // A party that holds or is held rarely sends, and its silence is no loss; one that only talks
  // from the start is an announcement.
  plan.receive = sends(remote_) && !holding_ && (receives(remote_) || !plan_);
  if (crypto_) {
    plan.receive_key = crypto_->key;
    plan.send_key = own_key(crypto_->key.suite);
  }
  plan_ = std::move(plan);
  return true;
}

// An answer says what it prefers; of an offer we take what we prefer.
std::optional<WireCodec> SdpSession::choose(const SdpMedia& media, bool answering) const {
  const std::vector<SipCodec>& ours = profile_->codecs;
  const auto preference = [&ours](const WireCodec& wire) {
    return std::find(ours.begin(), ours.end(), wire.codec) - ours.begin();
  };
  std::optional<WireCodec> best;
  for (const WireCodec& wire : media.codecs) {
    if (preference(wire) == std::ssize(ours)) continue;
    if (answering) return wire;
    if (!best || preference(wire) < preference(*best)) best = wire;
  }
  return best;
}

// The law that most parties are expected to speak: theirs needs no transcoding.
Codec SdpSession::law_inside() const {
  const auto found = std::find_if(profile_->codecs.begin(), profile_->codecs.end(), is_g711);
  return found == profile_->codecs.end() ? Codec::pcmu : Codec{std::uint8_t(*found)};
}

// A payload type keeps its meaning throughout a session (RFC 3264 §8.3.2).
EventTypes SdpSession::offered_events() const {
  EventTypes events = plan_ ? plan_->events : EventTypes{};
  const int codec = plan_ && plan_->wire ? plan_->wire->payload_type : -1;
  const auto free = [&events, codec](int type) {
    while (type == codec || events.holds(type)) ++type;
    return type;
  };
  if (events.narrow < 0) events.narrow = free(our_events.narrow);
  const std::vector<SipCodec>& ours = profile_->codecs;
  const bool needs_wide = std::find(ours.begin(), ours.end(), SipCodec::opus) != ours.end();
  if (events.wide < 0 && needs_wide) events.wide = free(our_events.wide);
  return events;
}

std::vector<WireCodec> SdpSession::offered_codecs(const EventTypes& events) const {
  std::vector<WireCodec> codecs;
  for (const SipCodec codec : profile_->codecs) {
    int type = static_cast<int>(codec);
    if (plan_ && plan_->wire && plan_->wire->codec == codec) type = plan_->wire->payload_type;
    while (events.holds(type)) ++type;
    codecs.push_back({codec, type});
  }
  return codecs;
}

// Of an offer we take the first; an answer names the one of ours by its tag.
std::optional<SdpCrypto> SdpSession::choose_key(const SdpMedia& media, bool answering) const {
  if (profile_->encryption == SipEncryption::off || (answering && !keys_offered_)) return {};
  for (const SdpCrypto& crypto : media.crypto) {
    if (!answering || crypto.tag == tag_of(crypto.key.suite)) return crypto;
  }
  return {};
}

const SrtpKey& SdpSession::own_key(SrtpSuite suite) {
  std::optional<SrtpKey>& key = keys_[static_cast<std::size_t>(suite)];
  if (!key) key = SrtpKey::random(suite);
  return *key;
}

// What was agreed on stays: a party that is held goes on as it began.
bool SdpSession::offers_keys() const {
  if (plan_) return plan_->send_key.has_value();
  return profile_->encryption == SipEncryption::required || profile_->encryption == SipEncryption::offered;
}

std::string SdpSession::crypto_lines() {
  std::string lines;
  for (const SrtpSuite suite : srtp_suites) {
    if (!plan_ || plan_->send_key->suite == suite) lines += crypto_line({tag_of(suite), own_key(suite)});
  }
  return lines;
}

std::string SdpSession::offer() {
  keys_offered_ = offers_keys();
  const bool secure =
      plan_ ? protocol_.starts_with("RTP/SAVP") : profile_->encryption == SipEncryption::required;
  protocol_ = keys_offered_ && secure ? "RTP/SAVP" : "RTP/AVP";
  const EventTypes events = offered_events();
  const std::string audio =
      audio_line(holding_ ? Direction::sendonly : Direction::sendrecv, offered_codecs(events), events);
  return describe(keys_offered_ ? audio + crypto_lines() : audio);
}

std::string SdpSession::answer() {
  const Direction direction = direction_of(receives(remote_), sends(remote_) && !holding_);
  const SipCodec law{static_cast<std::uint8_t>(plan_->codec)};
  const WireCodec codec = plan_->wire.value_or(WireCodec{law, static_cast<int>(law)});
  const EventTypes& offered = plan_->events;
  const int event = offered.of(codec.codec);
  const bool wide = event == offered.wide;
  std::string audio = audio_line(direction, {codec}, {wide ? -1 : event, wide ? event : -1});
  if (plan_->rtcp_mux) audio += "a=rtcp-mux\r\n";
  if (crypto_) audio += crypto_line({crypto_->tag, own_key(crypto_->key.suite)});
  std::string media;
  for (const std::string& other : other_media_) media += other.empty() ? audio : other;
  return describe(media);
}

std::string SdpSession::audio_line(Direction direction, const std::vector<WireCodec>& codecs,
                                   const EventTypes& events) const {
  std::string line;
  line.reserve(256);
  line.append("m=audio ").append(std::to_string(port_)).append(" ").append(protocol_);
  for (const WireCodec& codec : codecs) line.append(" ").append(std::to_string(codec.payload_type));
  for (const int event : {events.narrow, events.wide}) {
    if (event >= 0) line.append(" ").append(std::to_string(event));
  }
  line += "\r\n";
  for (const WireCodec& codec : codecs) line += rtpmap(codec);
  if (events.narrow >= 0) line += event_lines(events.narrow, "8000");
  if (events.wide >= 0) line += event_lines(events.wide, "48000");
  line.append("a=ptime:20\r\na=").append(to_string(direction)).append("\r\n");
  return line;
}

// RFC 3264 §8: the version of the o= line goes up by one whenever anything else changes.
std::string SdpSession::describe(const std::string& media) {
  const std::string place =
      (profile_->version() == IpVersion::v4 ? " IN IP4 " : " IN IP6 ") + profile_->address;
  const std::string tail = place + "\r\ns=-\r\nc=" + place.substr(1) + "\r\nt=0 0\r\n" + media;
  if (version_ == 0 || !last_.ends_with(tail)) ++version_;
  last_.clear();
  last_.reserve(tail.size() + 64);
  last_.append("v=0\r\no=- ")
      .append(std::to_string(id_))
      .append(" ")
      .append(std::to_string(version_))
      .append(tail);
  return last_;
}

}  // namespace vcsr::sip
