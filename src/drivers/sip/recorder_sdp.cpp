// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_sdp.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

int tag_of(SrtpSuite suite) { return static_cast<int>(suite) + 1; }

}  // namespace

std::string RecorderSdp::offer() {
  std::string media;
  for (std::size_t stream = 0; stream < ports_.size(); ++stream) media += offered_line(stream);
  for (const std::string& more : more_media_) media += more;
  return describe(media);
}

// What was agreed on stays, as in calls.
std::string RecorderSdp::offered_line(std::size_t number) {
  Stream& stream = streams_[number];
  const bool agreed = !stream.protocol.empty();
  const bool keys = agreed ? stream.crypto.has_value()
                           : encryption_ == SipEncryption::offered || encryption_ == SipEncryption::required;
  const std::string first = encryption_ == SipEncryption::required ? "RTP/SAVP" : "RTP/AVP";
  std::string line = media_line(number, agreed ? stream.protocol : first, false, !paused_);
  for (const SrtpSuite suite : srtp_suites)
    if (keys && (!agreed || stream.crypto->key.suite == suite))
      line += crypto_line({tag_of(suite), key_of(stream, suite)});
  return line;
}

const SrtpKey& RecorderSdp::key_of(Stream& stream, SrtpSuite suite) {
  std::optional<SrtpKey>& key = stream.keys[static_cast<std::size_t>(suite)];
  if (!key) key = SrtpKey::random(suite);
  return *key;
}

bool RecorderSdp::take_answer(std::string_view text) {
  try {
    return agree(parse_sdp(text), true);
  } catch (const Error&) {
    return false;
  }
}

int RecorderSdp::take_offer(std::string_view text) {
  try {
    const Sdp sdp = parse_sdp(text);
    if (!agree(sdp, false)) return 488;
    more_media_.clear();
    for (std::size_t i = ports_.size(); i < sdp.media.size(); ++i) {
      const SdpMedia& media = sdp.media[i];
      more_media_.push_back("m=" + media.kind + " 0 " + media.protocol + " " + media.first_format + "\r\n");
    }
    return 200;
  } catch (const Error&) {
    return 400;
  }
}

std::string RecorderSdp::answer() {
  std::string media;
  for (std::size_t stream = 0; stream < ports_.size(); ++stream) {
    const RecorderTarget& target = targets_[stream];
    const Stream& agreed = streams_[stream];
    const std::string protocol = agreed.protocol.empty() ? "RTP/AVP" : agreed.protocol;
    media += media_line(stream, protocol, target.port == 0, target.receives && !paused_);
    if (target.key) media += crypto_line({agreed.crypto->tag, *target.key});
  }
  for (const std::string& more : more_media_) media += more;
  return describe(media);
}

bool RecorderSdp::agree(const Sdp& sdp, bool answering) {
  if (sdp.media.size() < ports_.size()) return false;
  RecorderTargets targets;
  std::array<Stream, 2> streams = streams_;
  for (std::size_t stream = 0; stream < ports_.size(); ++stream)
    targets[stream] = take(sdp.media[stream], answering, streams[stream]);
  if (std::all_of(targets.begin(), targets.end(), [](const auto& target) { return target.port == 0; }))
    return false;
  targets_ = std::move(targets);
  streams_ = std::move(streams);
  return true;
}

// Of an offer we take the first; an answer names the one of ours by its tag.
std::optional<SdpCrypto> RecorderSdp::choose_key(const SdpMedia& media, bool answering) const {
  if (encryption_ == SipEncryption::off) return {};
  for (const SdpCrypto& crypto : media.crypto)
    if (!answering || crypto.tag == tag_of(crypto.key.suite)) return crypto;
  return {};
}

RecorderTarget RecorderSdp::take(const SdpMedia& media, bool answering, Stream& stream) const {
  const std::optional<SdpCrypto> crypto = choose_key(media, answering);
  const bool needs_key = media.secure() || encryption_ == SipEncryption::required;
  if (!media.acceptable(encryption_, profile_->version()) || (needs_key && !crypto)) return {};
  RecorderTarget target;
  for (const WireCodec& wire : media.codecs) {
    target.pcmu = target.pcmu || wire.codec == SipCodec::pcmu;
    target.pcma = target.pcma || wire.codec == SipCodec::pcma;
  }
  if (!target.pcmu && !target.pcma) return {};
  target.address = media.address;
  target.port = media.port;
  target.reports = media.rtcp_port;
  target.receives = receives(media.direction);
  stream.protocol = media.protocol;
  stream.crypto = crypto;
  if (crypto) target.key = key_of(stream, crypto->key.suite);
  return target;
}

std::string RecorderSdp::media_line(std::size_t stream, const std::string& protocol, bool refused,
                                    bool sends) const {
  return "m=audio " + std::to_string(refused ? 0 : ports_[stream]) + " " + protocol +
         " 0 8\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\na=" +
         std::string(to_string(sends ? Direction::sendonly : Direction::inactive)) +
         "\r\na=label:" + std::to_string(stream + 1) + "\r\n";
}

// RFC 3264 §8: the version of the o= line goes up by one whenever anything else changes.
std::string RecorderSdp::describe(const std::string& media) {
  const std::string place =
      (profile_->version() == IpVersion::v4 ? " IN IP4 " : " IN IP6 ") + profile_->address;
  std::string tail = place + "\r\ns=-\r\nc=" + place.substr(1) + "\r\nt=0 0\r\n" + media;
  if (version_ == 0 || tail != last_) ++version_;
  last_ = std::move(tail);
  return "v=0\r\no=- " + std::to_string(id_) + " " + std::to_string(version_) + last_;
}

}  // namespace vcsr::sip
