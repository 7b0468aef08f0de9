// SPDX-License-Identifier: Apache-2.0
#include "app/siprec_section.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace vcsr {

namespace {

void check_rules(TomlSection& section, const Config& config) {
  for (const std::string& wanted : config.copied_rules) {
    const auto& rules = config.recording.rules;
    const bool known = std::any_of(rules.begin(), rules.end(),
                                   [&wanted](const RecordingRule& rule) { return rule.name == wanted; });
    if (!known)
      section.fault("rules", "there is no [[recording]] with name = \"" + wanted +
                                 "\"; leave rules out to copy every recorded call");
  }
}

}  // namespace

void read_siprec(TomlSection& root, Config& config) {
  auto section = root.section("siprec");
  if (!section) return;
  std::string& server = config.sip.recorder;
  section->require("server", server);
  if (!server.empty() && !server.starts_with("sip:"))
    section->wrong("server", "a SIP address such as \"sip:recorder@192.0.2.9;transport=tcp\"");
  if (!server.empty() && config.sip.encryption == SipEncryption::required)
    section->fault("server",
                   "is sent audio in the clear, and sip.encryption is \"required\": set that to "
                   "\"offered\", or leave [siprec] out");
  section->read("rules", config.copied_rules);
  check_rules(*section, config);
  section->finish();
}

}  // namespace vcsr
