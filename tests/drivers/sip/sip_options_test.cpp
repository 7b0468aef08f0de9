// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_options.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;

TEST_CASE("the options that come with the header are in order") { CHECK_NOTHROW(sip::check(SipOptions())); }

TEST_CASE("options that contradict each other are refused by name") {
  struct Row {
    std::function<void(SipOptions&)> change;
    const char* message;
  };
  const Row rows[] = {
      {[](SipOptions& o) { o.address = "fe80::1%eth0"; },
       "sip.address: a link-local address needs a zone, which SIP cannot tell: expected another address of "
       "this "
       "machine, such as a unique local one (fd00::/8), got \"fe80::1%eth0\""},
      {[](SipOptions& o) { o.second_address = "127.0.0.2"; },
       "sip.second_address: expected an IPv6 address, for sip.address is one of IPv4, got \"127.0.0.2\""},
      {[](SipOptions& o) { o.second_address = "localhost"; },
       "sip.second_address: expected an IP address such as 127.0.0.1 or ::1, got \"localhost\""},
      {[](SipOptions& o) { o.second_address = "fe80::1"; },
       "sip.second_address: a link-local address needs a zone, which SIP cannot tell: expected another "
       "address of "
       "this machine, such as a unique local one (fd00::/8), got \"fe80::1\""},
      {[](SipOptions& o) { o.address = "localhost"; },
       "sip.address: expected an IP address such as 127.0.0.1 or ::1, got \"localhost\""},
      {[](SipOptions& o) { o.rtp_first = 20001; }, "sip.rtp_first: expected an even port, got 20001"},
      {[](SipOptions& o) { o.rtp_last = 19998; },
       "sip.rtp_last: expected a port from rtp_first (20000) upwards, got 19998"},
      {[](SipOptions& o) { o.codecs.clear(); },
       "sip.codecs: expected at least one of pcmu, pcma, g722 and opus"},
      {[](SipOptions& o) {
         o.codecs = {SipCodec::pcmu, SipCodec::pcmu};
       },
       "sip.codecs: a codec is named twice"},
      {[](SipOptions& o) { o.rtp_threads = 0; }, "sip.rtp_threads: expected 1 to 64, got 0"},
      {[](SipOptions& o) { o.media_timeout = std::chrono::seconds(-1); },
       "sip.media_timeout: expected 0 (never) or more"},
      {[](SipOptions& o) { o.session_expires = std::chrono::seconds(89); },
       "sip.session_expires: expected at least 90 s (RFC 4028)"},
      {[](SipOptions& o) { o.max_calls = 0; }, "sip.max_calls: expected at least 1"},
      {[](SipOptions& o) { o.tls.emplace(); },
       "sip.tls_certificate: expected a PEM file with the certificate"},
      {[](SipOptions& o) { o.tls.emplace().certificate = "a.pem"; },
       "sip.tls_key: expected a PEM file with the private key"},
      {[](SipOptions& o) {
         o.tls = SipTls{5060, "a.pem", "a.key"};
       },
       "sip.tls_port: expected another port than sip.port, got 5060"},
      {[](SipOptions& o) {
         o.tls = SipTls{5061, "a.pem", "a.key", "", SipTls::Verify::servers};
       },
       "sip.tls_authorities: expected a PEM file with the authorities to verify certificates by"},
      {[](SipOptions& o) { o.trunks.emplace_back().address = "sip:pbx.example;transport=tls"; },
       "sip.trunks: sip:pbx.example;transport=tls: TLS needs a certificate of ours; set sip.tls_certificate "
       "and "
       "sip.tls_key"},
      {[](SipOptions& o) {
         o.trunks.emplace_back().address = "sip:pbx.example";
         o.trunks.back().tls_name = "other.example";
       },
       "sip.trunks: sip:pbx.example: tls_name stands for nothing without \";transport=tls\" in the address"},
      {[](SipOptions& o) { o.realm = "a\"b"; },
       "sip.realm: expected a word without spaces and quotes, got \"a\"b\""},
      {[](SipOptions& o) { o.user_agent = ""; },
       "sip.user_agent: expected a word without spaces and signs, got \"\""},
      {[](SipOptions& o) {
         o.accounts = {{"a@b", Secret("x")}};
       },
       "sip.accounts: expected a name without spaces and @ : ; ? < > \" \\, got \"a@b\""},
      {[](SipOptions& o) {
         o.accounts = {{"1001", Secret()}};
       },
       "sip.accounts: \"1001\" has no password"},
      {[](SipOptions& o) {
         o.accounts = {{"1001", Secret("x")}, {"1001", Secret("y")}};
       },
       "sip.accounts: \"1001\" is named twice"},
      {[](SipOptions& o) {
         o.registrations = {{"127.0.0.1", "u", Secret("x")}};
       },
       "sip.registrations: expected \"sip:host\" or \"sip:host:port\", got \"127.0.0.1\""},
      {[](SipOptions& o) {
         o.registrations = {{"sip:h:1", "u", Secret("x"), std::chrono::seconds(9)}};
       },
       "sip.registrations: expires: expected at least 10 s"},
  };

  for (const Row& row : rows) {
    SipOptions options;
    row.change(options);
    std::string message = "accepted";
    try {
      sip::check(options);
    } catch (const Error& error) {
      CHECK(error.code() == Error::Code::invalid);
      message = error.what();
    }
    CHECK(message == row.message);
  }
}
