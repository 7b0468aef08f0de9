// SPDX-License-Identifier: Apache-2.0
#include "app/sip_section.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ip_address.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t most_calls = 1'000'000;

bool v6(std::string_view address) { return address.find(':') != address.npos; }

void read_addresses(TomlSection& section, SipOptions& sip) {
  const bool given = section.has("address");
  const bool good = read_ip_address(section, "address", sip.address, IpVersions::both);
  if (!read_ip_address(section, "second_address", sip.second_address, IpVersions::both)) return;
  if (given && !good) return;
  if (v6(sip.address) == v6(sip.second_address))
    section.wrong("second_address", std::string("an IPv") + (v6(sip.address) ? "4" : "6") +
                                        " address, for address is one of IPv" +
                                        (v6(sip.address) ? "6" : "4"));
}

void read_codecs(TomlSection& section, std::vector<SipCodec>& codecs) {
  std::vector<std::string> names;
  if (!section.read("codecs", names)) return;
  codecs.clear();
  const std::map<std::string, SipCodec> known = {
      {"pcmu", SipCodec::pcmu}, {"pcma", SipCodec::pcma}, {"g722", SipCodec::g722}, {"opus", SipCodec::opus}};
  for (const std::string& name : names) {
    const auto found = known.find(name);
    if (found == known.end()) {
      section.fault("codecs", "expected \"pcmu\", \"pcma\", \"g722\" or \"opus\", got \"" + name + "\"");
    } else if (std::find(codecs.begin(), codecs.end(), found->second) != codecs.end()) {
      section.fault("codecs", "\"" + name + "\" is named twice");
    } else {
      codecs.push_back(found->second);
    }
  }
  if (names.empty())
    section.fault("codecs",
                  "expected at least one of \"pcmu\", \"pcma\", \"g722\" and \"opus\", got an empty list");
}

void read_rtp_ports(TomlSection& section, SipOptions& sip) {
  section.read("rtp_first", sip.rtp_first, 1024, 65534);
  section.read("rtp_last", sip.rtp_last, 1024, 65534);
  if (sip.rtp_last >= sip.rtp_first) return;
  section.fault(section.has("rtp_last") ? "rtp_last" : "rtp_first",
                "expected rtp_last not to be below rtp_first, got " + std::to_string(sip.rtp_first) + " to " +
                    std::to_string(sip.rtp_last));
}

void read_tls(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
              SipOptions& sip) {
  SipTls tls;
  bool wanted = false;
  for (const auto& [key, path] : {std::pair{"tls_certificate", &tls.certificate},
                                  {"tls_key", &tls.key},
                                  {"tls_authorities", &tls.authorities}}) {
    if (!section.read(key, *path)) continue;
    wanted = true;
    *path = absolute(*path);
  }
  wanted = section.read("tls_port", tls.port, 0, 65535) || wanted;
  wanted = section.read<SipTls::Verify>("tls_verify", tls.verify,
                                        {{"nobody", SipTls::Verify::nobody},
                                         {"servers", SipTls::Verify::servers},
                                         {"everybody", SipTls::Verify::everybody}}) ||
           wanted;
  if (wanted) sip.tls = std::move(tls);
}

}  // namespace

bool read_sip(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
              SipOptions& sip) {
  read_addresses(section, sip);
  section.read("port", sip.port, 0, 65535);
  section.read("realm", sip.realm);
  section.read<SipDigest>(
      "digest", sip.digest,
      {{"md5", SipDigest::md5}, {"both", SipDigest::both}, {"sha256", SipDigest::sha256}});
  section.read("authenticate_calls", sip.authenticate_calls);
  section.read("max_contacts", sip.max_contacts, 1, 1000);
  section.read("user_agent", sip.user_agent);
  read_rtp_ports(section, sip);
  read_codecs(section, sip.codecs);
  read_tls(section, absolute, sip);
  section.read<SipEncryption>("encryption", sip.encryption,
                              {{"off", SipEncryption::off},
                               {"allowed", SipEncryption::allowed},
                               {"offered", SipEncryption::offered},
                               {"required", SipEncryption::required}});
  section.read("max_calls", sip.max_calls, 1, most_calls);
  section.read("max_calls_per_second", sip.max_calls_per_second, 0, most_calls);
  section.read("max_requests_per_source", sip.max_requests_per_source, 0, most_calls);
  section.read("session_expires", sip.session_expires, std::chrono::seconds(90));
  section.read("media_timeout", sip.media_timeout);
  section.read("rtp_threads", sip.rtp_threads, 1, 64);
  section.read("realtime", sip.realtime);
  const bool any_host = section.read("any_host", sip.dials_any_host);
  section.finish();
  return any_host;
}

}  // namespace vcsr
