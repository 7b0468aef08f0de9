// SPDX-License-Identifier: Apache-2.0
#include "server/recording_wish.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t most_found = 1000;
constexpr std::array<std::pair<std::string_view, Right>, 6> actions = {{{"note", Right::note},
                                                                        {"hold", Right::hold},
                                                                        {"release", Right::hold},
                                                                        {"delete", Right::remove},
                                                                        {"restore", Right::remove},
                                                                        {"destroy", Right::destroy}}};

Facts fields_of(std::string_view json, const char* example) {
  const Value value = from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields) throw Error(Error::Code::invalid, std::string("expected JSON: ") + example);
  return *fields;
}

[[noreturn]] void wrong(const std::string& field, const std::string& expected) {
  throw Error(Error::Code::invalid, field + ": expected " + expected);
}

std::size_t limit_of(const Value& value) {
  const std::int64_t* const number = value.get_if<std::int64_t>();
  if (!number || *number < 1 || *number > most_found) wrong("limit", "a whole number from 1 to 1000");
  return static_cast<std::size_t>(*number);
}

}  // namespace

RecordingQuery parse_recording_query(std::string_view json) {
  RecordingQuery query;
  if (json.empty()) return query;
  const std::map<std::string_view, std::string*> texts = {
      {"number", &query.number},   {"agent", &query.agent}, {"queue", &query.queue},
      {"contact", &query.contact}, {"label", &query.label}, {"text", &query.text},
      {"after", &query.after}};
  for (const auto& [field, value] : fields_of(json, R"({"number": "*1234", "limit": 20})")) {
    if (const auto text = texts.find(field); text != texts.end()) *text->second = value.text();
    else if (field == "from") query.from = parse_wall_time(value.text());
    else if (field == "until") query.until = parse_wall_time(value.text());
    else if (field == "deleted") query.deleted = value == Value(true);
    else if (field == "limit") query.limit = limit_of(value);
    else
      throw Error(
          Error::Code::invalid,
          field +
              ": there is no such field; there are: number, agent, queue, contact, label, text, from, "
              "until, deleted, limit, after");
  }
  return query;
}

RecordingWish parse_recording_wish(std::string_view json) {
  RecordingWish wish;
  for (const auto& [field, value] : fields_of(json, R"({"do": "hold", "reason": "lawsuit 12"})")) {
    if (field == "do") wish.action = value.text();
    else if (field == "reason" || field == "text") wish.text = value.text();
    else throw Error(Error::Code::invalid, field + ": there is no such field; there are: do, reason, text");
  }
  const auto found = std::find_if(actions.begin(), actions.end(),
                                  [&](const auto& action) { return action.first == wish.action; });
  if (found == actions.end()) wrong("do", R"("note", "hold", "release", "delete", "restore" or "destroy")");
  wish.right = found->second;
  return wish;
}

Task<> fulfil(Archive& archive, std::string id, RecordingWish wish, std::string by) {
  if (wish.action == "note") return archive.note(std::move(id), std::move(wish.text), std::move(by));
  if (wish.action == "hold") return archive.hold(std::move(id), std::move(wish.text), std::move(by));
  if (wish.action == "release") return archive.release(std::move(id), std::move(by));
  if (wish.action == "delete") return archive.remove(std::move(id), std::move(wish.text), std::move(by));
  if (wish.action == "restore") return archive.restore(std::move(id), std::move(by));
  return archive.destroy(std::move(id), std::move(wish.text), std::move(by));
}

}  // namespace vcsr
