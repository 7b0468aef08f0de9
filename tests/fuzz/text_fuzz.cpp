// SPDX-License-Identifier: Apache-2.0
// The small texts in SIP messages: a first line as a URI, a name with an address, a key and a media type, and
// the rest as a body.
#include <string>

#include "drivers/sip/rtp/ip_version.hpp"
#include "drivers/sip/rtp/srtp_key.hpp"
#include "drivers/sip/sip_cause.hpp"
#include "drivers/sip/sip_text.hpp"
#include "fuzz.hpp"

using namespace vcsr;
using namespace vcsr::sip;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view rest = fuzz::text(bytes, size);
  const std::string_view line = fuzz::take_line(rest);
  if (const auto uri = parse_sip_uri(line)) VCSR_ASSERT(!uri->user.empty() || !uri->host.empty());

  const Address address = parse_name_addr(line);
  const std::string written = name_addr(address);
  VCSR_ASSERT(written.find_first_of("\r\n", 0) == std::string::npos ||
              address.uri.find_first_of("\r\n") != std::string::npos);

  if (const auto crypto = parse_crypto(line)) {
    std::string again = crypto_line(*crypto);
    again = again.substr(again.find(':') + 1, again.find('\r') - again.find(':') - 1);
    const auto reread = parse_crypto(again);
    VCSR_ASSERT(reread && reread->key == crypto->key && reread->tag == crypto->tag);
  }
  const int status = status_of_sipfrag(rest);
  VCSR_ASSERT(status == 0 || (status >= 100 && status <= 699));
  for (const std::string_view type :
       {line, std::string_view("application/dtmf-relay"), std::string_view("application/dtmf")}) {
    const auto digit = digit_of_info(type, rest);
    VCSR_ASSERT(!digit || std::string_view("0123456789*#ABCD").find(*digit) != std::string_view::npos);
  }
  cause_of_reason(line, Cause::normal);
  return ip_version(line) == IpVersion::v4 && line.size() > 15;
}
