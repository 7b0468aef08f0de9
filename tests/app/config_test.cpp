// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "app/faults_of.hpp"
#include "temporary_folder.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

constexpr const char* whole = R"(
[center]
music = "waltz"
pickup_code = "*8"
language = "zh"
data = "var"

[log]
level = "warning"
format = "json"
levels = { sip = "debug" }

[sip]
address = "127.0.0.2"
port = 5070
realm = "bank.example"
digest = "both"
authenticate_calls = false
max_contacts = 3
max_requests_per_source = 50
rtp_first = 30000
rtp_last = 30999
codecs = ["opus", "g722", "pcma"]
encryption = "required"
tls_port = 5071
tls_certificate = "tls/center.pem"
tls_key = "/etc/center.key"
tls_authorities = "tls/ca.pem"
tls_verify = "servers"
max_calls = 20000
max_calls_per_second = 300
session_expires = "10min"
media_timeout = "30s"

[web]
port = 8081
not_ready_reasons = ["tea"]

[parking]
slots = ["701", "702"]
limit = "90s"
queue = "service"

[voice]
folders = ["prompts"]
synthesizer = "none"

[[trunk]]
registrar = "sip:192.0.2.1:5060"
user = "bank"
password_file = "trunk.secret"

[[trunk]]
name = "carrier"
address = "sip:192.0.2.9"
user = "bank"
password = "s3cret"
register = true
prefixes = ["+86", "0"]
denied = ["+8616"]
cost = 12
max_calls = 30
max_calls_per_day = 500
caller_id = "+861055550000"
answer_time = "3s"
check_every = "0s"

[[queue]]
name = "service"
offer_time = "15s"
wrap_up = "0s"
music = "music"
record = true

[[agent]]
id = "1001"
name = "Anna"
password = "s3cret"
queues = ["service"]
picks_up = ["1002"]

[[number]]
dial = "8000"
flow = "bank"
database = "bank.db"
menu = ["balance", 3, { deep = true }]
)";

}  // namespace

TEST_CASE("a whole configuration becomes typed options") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "prompts");
  folder.write("trunk.secret", "hunter2\n");

  const Config config = parse_config(whole, "bank.toml", folder.path());

  CHECK(config.language == "zh");
  CHECK(config.data == folder / "var");
  CHECK(config.log.level == LogLevel::warning);
  CHECK(config.log.format == LogOptions::Format::json);
  CHECK(config.log.levels.at("sip") == LogLevel::debug);
  CHECK(config.pickup_code == "*8");
  CHECK(config.sip.address == "127.0.0.2");
  CHECK(config.sip.port == 5070);
  CHECK(config.sip.rtp_last == 30999);
  CHECK(config.sip.codecs == std::vector{SipCodec::opus, SipCodec::g722, SipCodec::pcma});
  CHECK(config.sip.digest == SipDigest::both);
  CHECK_FALSE(config.sip.authenticate_calls);
  CHECK(config.sip.max_contacts == 3);
  CHECK(config.sip.max_requests_per_source == 50);
  CHECK(config.sip.encryption == SipEncryption::required);
  REQUIRE(config.sip.tls);
  CHECK(config.sip.tls->port == 5071);
  CHECK(config.sip.tls->certificate == folder / "tls/center.pem");
  CHECK(config.sip.tls->key == "/etc/center.key");
  CHECK(config.sip.tls->authorities == folder / "tls/ca.pem");
  CHECK(config.sip.tls->verify == SipTls::Verify::servers);
  CHECK(config.sip.max_calls == 20000);
  CHECK(config.sip.session_expires == 10min);
  CHECK(config.sip.registrations.at(0).password.matches("hunter2"));
  const SipTrunk& trunk = config.sip.trunks.at(0);
  CHECK(trunk.address == "sip:192.0.2.9");
  CHECK(trunk.registers);
  CHECK(trunk.password.matches("s3cret"));
  CHECK(trunk.prefixes == std::vector<std::string>{"+86", "0"});
  CHECK(trunk.denied == std::vector<std::string>{"+8616"});
  CHECK(trunk.cost == 12);
  CHECK(trunk.max_calls == 30);
  CHECK(trunk.max_calls_per_day == 500);
  CHECK(trunk.caller_id.uri == "+861055550000");
  CHECK(trunk.answer_time == 3s);
  CHECK(trunk.check_every == 0s);
  CHECK_FALSE(config.sip.dials_any_host);
  CHECK(config.web.value().port == 8081);
  CHECK(config.web->not_ready_reasons == std::vector<std::string>{"tea"});
  CHECK(config.voice.folders == std::vector{folder / "prompts"});
  CHECK(config.voice.synthesizer == "");
  CHECK(config.queues.at(0).offer_time == 15s);
  CHECK(config.queues.at(0).wrap_up == 0s);
  CHECK(config.queues.at(0).record);
  CHECK(config.music == "waltz");
  CHECK(config.parking.slots == std::vector<std::string>{"701", "702"});
  CHECK(config.parking.limit == 90s);
  CHECK(config.parking.queue == "service");
  CHECK(config.agents.at(0).options.picks_up == std::vector<std::string>{"1002"});
}

TEST_CASE("an agent with a password gets a SIP account and follows the phone") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "prompts");
  folder.write("trunk.secret", "hunter2");

  const Config config = parse_config(whole, "bank.toml", folder.path());

  const AgentConfig& anna = config.agents.at(0);
  CHECK(anna.options.name == "Anna");
  CHECK(anna.options.address == Address("sip:1001"));
  CHECK(anna.options.follows_phone);
  CHECK(anna.queues == std::vector<std::string>{"service"});
  CHECK(config.sip.accounts.at(0).user == "1001");
  CHECK(config.sip.accounts.at(0).password.matches("s3cret"));
}

TEST_CASE("an agent is ready at the start or follows the telephone, not both") {
  const std::string agent = "[[agent]]\nid = \"1001\"\nready_at_start = true\n";

  CHECK_THROWS_WITH_AS(parse_config(agent, "bank.toml", "."),
                       doctest::Contains("bank.toml:3: agent.ready_at_start: an agent who follows the "
                                         "telephone is ready when that registers: add follows_phone = false"),
                       Error);
  CHECK(parse_config(agent + "follows_phone = false\n", "bank.toml", ".").agents.at(0).ready_at_start);
}

TEST_CASE("what stands beside a number's flow is handed to the flow") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "prompts");
  folder.write("trunk.secret", "hunter2");

  const Config config = parse_config(whole, "bank.toml", folder.path());

  const NumberConfig& number = config.numbers.at(0);
  CHECK(number.dial == "8000");
  CHECK(number.flow == "bank");
  CHECK(to_json(number.settings) ==
        R"({"database":"bank.db","folder":")" + folder.path() + R"(","menu":["balance",3,{"deep":true}]})");
}

TEST_CASE("an empty configuration is a center on the SIP port without a page") {
  const Config config = parse_config("", "empty.toml", "/srv/empty");

  CHECK(config.language == "en");
  CHECK(config.data == "/srv/empty/data");
  CHECK(config.sip.port == 5060);
  CHECK(config.voice.synthesizer == "espeak-ng");
  CHECK_FALSE(config.web.has_value());
}

TEST_CASE("every fault names file, line, key, what was expected and what was found") {
  struct Case {
    const char* text;
    const char* fault;
  };
  const Case cases[] = {
      {"[sip]\nport = 70000", "bank.toml:2: sip.port: expected a whole number from 0 to 65535, got 70000"},
      {"[sip]\n\nport = \"5060\"",
       "bank.toml:3: sip.port: expected a whole number from 0 to 65535, got \"5060\""},
      {"[sip]\nport = 5060.5", "bank.toml:2: sip.port: expected a whole number from 0 to 65535, got 5060.5"},
      {"[sip]\naddress = \"localhost\"",
       "bank.toml:2: sip.address: expected an IP address of this machine such as \"127.0.0.1\" or \"::1\", "
       "got "
       "\"localhost\""},
      {"[center]\npickup_code = \"#8\"",
       "bank.toml:2: center.pickup_code: expected what telephones dial, of 0-9 and *, such as \"*8\", got "
       "\"#8\""},
      {"[sip]\naddress = \"fe80::1\"",
       "bank.toml:2: sip.address: expected no link-local address, which needs a zone that SIP cannot tell, "
       "got "
       "\"fe80::1\""},
      {"[sip]\nprot = 5060", "bank.toml:2: sip.prot: unknown key; did you mean \"port\"?"},
      {"[log]\nzzzzzzzzz = 1", "bank.toml:2: log.zzzzzzzzz: unknown key; known here: level, format, levels"},
      {"[spi]\nport = 1", "bank.toml:1: spi: unknown key; did you mean \"sip\"?"},
      {"sip = 5060", "bank.toml:1: sip: expected a table: [sip], got 5060"},
      {"[queue]\nname = \"a\"", "bank.toml:1: queue: expected tables: [[queue]], got a table"},
      {"[sip]\nmedia_timeout = 20",
       "bank.toml:2: sip.media_timeout: expected a duration such as \"500ms\", \"20s\", \"2min\" or \"1h\", "
       "got 20"},
      {"[sip]\nsession_expires = \"20s\"",
       "bank.toml:2: sip.session_expires: expected a duration of at least 90s such as \"500ms\", \"20s\", "
       "\"2min\" "
       "or \"1h\", got \"20s\""},
      {"[sip]\nencryption = \"yes\"",
       "bank.toml:2: sip.encryption: expected \"off\", \"allowed\", \"offered\" or \"required\", got "
       "\"yes\""},
      {"[sip]\ncodecs = [\"speex\"]",
       "bank.toml:2: sip.codecs: expected \"pcmu\", \"pcma\", \"g722\" or \"opus\", got \"speex\""},
      {"[sip]\ncodecs = [\"opus\", \"pcma\", \"opus\"]", "bank.toml:2: sip.codecs: \"opus\" is named twice"},
      {"[sip]\ncodecs = []",
       "bank.toml:2: sip.codecs: expected at least one of \"pcmu\", \"pcma\", \"g722\" and \"opus\", got an "
       "empty list"},
      {"[sip]\nrtp_first = 3000\nrtp_last = 2000",
       "bank.toml:3: sip.rtp_last: expected rtp_last not to be below rtp_first, got 3000 to 2000"},
      {"[log]\nlevel = \"loud\"",
       "bank.toml:2: log.level: expected \"trace\", \"debug\", \"info\", \"warning\", \"error\" or \"off\", "
       "got \"loud\""},
      {"[center]\nlanguage = \"\"",
       "bank.toml:2: center.language: expected a language such as \"en\" or \"zh\", got \"\""},
      {"[voice]\nfolders = \"prompts\"",
       "bank.toml:2: voice.folders: expected a list of texts such as [\"one\", \"two\"], got \"prompts\""},
      {"[voice]\nfolders = [\"prompts\"]",
       "bank.toml:2: voice.folders: there is no folder /srv/bank/prompts"},
      {"[[queue]]\nlimit = 5", "bank.toml:1: queue.name: is missing"},
      {"[[queue]]\nname = \"a\"\nrecord = \"yes\"",
       "bank.toml:3: queue.record: expected true or false, got \"yes\""},
      {"[[queue]]\nname = \"a\"\nrecording = { mode = \"speech\" }",
       "bank.toml:3: queue.recording: holds with record = true only"},
      {"[[queue]]\nname = \"a\"\nrecord = true\nrecording = { mode = \"loud\" }",
       "bank.toml:4: queue.recording.mode: expected \"none\", \"on_demand\", \"speech\" or \"all\", got "
       "\"loud\""},
      {"[[mailbox]]\nname = \"a\"\npin = \"secret\"",
       "bank.toml:3: mailbox.pin: expected digits, which can be pressed on a telephone"},
      {"[[mailbox]]\nname = \"a\"\n[[mailbox]]\nname = \"a\"",
       "bank.toml:4: mailbox.name: \"a\" was given in line 2 already"},
      {"[[recording]]\nshare = 101",
       "bank.toml:2: recording.share: expected a whole number from 0 to 100, got 101"},
      {"[[recording]]\nconsent = \"customer\"",
       "bank.toml:2: recording.consent: needs question, the prompt that asks for it: 1 agrees, 2 does not"},
      {"[[recording]]\nkey = \"x\"",
       "bank.toml:2: recording.key: expected keys of a telephone such as \"*1\", got \"x\""},
      {"[[recording]]\nwhole_call = true\nagents = [\"1001\"]",
       "bank.toml:3: recording.agents: cannot be known when the call is answered; leave it out, or "
       "whole_call"},
      {"[[queue]]\nname = \"a\"\n[[queue]]\nname = \"a\"",
       "bank.toml:4: queue.name: \"a\" was given in line 2 already"},
      {"[[agent]]\nid = 1001", "bank.toml:2: agent.id: expected text in quotes, got 1001"},
      {"[[agent]]\nid = \"1\"\npassword = 1234",
       "bank.toml:3: agent.password: expected text in quotes, got something else"},
      {"[[agent]]\nid = \"1\"\npassword_file = \"none\"",
       "bank.toml:3: agent.password_file: expected a file with the password in its first line, got "
       "/srv/bank/none"},
      {"[[agent]]\nid = \"1\"\npassword = \"a\"\npassword_file = \"b\"",
       "bank.toml:4: agent.password_file: stands beside password; only one of them can hold"},
      {"[[agent]]\nid = \"1\"\nqueues = [\"sales\"]",
       "bank.toml:3: agent.queues: there is no [[queue]] named \"sales\"; there are: none"},
      {"[parking]\nslots = [\"7\", \"7\"]",
       "bank.toml:2: parking.slots: expected numbers, each once, such as \"701\", got \"7\" twice"},
      {"[parking]\nlimit = \"60s\"",
       "bank.toml:1: parking.slots: expected numbers such as [\"701\", \"702\"], but it is missing"},
      {"[parking]\nslots = [\"7\"]\nqueue = \"sales\"",
       "bank.toml:3: parking.queue: there is no [[queue]] named \"sales\"; there are: none"},
      {"[[number]]\ndial = \"1\"\nflow = \"\"",
       "bank.toml:3: number.flow: expected text that is not empty, got \"\""},
      {"[sip\nport = 1", "bank.toml:1: Error while parsing table header: expected ']', saw '\\n'"},
  };

  for (const Case& row : cases) CHECK(faults_of(row.text) == row.fault);
}

TEST_CASE("a reason for not being ready that says nothing is refused") {
  CHECK(faults_of("[web]\nnot_ready_reasons = [\"break\", \"\"]") ==
        "bank.toml:2: web.not_ready_reasons: expected reasons that are not empty, got a list");
}

TEST_CASE("all faults of a file are told at once, in its order") {
  const std::string faults = faults_of("[web]\nport = -1\n[sip]\nport = true\nrealm = 7");

  CHECK(faults ==
        "bank.toml:2: web.port: expected a whole number from 0 to 65535, got -1\n"
        "bank.toml:4: sip.port: expected a whole number from 0 to 65535, got true\n"
        "bank.toml:5: sip.realm: expected text in quotes, got 7");
}

TEST_CASE("mailboxes are read, and numbers that lead to them") {
  const Config config = parse_config(R"(
[[mailbox]]
name = "sales"
phone = "sip:1001"
pin = "4711"
greeting = "hello"
limit = "1min"
silence = "3s"
shortest = "2s"
review = false
)",
                                     "bank.toml", "/");

  REQUIRE(config.mailboxes.size() == 1);
  const MailboxOptions& sales = config.mailboxes[0];
  CHECK(sales.name == "sales");
  CHECK(sales.phone.uri == "sip:1001");
  CHECK(sales.pin.matches("4711"));
  CHECK(sales.greeting == "hello");
  CHECK(sales.limit == std::chrono::minutes(1));
  CHECK(sales.silence == std::chrono::seconds(3));
  CHECK(sales.shortest == std::chrono::seconds(2));
  CHECK_FALSE(sales.review);
}

TEST_CASE("a configuration file that is not there is named") {
  CHECK_THROWS_WITH_AS(load_config("/nowhere/bank.toml"), "there is no configuration file /nowhere/bank.toml",
                       Error);
}

TEST_CASE("paths in a file start at its own folder") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "prompts");
  folder.write("bank.toml", "[voice]\nfolders = [\"prompts\"]");

  const Config config = load_config(folder / "bank.toml");

  CHECK(config.data == folder / "data");
  CHECK(config.voice.folders.at(0) == folder / "prompts");
}

TEST_CASE("who has no trunks may dial any host, and who has them when they say so") {
  const std::string trunk = "[[trunk]]\naddress = \"sip:192.0.2.9\"\n";

  CHECK(parse_config("", "bank.toml", "/").sip.dials_any_host);
  CHECK_FALSE(parse_config(trunk, "bank.toml", "/").sip.dials_any_host);
  CHECK(parse_config("[sip]\nany_host = true\n" + trunk, "bank.toml", "/").sip.dials_any_host);
}

}  // namespace vcsr
