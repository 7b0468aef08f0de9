// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/srtp.hpp"

#include <algorithm>
#include <mutex>

#include <srtp2/srtp.h>

#include "drivers/sip/rtp/rtcp_packet.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr unsigned long replay_window = 1024;  // packets; some networks deliver seconds late

static_assert(SrtpStream::longest_tag >= SRTP_MAX_TAG_LEN + 4);  // an RTCP packet bears its number, too

void set_suite(SrtpSuite suite, srtp_policy_t& policy) {
  switch (suite) {
    case SrtpSuite::aes256_sha80:
      srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy.rtp);
      srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy.rtcp);
      break;
    case SrtpSuite::aes128_sha80:
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
      break;
    case SrtpSuite::aes128_sha32:
      // RFC 4568 §6.2.2: control packets have the long tag nevertheless.
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp);
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
      break;
  }
}

}  // namespace

SrtpStream::SrtpStream(const SrtpKey& key, Direction direction) : key_(key) {
  static std::once_flag once;
  std::call_once(once, [] { srtp_init(); });
  srtp_policy_t policy{};
  set_suite(key.suite, policy);
  policy.ssrc.type = direction == Direction::sends ? ssrc_any_outbound : ssrc_any_inbound;
  policy.key = key_.bytes.data();
  policy.window_size = replay_window;
  if (srtp_create(&session_, &policy) != srtp_err_status_ok) {
    throw Error(Error::Code::unsupported, "SRTP: the library refuses " + std::string(to_string(key.suite)) +
                                              "; see that libsrtp2 has it");
  }
}

SrtpStream::~SrtpStream() { srtp_dealloc(session_); }

std::optional<std::span<std::uint8_t>> SrtpStream::seal(std::span<std::uint8_t> buffer,
                                                        std::size_t size) noexcept {
  int length = static_cast<int>(size);
  if (buffer.size() < size + longest_tag) return {};
  const auto protect = is_rtcp(buffer.first(size)) ? srtp_protect_rtcp : srtp_protect;
  if (protect(session_, buffer.data(), &length) != srtp_err_status_ok) return {};
  return buffer.first(static_cast<std::size_t>(length));
}

std::optional<std::span<const std::uint8_t>> SrtpStream::open(std::span<const std::uint8_t> datagram,
                                                              std::span<std::uint8_t> buffer) noexcept {
  if (datagram.size() > buffer.size()) return {};
  std::copy(datagram.begin(), datagram.end(), buffer.begin());
  int length = static_cast<int>(datagram.size());
  const auto unprotect = is_rtcp(datagram) ? srtp_unprotect_rtcp : srtp_unprotect;
  if (unprotect(session_, buffer.data(), &length) != srtp_err_status_ok) return {};
  return buffer.first(static_cast<std::size_t>(length));
}

std::shared_ptr<SrtpStream> renewed(const std::shared_ptr<SrtpStream>& stream,
                                    const std::optional<SrtpKey>& key, SrtpStream::Direction direction) {
  if (!key) return {};
  if (stream && stream->key() == *key) return stream;
  return std::make_shared<SrtpStream>(*key, direction);
}

}  // namespace vcsr::sip
