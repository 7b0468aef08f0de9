// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// Where in a document something is wrong. Unknown parts stay empty or 0.
struct Place {
  std::string document;  ///< a file, a URL, "INVITE from 192.0.2.1"
  int line = 0;          ///< from 1
  std::string field;     ///< "sip.port", "row 3, column Amount"
};

/// What was asked could not be done. The message names the thing, the value, the place
/// and, where there is one, the remedy: "bank.toml:12: sip.port: expected 1 to 65535, got 0".
class VCSR_EXPORT Error : public std::runtime_error {
 public:
  enum class Code {
    invalid,      ///< the input cannot be taken as it is
    not_found,    ///< the thing named does not exist
    unavailable,  ///< it exists but cannot serve now; trying again may help
    timed_out,    ///< no answer within the limit
    refused,      ///< not allowed, or the other side said no
    unsupported,  ///< this driver or build cannot do it
  };

  Error(Code code, const std::string& message);
  Error(Code code, const Place& place, const std::string& message);
  ~Error() override;

  Code code() const noexcept { return code_; }

 private:
  Code code_;
};

/// "invalid", "not_found", …
VCSR_EXPORT const char* to_string(Error::Code code) noexcept;

/// The customer has gone. Deliberately not an Error: it ends a dialogue, it does not fail it,
/// and `catch (const Error&)` never swallows it. Thrown by whatever the dialogue awaits.
class VCSR_EXPORT Hangup : public std::exception {
 public:
  ~Hangup() override;
  const char* what() const noexcept override { return "the customer hung up"; }
};

namespace detail {
[[noreturn]] VCSR_EXPORT void assertion_failed(const char* what, const char* file, int line) noexcept;
}  // namespace detail

}  // namespace vcsr

/// For bugs, never for input: stops the process and names the place, in every build.
#define VCSR_ASSERT(condition) \
  ((condition) ? void() : ::vcsr::detail::assertion_failed(#condition, __FILE__, __LINE__))
