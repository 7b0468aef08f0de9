// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace vcsr {

namespace {

std::string placed(const Place& place, const std::string& message) {
  std::string text = place.document;
  if (place.line > 0) text += (text.empty() ? "line " : ":") + std::to_string(place.line);
  if (!place.field.empty()) text += (text.empty() ? "" : ": ") + place.field;
  return text.empty() ? message : text + ": " + message;
}

}  // namespace

Error::Error(Code code, const std::string& message) : std::runtime_error(message), code_(code) {}
Error::Error(Code code, const Place& place, const std::string& message)
    : std::runtime_error(placed(place, message)), code_(code) {}
Error::~Error() = default;

Hangup::~Hangup() = default;

const char* to_string(Error::Code code) noexcept {
  switch (code) {
    case Error::Code::invalid: return "invalid";
    case Error::Code::not_found: return "not_found";
    case Error::Code::unavailable: return "unavailable";
    case Error::Code::timed_out: return "timed_out";
    case Error::Code::refused: return "refused";
    case Error::Code::unsupported: return "unsupported";
  }
  return "unknown";
}

void detail::assertion_failed(const char* what, const char* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, what);
  std::abort();
}

}  // namespace vcsr
