// SPDX-License-Identifier: Apache-2.0
#include "app/recording_config.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "app/faults_of.hpp"
#include "temporary_folder.hpp"

namespace vcsr {

using namespace std::chrono_literals;

TEST_CASE("rules of recording and a queue's own terms are read") {
  const Config config = parse_config(R"(
[[queue]]
name = "service"
record = true
recording = { mode = "speech", notice = "told", leave_out_pauses = true }
[[recording]]
name = "sales"
queues = ["sales-*"]
callers = ["+86*"]
numbers = ["8000"]
agents = ["10*"]
mode = "on_demand"
share = 20
consent = "everybody"
question = "may-we"
longest_pause = "2min"
key = "*1"
withdrawal_key = "*9"
keep_withdrawn = false
[[recording]]
whole_call = true
[[agent]]
id = "1001"
agrees_to_recording = false
)",
                                     "bank.toml", "/");

  const RecordingTerms& terms = config.queues.at(0).recording;
  CHECK(terms.mode == RecordingMode::speech);
  CHECK(terms.notice == "told");
  CHECK(terms.leave_out_pauses);
  REQUIRE(config.recording.rules.size() == 2);
  const RecordingRule& sales = config.recording.rules[0];
  CHECK(sales.name == "sales");
  CHECK(sales.queues == std::vector<std::string>{"sales-*"});
  CHECK(sales.callers == std::vector<std::string>{"+86*"});
  CHECK(sales.numbers == std::vector<std::string>{"8000"});
  CHECK(sales.agents == std::vector<std::string>{"10*"});
  CHECK(sales.terms.mode == RecordingMode::on_demand);
  CHECK(sales.terms.share == 20);
  CHECK(sales.terms.consent == ConsentMode::everybody);
  CHECK(sales.terms.question == "may-we");
  CHECK(sales.terms.longest_pause == std::chrono::minutes(2));
  CHECK(sales.terms.key == "*1");
  CHECK(sales.terms.withdrawal_key == "*9");
  CHECK_FALSE(sales.terms.keep_withdrawn);
  CHECK(config.recording.rules[1].whole_call);
  CHECK_FALSE(config.agents.at(0).options.agrees_to_recording);
}

TEST_CASE("what becomes of recordings is configured") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "prompts");
  folder.write("master.key", "key");
  const std::string key = folder / "master.key";
  const Config config = parse_config(R"(
[recordings]
signing_key_file = "keys/signing.pem"
master_key_file = ")" + key + R"("
format = "opus"
warn_free_mb = 100
refuse_free_mb = 10
stop_free_mb = 5
dispensable = ["training"]
grace_days = 7
sweep_every = "10min"
[[recordings.retention]]
queue = "cards"
keep_days = 180
[[recordings.retention]]
label = "voicemail"
keep_days = 30
)",
                                     "bank.toml", "/etc/bank");

  const ArchiveOptions& recordings = config.recordings;
  CHECK(recordings.signing_key == "/etc/bank/keys/signing.pem");
  CHECK(recordings.master_key == key);
  CHECK(recordings.format == RecordingFormat::opus);
  CHECK(recordings.disk.warn == std::uint64_t{100} << 20);
  CHECK(recordings.disk.refuse == std::uint64_t{10} << 20);
  CHECK(recordings.disk.stop == std::uint64_t{5} << 20);
  CHECK(recordings.disk.dispensable == std::vector<std::string>{"training"});
  CHECK(recordings.grace == std::chrono::days(7));
  CHECK(recordings.sweep_every == 10min);
  REQUIRE(recordings.retention.size() == 2);
  CHECK(recordings.retention[0].queue == "cards");
  CHECK(recordings.retention[1].keep == std::chrono::days(30));
}

TEST_CASE("the backup of recordings is configured, and nonsense is named with its key") {
  const Config bucket = parse_config(R"([recordings.backup]
endpoint = "https://s3.example.com"
bucket = "bank"
access_key = "AK"
secret_key = "river"
prefix = "a/b/"
every = "5min"
read_back = false)",
                                     "bank.toml", "/etc/bank");
  REQUIRE(bucket.backup);
  CHECK(bucket.backup->s3.endpoint == "https://s3.example.com");
  CHECK(bucket.backup->s3.secret_key.reveal() == "river");
  CHECK(bucket.backup->s3.prefix == "a/b/");
  CHECK(bucket.backup->every == 5min);
  CHECK_FALSE(bucket.backup->read_back);
  const Config folder = parse_config("[recordings.backup]\ndirectory = \"copies\"", "bank.toml", "/etc/bank");
  CHECK(folder.backup->directory == "/etc/bank/copies");

  CHECK(
      faults_of("[recordings.backup]\nendpoint = \"s3.example.com\"\nbucket = \"a b\"\nregion = \"\"\n"
                "prefix = \"/x\"\naccess_key = \"AK\"\nauthorities = \"/no/such\"") ==
      "bank.toml:1: recordings.backup.secret_key_file: is missing: the file with the secret of access_key in "
      "its "
      "first line\n"
      "bank.toml:2: recordings.backup.endpoint: expected an address such as \"https://s3.example.com\", got "
      "\"s3.example.com\"\n"
      "bank.toml:3: recordings.backup.bucket: expected letters, digits, - and ., got \"a b\"\n"
      "bank.toml:4: recordings.backup.region: expected one such as \"us-east-1\", got \"\"\n"
      "bank.toml:5: recordings.backup.prefix: expected letters, digits, -, . and _ with a / at the end, such "
      "as "
      "\"bank/\", got \"/x\"\n"
      "bank.toml:7: recordings.backup.authorities: there is no file /no/such");
  CHECK(faults_of("[recordings.backup]\ndirectory = \"a\"\nbucket = \"b\"") ==
        "bank.toml:3: recordings.backup.bucket: stands beside directory; only one of them can hold");
}

TEST_CASE("users have a role and a token, and what a role needs") {
  const Config config = parse_config(
      "[[queue]]\nname = \"cards\"\n[[user]]\nname = \"ben\"\nrole = \"supervisor\"\n"
      "queues = [\"cards\"]\ntoken = \"river\"",
      "bank.toml", "/etc/bank");
  REQUIRE(config.users.size() == 1);
  CHECK(config.users[0].role == UserRole::supervisor);
  CHECK(config.users[0].token.matches("river"));

  CHECK(faults_of("[[user]]\nname = \"a\"\nrole = \"agent\"\nagent = \"1001\"\ntoken = \"x\"\n"
                  "[[user]]\nname = \"a\"\nrole = \"boss\"\ntoken = \"x\"\n"
                  "[[user]]\nname = \"c\"\nrole = \"supervisor\"\nqueues = [\"loans\"]") ==
        "bank.toml:4: user.agent: there is no agent \"1001\"\n"
        "bank.toml:6: user.agent: is missing\n"
        "bank.toml:7: user.name: \"a\" is there already\n"
        "bank.toml:8: user.role: expected \"agent\", \"supervisor\", \"auditor\" or \"administrator\", got "
        "\"boss\"\n"
        "bank.toml:9: user.token: is that of a as well\n"
        "bank.toml:10: user.token_file: is missing: the file with the user's token in its first line\n"
        "bank.toml:13: user.queues: there is no queue \"loans\"");
}

TEST_CASE("faults of [recordings] are told together") {
  CHECK(faults_of("[recordings]\nmaster_key_file = \"/no/such\"\nformat = \"mp3\"\n"
                  "[[recordings.retention]]\nqueue = \"a\"") ==
        "bank.toml:2: recordings.master_key_file: there is no file /no/such; make one with vcsr recording "
        "new-key\n"
        "bank.toml:3: recordings.format: expected \"wav\" or \"opus\", got \"mp3\"\n"
        "bank.toml:4: recordings.retention.keep_days: is missing; 0 keeps for ever");
}

}  // namespace vcsr
