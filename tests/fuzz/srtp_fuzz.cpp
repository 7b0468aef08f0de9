// SPDX-License-Identifier: Apache-2.0
// Datagrams to an encrypted stream: nothing that was not sealed with its key is opened.
#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "drivers/sip/rtp/srtp.hpp"
#include "fuzz.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

SrtpKey key_of(SrtpSuite suite) {
  SrtpKey key{suite, {}};
  std::fill_n(key.bytes.begin(), srtp_key_bytes(suite), std::uint8_t{42});
  return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 2) return 0;
  const SrtpKey key = key_of(srtp_suites[bytes[0] % srtp_suites.size()]);
  SrtpStream sends(key, SrtpStream::Direction::sends), receives(key, SrtpStream::Direction::receives);
  alignas(4) std::array<std::uint8_t, 2048> packet{}, clear{};
  // A good packet with one byte of the input's flipped, then the input itself.
  constexpr std::array<std::uint8_t, 12> head = {0x80, 0, 0, 1, 0, 0, 0, 160, 0, 0, 0, 7};
  std::copy(head.begin(), head.end(), packet.begin());
  if (const auto sealed = sends.seal(packet, head.size() + 160)) {
    const std::size_t at = bytes[1] % sealed->size();
    (*sealed)[at] ^= 0x10;
    VCSR_ASSERT(!receives.open(*sealed, clear));
    (*sealed)[at] ^= 0x10;
    VCSR_ASSERT(receives.open(*sealed, clear));
    VCSR_ASSERT(!receives.open(*sealed, clear));
  }
  VCSR_ASSERT(!receives.open({bytes + 2, size - 2}, clear));
  return 0;
}
