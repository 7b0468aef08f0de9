// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// "withheld" for who shows no number.
inline constexpr const char* withheld = "withheld";

/// As numbers are compared: "+86 138-0013" and "0086 1380013" are "+861380013". What is no telephone number
/// stays as it is.
std::string normal_number(std::string_view text);
/// The number of a caller, or "withheld".
std::string number_of(const Address& caller);

}  // namespace vcsr
