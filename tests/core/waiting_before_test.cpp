// SPDX-License-Identifier: Apache-2.0
#include "core/waiting_before.hpp"

#include "core/restart_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

/// A desk for chats whose program ends now and then.
struct ChatDesk : RestartWorld {
  explicit ChatDesk(QueueOptions options = {.name = "service", .wrap_up = 0s}, Setup more = {})
      : RestartWorld([options, more](Center& center) {
          Queue queue = center.add_queue(options);
          for (const char* id : {"1001", "1002"}) {
            AgentOptions agent;
            agent.id = id;
            agent.address = Address(std::string("sim:") + id);
            queue.add(center.add_agent(std::move(agent)));
          }
          if (more) more(center);
        }) {}

  Queue queue() { return center->queue("service"); }
  Agent agent(const std::string& id = "1001") { return center->agent(id); }
  void ready(const std::string& id = "1001") {
    agent(id).log_in();
    agent(id).set_ready();
    loop.run_for(0s);
  }
  Contact write(const std::string& from, int priority = 0) {
    Contact contact = center->open({.channel = Channel::chat, .from = from, .reason = "asks " + from});
    serve(contact, priority);
    return contact;
  }
  void serve(Contact contact, int priority = 0) {
    ServeOptions options;
    options.priority = priority;
    serving->spawn(served(queue(), contact, options));
    loop.run_for(0s);
  }
  static Task<> served(Queue queue, Contact contact, ServeOptions options) {
    co_await queue.serve(contact, options);
    contact.close();
  }
};

}  // namespace

TEST_CASE("chats that waited when the program was killed wait again, at their places") {
  ChatDesk desk;
  const std::string a = desk.write("sim:anna").id();
  desk.loop.run_for(50s);
  const std::string b = desk.write("sim:ben").id();
  const std::string c = desk.write("sim:carl", 2).id();
  CHECK(desk.queue().waiting() == Words{c, a, b});

  SUBCASE("killed") { desk.kill(10s); }
  SUBCASE("stopped in good order") { desk.stop(10s); }

  CHECK(desk.queue().waiting() == Words{c, a, b});
  CHECK(desk.recovered == 0);
  CHECK(desk.entries(events::contact_closed).empty());
  CHECK(desk.center->find_contact(a)->reason() == "asks sim:anna");
  CHECK(desk.queue().explain(a).position == 2);
  CHECK(desk.queue().explain(a).waited == 60s);
  const std::string d = desk.write("sim:dora", 1).id();
  CHECK(desk.queue().waiting() == Words{c, a, d, b});
  const QueueReport report = desk.queue().report();
  CHECK(report.entered == 4);
  CHECK(report.waiting == 4);
}

TEST_CASE("a chat that was offered or in hand is back in its queue, at its place") {
  ChatDesk desk;
  desk.ready();
  const std::string a = desk.write("sim:anna").id();
  desk.loop.run_for(5s);
  bool taken = false;
  SUBCASE("offered") {}
  SUBCASE("in hand") {
    desk.agent().accept(a);
    desk.loop.run_for(0s);
    taken = true;
  }
  SUBCASE("in hand, and stopped in good order") {
    desk.agent().accept(a);
    desk.loop.run_for(0s);
    taken = true;
    desk.stop(1s);
  }
  desk.write("sim:ben");

  desk.kill(10s);

  REQUIRE(desk.agent().contacts().size() == 1);
  CHECK(desk.agent().contacts()[0].contact == a);
  desk.agent().accept(a);
  desk.loop.run_for(20s);
  desk.agent().finish(a);
  desk.loop.run_for(0s);
  CHECK(desk.record_of(a).outcome == "served");
  CHECK(desk.record_of(a).agent == "1001");
  const QueueReport report = desk.queue().report();
  CHECK(report.entered == report.answered + report.waiting + report.abandoned);
  CHECK(report.answered == (taken ? 2 : 1));
}

TEST_CASE("what was known of a contact and what it asks for holds after the program was killed") {
  ChatDesk desk;
  desk.ready("1002");
  Customer anna;
  anna.id = "c1";
  anna.name = "Anna";
  anna.identities = {{"phone", "030123"}};
  const auto save = [](CustomerStore& store, Customer customer) -> Task<> {
    co_await store.save(std::move(customer));
  };
  desk.await(save(*desk.customers, anna));
  Contact chat =
      desk.center->open({.channel = Channel::email, .from = Address("sim:030123"), .reason = "loan"});
  const auto identify = [](CustomerContext context) -> Task<> { co_await context.identify(); };
  desk.await(identify(chat.customer()));
  chat.set_language("zh");
  chat.set_verification(Verification::pin);
  chat.customer().set("card", "gold");
  chat.require(Requirement::parse("loans"));
  desk.serve(chat);

  desk.kill();

  const Contact back = *desk.center->find_contact(chat.id());
  CHECK(back.channel() == Channel::email);
  CHECK(back.arrived() == chat.arrived());
  CHECK(back.language() == "zh");
  CHECK(back.verification() == Verification::pin);
  CHECK(back.customer().name() == "Anna");
  CHECK(back.customer().get("card").text() == "gold");
  CHECK(desk.queue().explain(chat.id()).requirement == "loans");
  desk.agent("1002").set_skills({{"loans", 1}});
  CHECK(desk.agent("1002").contacts().size() == 1);
}

TEST_CASE("a contact waits for its preferred agent and relaxes as if the program had not ended") {
  ChatDesk desk({.name = "service",
                 .wrap_up = 0s,
                 .requirement = Requirement::parse("billing"),
                 .relaxed = {{60s, Requirement()}}});
  desk.ready("1001");
  desk.agent("1001").set_not_ready("break");
  desk.ready("1002");
  Contact chat = desk.center->open({.channel = Channel::chat, .from = Address("sim:anna")});
  chat.prefer_agent("1001", 40s);
  desk.serve(chat);
  desk.loop.run_for(10s);

  desk.kill(20s);

  CHECK(desk.queue().explain(chat.id()).preferred == "1001");
  desk.loop.run_for(15s);
  CHECK(desk.queue().explain(chat.id()).preferred.empty());
  CHECK(desk.agent("1002").contacts().empty());
  desk.loop.run_for(15s);
  CHECK(desk.agent("1002").contacts().size() == 1);
}

TEST_CASE("whoever serves contacts is given those of the earlier run and goes on") {
  Words given, done;
  ChatDesk desk({.name = "service", .wrap_up = 0s}, [&](Center& center) {
    center.on_resumed([&](Contact contact, Queue queue) -> Task<> {
      given.push_back(contact.id());
      const Served served = co_await queue.serve(contact);
      done.push_back(served.agent);
      contact.close();
    });
  });
  const std::string a = desk.write("sim:anna").id();

  desk.kill();
  CHECK(given == Words{a});
  desk.ready();
  desk.agent().accept(a);
  desk.loop.run_for(1s);
  desk.agent().finish(a);
  desk.loop.run_for(0s);

  CHECK(done == Words{"1001"});
  CHECK(desk.record_of(a).outcome == "served");
  CHECK(desk.record_of(a).waited >= 10s);
}

TEST_CASE("without anybody who goes on, a contact is served in its queue and closed") {
  ChatDesk desk;
  const std::string a = desk.write("sim:anna").id(), b = desk.write("sim:ben").id();
  desk.kill();
  desk.kill();
  desk.center->find_contact(b)->close();
  desk.ready();
  desk.agent().accept(a);
  desk.loop.run_for(1s);
  desk.agent().finish(a);
  desk.loop.run_for(0s);

  CHECK(desk.record_of(a).outcome == "served");
  CHECK(desk.record_of(b).outcome == "abandoned");
  CHECK_FALSE(desk.center->find_contact(a).has_value());
  const QueueReport report = desk.queue().report();
  CHECK(report.entered == 2);
  CHECK(report.answered == 1);
  CHECK(report.abandoned == 1);
}

TEST_CASE("a contact that waited nowhere, or where no queue is any more, is interrupted") {
  bool gone = false;
  ChatDesk desk({.name = "service", .wrap_up = 0s}, [&gone](Center& center) {
    if (!gone) center.add_queue({.name = "other"});
  });
  const std::string idle = desk.center->open({.channel = Channel::chat, .from = Address("sim:idle")}).id();
  Contact chat = desk.center->open({.channel = Channel::chat, .from = Address("sim:anna")});
  desk.serving->spawn(ChatDesk::served(desk.center->queue("other"), chat, {}));
  gone = true;

  desk.kill();

  CHECK(desk.recovered == 2);
  CHECK(desk.record_of(idle).outcome == "interrupted");
  CHECK(desk.record_of(chat.id()).outcome == "interrupted");
}

TEST_CASE("a disposition that was given after the end of the contact is in the record after a crash") {
  ChatDesk desk({.name = "service", .wrap_up = 60s, .dispositions = {"sold", "lost"}});
  desk.ready();
  const std::string a = desk.write("sim:anna").id();
  desk.agent().accept(a);
  desk.loop.run_for(1s);
  desk.agent().finish(a);
  desk.loop.run_for(1s);
  const ContactRecord before = desk.record_of(a);
  desk.agent().dispose(a, "sold", "two of them");
  desk.loop.run_for(0s);
  const auto keep = [](CustomerStore& store, ContactRecord record) -> Task<> {
    co_await store.keep(std::move(record));
  };
  desk.await(keep(*desk.customers, before));

  desk.kill();

  CHECK(desk.record_of(a).attributes.at("disposition").text() == "sold");
  CHECK(desk.record_of(a).attributes.at("disposition_note").text() == "two of them");
}
