// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "vcsr/base/value.hpp"

namespace vcsr {

/// What a JSON pointer (RFC 6901) points to, "/results/0/text", within the document; "" is the whole of it,
/// null nothing.
const Value* pointed(const Value& document, std::string_view pointer);

}  // namespace vcsr
