// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "rules/model/definitions.hpp"

namespace vcsr::rules::model {

/// A DMN document of version 1.1 to 1.6. Diagrams and extensions are passed over. Throws Error(invalid) with
/// one line per fault; whether references lead somewhere and what is written in FEEL is not looked at here.
Definitions read_definitions(std::string_view xml, const std::string& document);

}  // namespace vcsr::rules::model
