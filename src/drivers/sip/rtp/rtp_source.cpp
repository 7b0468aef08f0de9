// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_source.hpp"

namespace vcsr::sip {

bool RtpSource::accept(const RtpAddress& from, std::uint32_t ssrc) noexcept {
  if (from == negotiated_) {
    // It goes before anything learned: whoever was faster than the party must not keep its place.
    confirmed_ = true;
    learned_.reset();
    return true;
  }
  if (learned_) return from == *learned_;
  if (confirmed_ || !negotiated_.usable() || !may_learn(from) || chances_ == 0) return false;
  --chances_;
  if (from != candidate_ || ssrc != candidate_ssrc_) seen_ = 0;
  candidate_ = from;
  candidate_ssrc_ = ssrc;
  if (++seen_ < proofs) return false;
  learned_ = from;
  return true;
}

}  // namespace vcsr::sip
