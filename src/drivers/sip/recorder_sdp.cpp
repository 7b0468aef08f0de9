// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_sdp.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

RecorderTarget target_of(const SdpMedia& media, IpVersion version) {
  RecorderTarget target;
  for (const WireCodec& wire : media.codecs) {
    target.pcmu = target.pcmu || wire.codec == SipCodec::pcmu;
    target.pcma = target.pcma || wire.codec == SipCodec::pcma;
  }
  if (media.secure() || !media.acceptable(SipEncryption::off, version)) return {};
  if (!target.pcmu && !target.pcma) return {};
  target.address = media.address;
  target.port = media.port;
  target.receives = receives(media.direction);
  return target;
}

}  // namespace

std::string RecorderSdp::offer() {
  std::string media;
  for (std::size_t stream = 0; stream < ports_.size(); ++stream) media += media_line(stream, false, !paused_);
  for (const std::string& more : more_media_) media += more;
  return describe(media);
}

bool RecorderSdp::take_answer(std::string_view text) {
  try {
    return agree(parse_sdp(text));
  } catch (const Error&) {
    return false;
  }
}

int RecorderSdp::take_offer(std::string_view text) {
  try {
    const Sdp sdp = parse_sdp(text);
    if (!agree(sdp)) return 488;
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
    media += media_line(stream, target.port == 0, target.receives && !paused_);
  }
  for (const std::string& more : more_media_) media += more;
  return describe(media);
}

bool RecorderSdp::agree(const Sdp& sdp) {
  if (sdp.media.size() < ports_.size()) return false;
  RecorderTargets targets;
  for (std::size_t stream = 0; stream < ports_.size(); ++stream)
    targets[stream] = target_of(sdp.media[stream], profile_->version());
  if (std::all_of(targets.begin(), targets.end(), [](const auto& target) { return target.port == 0; }))
    return false;
  targets_ = std::move(targets);
  return true;
}

std::string RecorderSdp::media_line(std::size_t stream, bool refused, bool sends) const {
  return "m=audio " + std::to_string(refused ? 0 : ports_[stream]) +
         " RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\na=" +
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
