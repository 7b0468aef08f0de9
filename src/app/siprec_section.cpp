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

void read_siprec(TomlSection& root, const ReadSecret& read_secret, Config& config) {
  auto section = root.section("siprec");
  if (!section) return;
  SipOptions& sip = config.sip;
  section->require("server", sip.recorder);
  if (!sip.recorder.empty() && !sip.recorder.starts_with("sip:"))
    section->wrong("server", "a SIP address such as \"sip:recorder@192.0.2.9;transport=tcp\"");
  section->read("user", sip.recorder_user);
  read_secret(*section, "password", sip.recorder_password);
  if (sip.recorder_user.empty() && !sip.recorder_password.empty())
    section->fault("password", "is for nobody: give a user, too");
  section->read<SipEncryption>("encryption", sip.recorder_encryption,
                               {{"off", SipEncryption::off},
                                {"offered", SipEncryption::offered},
                                {"required", SipEncryption::required}});
  if (sip.encryption == SipEncryption::required && sip.recorder_encryption != SipEncryption::required)
    section->fault(section->has("encryption") ? "encryption" : "server",
                   "expected encryption = \"required\", as sip.encryption is");
  section->read("rules", config.copied_rules);
  check_rules(*section, config);
  section->finish();
}

}  // namespace vcsr
