// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace vcsr {

constexpr std::size_t cache_line = 64;

/// Asks for memory that is needed soon, so that it is in the processor's cache by then. Any address may be
/// named.
inline void prefetch_lines(const void* first, std::size_t bytes) noexcept {
  const auto* const begin = static_cast<const std::byte*>(first);
  for (std::size_t line = 0; line < bytes; line += cache_line) __builtin_prefetch(begin + line);
  // What does not begin with a line ends in one more.
  if (bytes != 0) __builtin_prefetch(begin + bytes - 1);
}

}  // namespace vcsr
