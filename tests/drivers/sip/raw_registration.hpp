// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"

namespace vcsr::test {

/// An office with two telephones' accounts.
inline SipOptions registrar() {
  SipOptions options = with_ports(15000);
  options.accounts = {{"1001", Secret("right")}, {"1002", Secret("other")}};
  return options;
}

inline std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t at = text.find(before);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

/// What a telephone answers to the challenge in `response`.
inline std::string authorization(const std::string& response, const std::string& user,
                                 const std::string& password, const std::string& uri,
                                 const std::string& count = "00000001",
                                 const std::string& method = "REGISTER") {
  const std::string nonce = between(response, "nonce=\"", "\"");
  const std::string digest = sip::digest_response(sip::DigestAlgorithm::md5, "vcsr", user, password, method,
                                                  uri, nonce, count, "abc");
  return "Authorization: Digest username=\"" + user + "\", realm=\"vcsr\", nonce=\"" + nonce + "\", uri=\"" +
         uri + "\", response=\"" + digest + "\", algorithm=MD5, cnonce=\"abc\", qop=auth, nc=" + count +
         "\r\n";
}

/// A telephone that registers as it likes.
struct RawRegistration {
  explicit RawRegistration(const Office& office) : raw(office.driver->port()), uri("sip:" + office.host()) {}

  std::string send(const std::string& user, const std::string& more) {
    raw.send(raw.request("REGISTER", uri, ++sequence, "<sip:" + user + "@vcsr>", more));
    return raw.receive();
  }

  RawPhone raw;
  std::string uri;
  int sequence = 0;
};

}  // namespace vcsr::test
