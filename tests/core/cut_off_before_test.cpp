// SPDX-License-Identifier: Apache-2.0
#include "core/cut_off_before.hpp"

#include "core/restart_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// A queue in which callers find their places again.
struct Line : RestartWorld {
  explicit Line(QueueOptions options = {.name = "service", .wrap_up = 0s, .resume_within = 5min})
      : RestartWorld([options](Center& center) {
          Queue queue = center.add_queue(options);
          center.serve("8000", [queue](Call call) -> Task<> {
            Queue line = queue;
            co_await call.answer();
            co_await line.serve(call, Reason("asked for a person"));
          });
        }) {}

  SimParty call(const std::string& who) {
    SimParty caller = driver->call("sim:" + who, "sim:8000", stays);
    loop.run_for(10s);
    return caller;
  }
  std::string first() {
    const std::string id = center->queue("service").waiting().at(0);
    return center->find_call(id)->from().uri;
  }
};

}  // namespace

TEST_CASE("a caller who was cut off and calls again in time has her place back") {
  Line line;
  SimParty anna = line.call("anna");
  line.call("ben");
  anna.hang_up();
  line.loop.run_for(30s);
  CHECK(line.first() == "sim:ben");
  SUBCASE("in time") {
    line.call("anna");
    CHECK(line.first() == "sim:anna");
    CHECK(line.entries(events::contact_queued).back().data.at("before").get_if<double>() != nullptr);
  }
  SUBCASE("once") {
    line.call("anna").hang_up();
    line.loop.run_for(6min);
    line.call("anna");
    CHECK(line.first() == "sim:ben");
  }
  SUBCASE("too late") {
    line.loop.run_for(5min);
    line.call("anna");
    CHECK(line.first() == "sim:ben");
  }
  SUBCASE("somebody else") {
    line.call("carl");
    CHECK(line.first() == "sim:ben");
  }
}

TEST_CASE("a caller whose line was lost has her place back, too") {
  Line line;
  line.call("anna").vanish();
  line.call("ben");
  line.loop.run_for(30s);
  CHECK(line.first() == "sim:ben");

  line.call("anna");

  CHECK(line.first() == "sim:anna");
}

TEST_CASE("a caller whom the end of the program has cut off has her place back") {
  Line line;
  SimParty anna = line.call("anna");
  SUBCASE("waiting") {}
  SUBCASE("gone shortly before") { anna.hang_up(); }
  line.loop.run_for(1s);

  line.kill(30s);
  line.call("ben");
  line.call("anna");

  CHECK(line.first() == "sim:anna");
}

TEST_CASE("callers whom the end of the program has cut off are called back where the queue wants that") {
  QueueOptions options{.name = "service", .wrap_up = 0s};
  options.callback.emplace();
  options.callback->after_crash = true;
  Line line(options);
  line.call("anna");
  line.call("ben");
  line.call("carl").hang_up();
  line.loop.run_for(1s);

  line.kill(30s);
  line.kill(30s);

  const std::vector<std::string> waiting = line.center->queue("service").waiting();
  REQUIRE(waiting.size() == 2);
  CHECK(line.center->find_contact(waiting[0])->to().uri == "sim:anna");
  CHECK(line.center->find_contact(waiting[1])->to().uri == "sim:ben");
  CHECK(line.center->find_contact(waiting[0])->from().uri == "sim:8000");
  const QueueReport report = line.center->queue("service").report();
  CHECK(report.entered == report.abandoned + report.waiting);
  CHECK(report.abandoned == 3);
}
