// SPDX-License-Identifier: Apache-2.0
// The parameters of a challenge that we answer, and of credentials that we check; one per line.
#include <string>

#include "drivers/sip/digest.hpp"
#include "fuzz.hpp"

using namespace vcsr;
using namespace vcsr::sip;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  DigestChallenge challenge;
  DigestCredentials credentials;
  for (std::string_view rest = fuzz::text(bytes, size); !rest.empty();) {
    const std::string_view line = fuzz::take_line(rest);
    challenge.take(line);
    credentials.take(line);
  }
  const Secret password("river-bank");
  const std::string answer = digest_authorization(challenge, "1001", password, "REGISTER", "sip:vcsr");
  VCSR_ASSERT(answer.find_first_of("\r\n") == std::string::npos ||
              (challenge.realm + challenge.nonce + challenge.opaque).find('\r') != std::string::npos);

  const WallTime now{};
  DigestGuard guard("vcsr", SipDigest::both, DigestGuard::Key{});
  VCSR_ASSERT(guard.check(credentials, "REGISTER", nullptr, now) != DigestVerdict::good);
  guard.check(credentials, "REGISTER", &password, now);
  return 0;
}
