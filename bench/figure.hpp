// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <ctime>

/// Counts the processor time since it was made: on a machine that is shared, the figure that repeats.
class Stopwatch {
 public:
  double cpu_seconds() const { return static_cast<double>(std::clock() - began_) / CLOCKS_PER_SEC; }

 private:
  std::clock_t began_ = std::clock();
};

/// One line of JSON, as bench/run reads it: so many per second.
inline void print_rate(const char* name, std::size_t count, double seconds) {
  std::printf("{\"name\": \"%s\", \"value\": %.0f, \"count\": %zu, \"cpu_s\": %.3f}\n", name,
              static_cast<double>(count) / seconds, count, seconds);
}
