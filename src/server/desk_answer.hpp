// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// The user is known and may not: 403.
class Forbidden : public Error {
 public:
  explicit Forbidden(const std::string& message) : Error(Code::refused, message) {}
};

HttpResponse json_answer(const Value& value, int status = 200);
/// {"error": why}
HttpResponse json_refusal(int status, const std::string& why);
/// 404 for what is not there, 409 for what the engine refuses in this state, 400 for the rest.
HttpResponse json_failure(const Error& error);

/// What `act` says to the user whose token the request bears, or why not; every answer is JSON.
HttpResponse answer_to_user(const HttpRequest& request, const std::vector<User>& users,
                            std::string_view methods,
                            const std::function<HttpResponse(const User& user)>& act);

/// "ben (supervisor)"
std::string called(const User& user);
bool is_supervisor(const User& user);  ///< or an administrator

/// The fields of a JSON object. Throws Error(invalid) that shows what was expected.
Facts fields_of(std::string_view json, const char* example);
/// Throws Error(invalid) naming the fields there are.
void require_fields(const Facts& fields, const std::vector<std::string_view>& known);
/// A text; "" where it is missing. Throws Error(invalid) for anything else.
std::string text_field(const Facts& fields, std::string_view name);
/// A text that is not empty. Throws Error(invalid).
std::string required_text(const Facts& fields, std::string_view name);
/// Seconds, with fractions. Throws Error(invalid) unless there is such a number, over 0 and up to a day.
Duration seconds_field(const Facts& fields, std::string_view name);

}  // namespace vcsr
