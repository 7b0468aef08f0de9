// SPDX-License-Identifier: Apache-2.0
#include "tools/record_differences.hpp"

#include <cstdio>

namespace vcsr {

namespace {

constexpr Duration beside = std::chrono::seconds(1);

std::string shown(const std::string& text) { return to_json(text); }

std::string shown(Duration lasts) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f s", std::chrono::duration<double>(lasts).count());
  return text;
}

std::string shown(const Facts& facts) { return to_json(facts); }

std::string shown(const std::vector<std::string>& texts) {
  return to_json(Value::List(texts.begin(), texts.end()));
}

/// What differs of one record or one of its legs.
class Differences {
 public:
  explicit Differences(std::vector<std::string>& all, std::string of = "") : all_(all), of_(std::move(of)) {}

  template <class T>
  void note(const char* name, const T& told, const T& stored) {
    if (told != stored) add(name, shown(told), shown(stored));
  }
  void note_time(const char* name, WallTime told, WallTime stored) {
    if (told - stored > beside || stored - told > beside) add(name, to_string(told), to_string(stored));
  }
  void add(const char* name, const std::string& told, const std::string& stored) {
    all_.push_back(of_ + name + ": " + told + " by the journal, " + stored + " in the store");
  }

 private:
  std::vector<std::string>& all_;
  const std::string of_;
};

void compare(Differences differences, const LegRecord& told, const LegRecord& stored) {
  differences.note("role", told.role, stored.role);
  differences.note("party", told.party, stored.party);
  differences.note("agent", told.agent, stored.agent);
  differences.note("cause", told.cause, stored.cause);
  differences.note_time("offered", told.offered, stored.offered);
  differences.note_time("ended", told.ended, stored.ended);
  differences.note("answered", std::string(told.answered ? "yes" : "no"),
                   std::string(stored.answered ? "yes" : "no"));
  differences.note("rang", told.rang, stored.rang);
  differences.note("talked", told.talked, stored.talked);
  differences.note("held", told.held, stored.held);
  differences.note("beside", told.beside, stored.beside);
}

}  // namespace

std::vector<std::string> record_differences(const ContactRecord& told, const ContactRecord& stored) {
  std::vector<std::string> all;
  Differences differences(all);
  differences.note("customer", told.customer, stored.customer);
  differences.note("channel", told.channel, stored.channel);
  differences.note("from", told.from, stored.from);
  differences.note("to", told.to, stored.to);
  differences.note("direction", told.direction, stored.direction);
  differences.note_time("began", told.began, stored.began);
  differences.note("length", told.length, stored.length);
  differences.note("waited", told.waited, stored.waited);
  differences.note("talked", told.talked, stored.talked);
  differences.note("held", told.held, stored.held);
  differences.note("queue", told.queue, stored.queue);
  differences.note("agent", told.agent, stored.agent);
  differences.note("reason", told.reason, stored.reason);
  differences.note("outcome", told.outcome, stored.outcome);
  differences.note("recordings", told.recordings, stored.recordings);
  differences.note("attributes", told.attributes, stored.attributes);
  if (told.legs.size() != stored.legs.size()) {
    differences.add("legs", std::to_string(told.legs.size()), std::to_string(stored.legs.size()));
    return all;
  }
  for (std::size_t i = 0; i < told.legs.size(); ++i)
    compare(Differences(all, "leg " + std::to_string(told.legs[i].number) + ": "), told.legs[i],
            stored.legs[i]);
  return all;
}

}  // namespace vcsr
