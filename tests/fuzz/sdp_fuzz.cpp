// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "drivers/sip/sdp_session.hpp"
#include "vcsr/base/error.hpp"

namespace {

const vcsr::sip::SdpProfile profile{"192.0.2.100",
                                    {vcsr::SipCodec::opus, vcsr::SipCodec::g722, vcsr::SipCodec::pcma}};

}  // namespace

/// Whatever arrives is refused with an Error or answered with something that we read ourselves.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  vcsr::sip::SdpSession session(profile, 1);
  session.set_port(20000);
  if (session.try_offer(text) == 200) VCSR_ASSERT(vcsr::sip::parse_sdp(session.answer()).audio() >= 0);
  session.offer();
  session.try_answer(text);
  return 0;
}
