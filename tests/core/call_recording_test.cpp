// SPDX-License-Identifier: Apache-2.0
#include "core/call_recording.hpp"

#include "core/tapped_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Callers of 8000 wait for the agent 1001 in the queue "service"; each talk takes 20 s.
struct Office : TappedWorld {
  explicit Office(RecordingTerms terms) : Office(policy_of(std::move(terms))) {}
  explicit Office(RecordingPolicy policy, QueueOptions options = {.name = "service", .wrap_up = 0s},
                  bool agent_agrees = true)
      : TappedWorld(std::move(policy)), queue(center->add_queue(std::move(options))) {
    AgentOptions agent{.id = "1001", .name = "Anna", .address = "sim:1001"};
    agent.agrees_to_recording = agent_agrees;
    lines->set_phone("1001", {.behavior = [this](SimParty phone) { return talk(phone); }});
    Agent anna = center->add_agent(agent);
    queue.add(anna);
    anna.log_in();
    anna.set_ready();
    center->serve("8000", [this](Call call) -> Task<> {
      co_await call.answer();
      co_await queue.serve(call, Reason("a question"));
    });
  }

  static RecordingPolicy policy_of(RecordingTerms terms) {
    RecordingRule rule;
    rule.name = "all";
    rule.terms = std::move(terms);
    return {{std::move(rule)}};
  }

  Task<> talk(SimParty phone) {
    co_await phone.wait(5s);
    if (!keys.empty()) phone.press(keys);
    co_await phone.wait(5s);
    if (!keys.empty() && again) phone.press(keys);
    co_await phone.wait(10s);
  }

  std::string decided(std::size_t number = 0) {
    const auto all = entries(events::recording_decided);
    if (all.size() <= number) return "nothing";
    return all[number].data.at("mode").text() + ": " + all[number].data.at("reason").text();
  }

  Queue queue;
  std::string keys;
  bool again = false;
};

RecordingTerms asking(ConsentMode consent) {
  RecordingTerms terms;
  terms.notice = "welcome";
  terms.consent = consent;
  terms.question = "menu";
  return terms;
}

SimBehavior presses(std::string key) {
  return [key](SimParty caller) -> Task<> {
    co_await caller.hears("menu");
    caller.press(key);
    co_await caller.ended();
  };
}

}  // namespace

TEST_CASE("a rule records the conversation, and the journal says which and why") {
  Office office{RecordingTerms()};

  office.caller(stays);
  office.loop.run();

  CHECK(office.decided() == "all: rule \"all\"");
  REQUIRE(office.maker->made.size() == 1);
  CHECK(office.maker->made[0]->kept > 20 * 50);
  CHECK(office.entries(events::recording_decided)[0].data.at("agent") == Value("1001"));
}

TEST_CASE("a queue's own terms hold where no rule fits") {
  RecordingRule elsewhere;
  elsewhere.queues = {"sales"};
  elsewhere.terms.mode = RecordingMode::none;
  QueueOptions options{.name = "service", .record = true};
  options.recording.mode = RecordingMode::speech;
  options.recording.leave_out_pauses = true;
  Office office(RecordingPolicy{{elsewhere}}, options);

  office.caller(stays);
  office.loop.run();

  CHECK(office.decided() == "speech: rule \"queue service\"");
  REQUIRE(office.maker->made.size() == 1);
  CHECK(office.maker->made[0]->options.only_speech);
  CHECK(office.maker->made[0]->options.leave_out_pauses);
}

TEST_CASE("about the share of the calls is recorded that the rule wants") {
  RecordingTerms terms;
  terms.share = 30;
  Office office{terms};

  for (int i = 0; i < 200; ++i) {
    office.caller(stays);
    office.loop.run();
  }

  CHECK(office.entries(events::recording_decided).size() == 200);
  CHECK(office.maker->made.size() > 40);
  CHECK(office.maker->made.size() < 80);
}

TEST_CASE("the customer is told before anything is kept") {
  RecordingTerms terms;
  terms.notice = "welcome";
  Office office{terms};

  SimParty caller = office.caller(stays);
  office.loop.run();

  REQUIRE(office.entries(events::recording_notice).size() == 1);
  CHECK(office.entries(events::recording_notice)[0].number <
        office.entries(events::recording_started).at(0).number);
  CHECK(caller.heard().front() == "Welcome to the bank.");
}

TEST_CASE("where the notice cannot be said nothing is recorded, and the call goes on") {
  RecordingTerms terms;
  terms.notice = "no such prompt";
  Office office{terms};

  office.caller(stays);
  office.loop.run();

  CHECK(office.maker->made.empty());
  CHECK(office.decided().starts_with("none: rule \"all\": "));
  CHECK(office.decided().find("no such prompt") != std::string::npos);
  CHECK(office.queue.report().answered == 1);
}

TEST_CASE("only who agrees is recorded; the answer is in the journal and on the contact") {
  Office office{asking(ConsentMode::customer)};
  std::string how, decided;
  SimBehavior behavior;
  bool given = false;
  SUBCASE("1 agrees") {
    behavior = presses("1");
    given = true;
    how = "key 1";
    decided = "all: rule \"all\"";
  }
  SUBCASE("2 does not") {
    behavior = presses("2");
    how = "key 2";
    decided = "none: rule \"all\": the customer did not agree";
  }
  SUBCASE("nor does silence") {
    behavior = stays;
    how = "no answer";
    decided = "none: rule \"all\": the customer did not agree";
  }

  office.caller(behavior);
  office.loop.run();

  const auto consent = office.entries(events::contact_consent);
  REQUIRE(consent.size() == 1);
  CHECK(consent[0].data.at("given") == Value(given));
  CHECK(consent[0].data.at("how") == Value(how));
  CHECK(office.decided() == decided);
  CHECK(office.maker->made.size() == (given ? 1 : 0));
  CHECK(office.queue.report().answered == 1);
}

TEST_CASE("where everybody must agree, an agent who does not is not recorded") {
  Office office(Office::policy_of(asking(ConsentMode::everybody)), {.name = "service"}, false);

  office.caller(presses("1"));
  office.loop.run();

  CHECK(office.decided() == "none: rule \"all\": the agent did not agree");
  CHECK(office.maker->made.empty());
}

TEST_CASE("after a refusal a dialogue's own recording keeps nothing either") {
  TappedWorld world;
  RecordingResult result;
  world.center->serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    call.contact().set_recording_consent(false, "told the agent");
    Recorder recorder = call.record();
    CHECK(!recorder.running());
    CHECK(recorder.id().empty());
    Task<RecordingResult> stopping = recorder.stop();
    result = co_await std::move(stopping);
  });

  world.caller(stays);
  world.loop.run();

  CHECK(world.maker->made.empty());
  CHECK(result.error == "the customer did not agree to be recorded");
  CHECK(world.entries(events::recording_started).empty());
}

TEST_CASE("on demand nothing is recorded until the agent asks by key, and again ends it") {
  RecordingTerms terms;
  terms.mode = RecordingMode::on_demand;
  terms.key = "*1";
  Office office{terms};
  SUBCASE("never asked") {}
  SUBCASE("asked once") { office.keys = "*1"; }
  SUBCASE("asked and ended") {
    office.keys = "*1";
    office.again = true;
  }

  office.caller(stays);
  office.loop.run();

  CHECK(office.decided() == "on_demand: rule \"all\"");
  REQUIRE(office.maker->made.size() == (office.keys.empty() ? 0 : 1));
  if (office.keys.empty()) return;
  const int seconds = office.maker->made[0]->kept / 50;
  CHECK(seconds >= (office.again ? 4 : 14));
  CHECK(seconds <= (office.again ? 6 : 16));
}

TEST_CASE("a desktop may ask for a recording where the policy permits it, and is told where it does not") {
  RecordingTerms terms;
  std::string complaint;
  SUBCASE("permitted") { terms.mode = RecordingMode::on_demand; }
  SUBCASE("forbidden") {
    terms.mode = RecordingMode::none;
    complaint = "this call must not be recorded: rule \"all\"";
  }
  Office office{terms};
  office.caller(stays);
  office.loop.run_for(10s);
  const auto call = office.center->find_call(office.entries(events::contact_arrived).at(0).subject);
  REQUIRE(call);

  std::string told;
  try {
    Recorder recorder = Call(*call).request_recording();
    CHECK(recorder.running());
    CHECK(call->recorder()->id() == recorder.id());
  } catch (const Error& error) {
    told = error.what();
  }
  office.loop.run();

  CHECK(told == complaint);
  CHECK(office.maker->made.size() == (complaint.empty() ? 1 : 0));
  CHECK(!office.center->find_call(call->id()));
}

TEST_CASE("a rule for whole calls records from the answer on, unless one about the conversation forbids it") {
  RecordingRule whole, none;
  whole.name = "whole";
  whole.whole_call = true;
  none.name = "not this agent";
  none.agents = {"1001"};
  none.terms.mode = RecordingMode::none;
  RecordingPolicy policy{{whole}};
  const bool forbidden = [&] {
    bool forbids = false;
    SUBCASE("recorded to the end") {}
    SUBCASE("ended at the agent") { forbids = true; }
    return forbids;
  }();
  if (forbidden) policy.rules.push_back(none);
  Office office(policy);

  office.caller(stays);
  office.loop.run();

  CHECK(office.decided() == "all: rule \"whole\"");
  REQUIRE(office.maker->made.size() == 1);
  CHECK(office.maker->made[0]->kept / 50 < (forbidden ? 4 : 30));
  CHECK(office.maker->made[0]->kept / 50 >= (forbidden ? 0 : 20));
}

TEST_CASE("while a secret is asked for no recording hears a thing, nor does one that begins meanwhile") {
  TappedWorld world;
  std::string heard;
  world.center->serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    call.record();
    AskOptions pin;
    pin.max_digits = 4;
    Task<Secret> asking = call.ask_secret("menu", pin);
    Secret secret = co_await std::move(asking);
    heard = secret.reveal();
    co_await world.loop.sleep(5s);
  });
  world.caller([](SimParty caller) -> Task<> {
    co_await caller.hears("menu");
    co_await caller.wait(2s);
    caller.press("4711");
    co_await caller.ended();
  });
  world.loop.run_for(1s);
  const auto call = world.center->find_call(world.entries(events::contact_arrived).at(0).subject);
  REQUIRE(call);
  Task<RecordingResult> stopping = call->recorder()->stop();
  stopping.start();
  world.loop.run_for(0s);
  Call(*call).record();
  world.loop.run();

  CHECK(heard == "4711");
  REQUIRE(world.maker->made.size() == 2);
  CHECK(world.maker->made[0]->reasons == std::vector<std::string>{"secret"});
  CHECK(world.maker->made[0]->kept <= 1);
  CHECK(world.maker->made[1]->silent >= 3 * 50 / 2);
  CHECK(!world.maker->made[1]->paused);
  CHECK(world.maker->made[1]->kept / 50 == 4);
}

TEST_CASE("whoever the customer talks with is cut off while a secret is asked for") {
  World world;
  std::string heard;
  std::optional<SimParty> phone;
  world.driver->set_phone("1001", {.behavior = [&phone](SimParty party) -> Task<> {
                            phone = party;
                            co_await party.ended();
                          }});
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    Task<Reached> dialing = call.dial("sim:1001");
    co_await std::move(dialing);
    AskOptions pin;
    pin.max_digits = 4;
    Task<Secret> asking = call.ask_secret("menu", pin);
    Secret secret = co_await std::move(asking);
    heard = secret.reveal();
    co_await call.talk();
  });

  world.caller("anna", [](SimParty caller) -> Task<> {
    co_await caller.hears("menu");
    caller.press("4711");
    co_await caller.wait(3s);
    caller.press("5");
    co_await caller.wait(3s);
  });
  world.loop.run();

  CHECK(heard == "4711");
  REQUIRE(phone);
  CHECK(phone->digits() == "5");
}

namespace {

/// Talks for 5 s and presses.
SimBehavior presses_in_talk(std::string keys) {
  return [keys](SimParty caller) -> Task<> {
    co_await caller.connected();
    co_await caller.wait(5s);
    caller.press(keys);
    co_await caller.ended();
  };
}

ContactRecord record_of(Office& office) {
  std::optional<ContactRecord> record;
  const auto read = [](CustomerStore& customers, std::string id,
                       std::optional<ContactRecord>& out) -> Task<> { out = co_await customers.contact(id); };
  Scope scope(office.loop);
  scope.spawn(read(*office.customers, office.entries(events::contact_closed).at(0).subject, record));
  office.loop.run_for(0s);
  REQUIRE(record.has_value());
  return *record;
}

}  // namespace

TEST_CASE("a customer who withdraws her consent in the talk ends the recording, and what there is stays") {
  RecordingTerms terms;
  terms.withdrawal_key = "*9";
  Office office{terms};
  office.maker->suffix = ".sealed";

  office.caller(presses_in_talk("1*9"));
  office.loop.run();

  REQUIRE(office.maker->made.size() == 1);
  CHECK(office.maker->made[0]->kept > 5 * 50);
  CHECK(office.maker->made[0]->kept < 6 * 50);
  CHECK(office.maker->discarded.empty());
  REQUIRE(office.entries(events::recording_withdrawn).size() == 1);
  CHECK(office.entries(events::recording_withdrawn)[0].data.at("kept") == Value(true));
  CHECK(office.entries(events::contact_consent).at(0).data.at("how") == Value("key *9"));
  const ContactRecord record = record_of(office);
  CHECK(record.recordings == std::vector<std::string>{office.maker->made[0]->file() + ".sealed"});
  CHECK(record.attributes.at("recording_consent") == Value("refused"));
}

TEST_CASE("where the rule says so what was recorded is removed when the customer withdraws her consent") {
  RecordingTerms terms;
  terms.withdrawal_key = "*9";
  terms.keep_withdrawn = false;
  Office office{terms};

  office.caller(presses_in_talk("*9"));
  office.loop.run();

  REQUIRE(office.maker->made.size() == 1);
  CHECK(office.maker->discarded == std::vector<std::string>{office.maker->made[0]->file()});
  CHECK(office.entries(events::recording_withdrawn).at(0).data.at("kept") == Value(false));
  CHECK(office.entries(events::recording_finished).at(0).data.at("file") == Value(""));
  CHECK(record_of(office).recordings.empty());
}

TEST_CASE(
    "after the withdrawal nothing is recorded, whoever asks, and the caller may not mean an answer by it") {
  RecordingTerms terms;
  terms.withdrawal_key = "9";
  Office office{terms};
  std::string refusal;
  std::optional<Call> call;
  office.center->serve("8000", [&](Call arrived) -> Task<> {
    call = arrived;
    co_await arrived.answer();
    co_await arrived.ask("menu");
    co_await office.queue.serve(arrived, Reason("a question"));
  });
  office.caller(presses("9"));
  office.loop.run_for(10s);
  REQUIRE(call->recorder().has_value());

  call->contact().set_recording_consent(false, "told the agent");
  office.loop.run_for(1s);

  CHECK_FALSE(call->recorder().has_value());
  CHECK_THROWS_WITH_AS(call->request_recording(),
                       "this call must not be recorded: the customer did not agree", Error);
  CHECK(call->record().id().empty());
  office.loop.run();
  CHECK(office.maker->made.size() == 1);
}

TEST_CASE("a recording goes on when the customer's call moves to another telephone") {
  Office office{RecordingTerms()};
  SimParty caller = office.caller(stays);
  office.loop.run_for(7s);
  REQUIRE(office.maker->made.size() == 1);
  const int before = office.maker->made[0]->kept;
  REQUIRE(before > 0);

  office.lines->replace(caller, "sim:anna-mobile", stays);
  office.loop.run_for(5s);

  CHECK_FALSE(caller.live());
  CHECK(office.maker->made.size() == 1);
  CHECK(office.maker->made[0]->kept > before + 4 * 50);
  CHECK(office.maker->made[0]->kept < before + 6 * 50);
  CHECK(office.entries(events::recording_finished).empty());
}
