// SPDX-License-Identifier: Apache-2.0
#include "server/desk_answer.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "server/bearer.hpp"

namespace vcsr {

namespace {

[[noreturn]] void wrong(std::string_view field, const std::string& expected, const Value* got) {
  throw Error(Error::Code::invalid, std::string(field) + ": expected " + expected +
                                        (got ? ", got " + to_json(*got) : ", but it is missing"));
}

const Value* find(const Facts& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() || found->second.is_null() ? nullptr : &found->second;
}

}  // namespace

HttpResponse json_answer(const Value& value, int status) {
  return {.status = status, .type = "application/json", .body = to_json(value) + "\n"};
}

HttpResponse json_refusal(int status, const std::string& why) {
  return json_answer(Value::Map{{"error", why}}, status);
}

HttpResponse json_failure(const Error& error) {
  switch (error.code()) {
    case Error::Code::not_found: return json_refusal(404, error.what());
    case Error::Code::refused: return json_refusal(409, error.what());
    case Error::Code::unavailable: return json_refusal(503, error.what());
    default: return json_refusal(400, error.what());
  }
}

HttpResponse answer_to_user(const HttpRequest& request, const std::vector<User>& users,
                            std::string_view methods,
                            const std::function<HttpResponse(const User& user)>& act) {
  if (methods.find(request.method) == std::string_view::npos)
    return json_refusal(405, "only " + std::string(methods) + " is served here");
  const std::optional<User> user = user_of(request, users);
  if (!user) return json_refusal(401, "expected a user's token: Authorization: Bearer …");
  try {
    return act(*user);
  } catch (const Forbidden& error) {
    return json_refusal(403, error.what());
  } catch (const Error& error) {
    return json_failure(error);
  }
}

std::string called(const User& user) { return user.name + " (" + to_string(user.role) + ")"; }

bool is_supervisor(const User& user) {
  return user.role == UserRole::supervisor || user.role == UserRole::administrator;
}

Facts fields_of(std::string_view json, const char* example) {
  const Value value = json.empty() ? Value() : from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields) throw Error(Error::Code::invalid, std::string("expected JSON: ") + example);
  return *fields;
}

void require_fields(const Facts& fields, const std::vector<std::string_view>& known) {
  for (const auto& [field, value] : fields) {
    if (std::find(known.begin(), known.end(), field) != known.end()) continue;
    std::string names;
    for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
    throw Error(Error::Code::invalid, field + ": there is no such field here; there are: " + names);
  }
}

std::string text_field(const Facts& fields, std::string_view name) {
  const Value* const value = find(fields, name);
  if (!value) return {};
  const std::string* const text = value->get_if<std::string>();
  if (!text) wrong(name, "text", value);
  return *text;
}

std::string required_text(const Facts& fields, std::string_view name) {
  std::string text = text_field(fields, name);
  if (text.empty()) wrong(name, "text that is not empty", find(fields, name));
  return text;
}

Duration seconds_field(const Facts& fields, std::string_view name) {
  constexpr double day = 86400;
  const Value* const value = find(fields, name);
  if (!value) wrong(name, "seconds", nullptr);
  const std::int64_t* const whole = value->get_if<std::int64_t>();
  const double* const fraction = value->get_if<double>();
  const double seconds = whole ? static_cast<double>(*whole) : fraction ? *fraction : 0;
  if (!(seconds > 0 && seconds <= day)) wrong(name, "seconds, more than 0 and at most 86400", value);
  return Duration(std::llround(seconds * 1e6));
}

}  // namespace vcsr
