// SPDX-License-Identifier: Apache-2.0
#include "app/siprec_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"

namespace vcsr {

TEST_CASE("a session recording server is configured, for all recorded calls or those of some rules") {
  const Config all =
      parse_config("[siprec]\nserver = \"sip:recorder@192.0.2.9;transport=tcp\"\n", "a.toml", "/");
  const Config some = parse_config(R"(
[siprec]
server = "sip:recorder.example"
rules = ["sales"]
[[recording]]
name = "sales"
)",
                                   "b.toml", "/");

  CHECK(all.sip.recorder == "sip:recorder@192.0.2.9;transport=tcp");
  CHECK(all.copied_rules.empty());
  CHECK(some.copied_rules == std::vector<std::string>{"sales"});
  CHECK(parse_config("", "c.toml", "/").sip.recorder.empty());
}

TEST_CASE("a session recording server may ask who we are, and be sent what nobody else can hear") {
  const Config config = parse_config(R"(
[sip]
encryption = "required"
[siprec]
server = "sip:recorder.example"
user = "bank"
password = "river"
encryption = "required"
)",
                                     "a.toml", "/");

  CHECK(config.sip.recorder_user == "bank");
  CHECK(config.sip.recorder_password.reveal() == "river");
  CHECK(config.sip.recorder_encryption == SipEncryption::required);
  CHECK(parse_config("", "b.toml", "/").sip.recorder_encryption == SipEncryption::off);
}

TEST_CASE("faults of [siprec] name the line and the fix") {
  CHECK(faults_of("[siprec]\n") == "bank.toml:1: siprec.server: is missing");
  CHECK(
      faults_of("[siprec]\nserver = \"recorder\"\n") ==
      "bank.toml:2: siprec.server: expected a SIP address such as \"sip:recorder@192.0.2.9;transport=tcp\", "
      "got \"recorder\"");
  CHECK(faults_of("[siprec]\nserver = \"sip:a.example\"\nrules = [\"sale\"]\n") ==
        "bank.toml:3: siprec.rules: there is no [[recording]] with name = \"sale\"; leave rules out to copy "
        "every recorded call");
  CHECK(faults_of("[sip]\nencryption = \"required\"\n[siprec]\nserver = \"sip:a.example\"\n") ==
        "bank.toml:4: siprec.server: expected encryption = \"required\", as sip.encryption is");
  CHECK(faults_of("[siprec]\nserver = \"sip:a.example\"\nencryption = \"allowed\"\n") ==
        "bank.toml:3: siprec.encryption: expected \"off\", \"offered\" or \"required\", got \"allowed\"");
  CHECK(faults_of("[siprec]\nserver = \"sip:a.example\"\npassword = \"river\"\n") ==
        "bank.toml:3: siprec.password: is for nobody: give a user, too");
  CHECK(faults_of("[siprec]\nserver = \"sip:a.example\"\nruls = []\n").find("did you mean") !=
        std::string::npos);
}

}  // namespace vcsr
