// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vcsr {

/// "No space left on device" and its like.
std::string system_words(int error);

/// Writes all of it to an open file, at its end or at a place; 0, or the system's error.
int write_all(int file, std::span<const std::uint8_t> bytes);
int write_at(int file, std::span<const std::uint8_t> bytes, std::uint64_t offset);

/// Throws Error: not_found, or unavailable with the system's words.
std::vector<std::uint8_t> read_file(const std::string& path);

/// Throws Error(unavailable) with path and the system's words.
void write_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// The same, but whoever reads the path meets either the old content or the new, never a part,
/// also after the power failed.
void replace_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// Creates the folders above a file. Throws Error(unavailable).
void create_folders_of(const std::string& path);

}  // namespace vcsr
