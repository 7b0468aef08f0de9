// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vcsr/telephony/address.hpp"
#include "vcsr/telephony/driver.hpp"

namespace vcsr::sip {

/// The parts of "sip:user@host:port;parameters"; views into the URI.
struct SipUri {
  std::string_view user, host;      ///< an IPv6 address with its brackets
  std::uint16_t port = 0;           ///< 0: not given
  std::string_view transport = {};  ///< of the parameters

  bool tls() const;
  /// Where it is reached: what was given, or what its transport has.
  std::uint16_t port_or_default() const { return port ? port : tls() ? 5061 : 5060; }
};

/// Empty for what is no sip URI or could break out of a header: spaces, quotes, brackets, line ends.
std::optional<SipUri> parse_sip_uri(std::string_view uri);

/// "sip:HOST:PORT;transport=…" of the address at which the URI's own host was found.
std::string sip_uri_at(const std::string& address, const SipUri& uri);

/// "Anna" <sip:anna@192.0.2.1>, whatever stands in the name.
std::string name_addr(const Address& address);
/// The same backwards, as P-Asserted-Identity has it; the first where there are several.
Address parse_name_addr(std::string_view text);

/// The key of an INFO body of type application/dtmf-relay ("Signal=5\r\nDuration=160") or
/// application/dtmf ("5"); empty where there is none.
std::optional<char> digit_of_info(std::string_view content_type, std::string_view body);
/// The status of a message/sipfrag body ("SIP/2.0 200 OK"); 0 where there is none.
int status_of_sipfrag(std::string_view body);

bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The body of RFC 3842 for this account.
std::string message_summary(const std::string& account, const WaitingMessages& waiting);

}  // namespace vcsr::sip
