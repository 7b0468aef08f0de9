// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/model/definitions.hpp"

namespace vcsr::rules {

/// The bytes of a file. Throws Error(not_found).
std::string read_file(const std::string& path);

/// The documents in a file's folder whose namespaces it imports, and theirs; those that are no DMN are passed
/// over. The texts.
std::vector<std::string> imports_beside(const std::string& path, std::string_view xml);

/// The document and those of `imports` that it needs, itself first. Throws Error(invalid).
std::vector<model::Definitions> read_documents(std::string_view xml, const std::string& document,
                                               const std::vector<std::string>& imports);

/// SHA-256 in hexadecimal digits.
std::string hash_of(const std::vector<std::string>& texts);

}  // namespace vcsr::rules
