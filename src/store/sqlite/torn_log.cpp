// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/torn_log.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

namespace vcsr::sqlite {

namespace {

// The format is SQLite's: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
constexpr std::size_t header_size = 32, frame_head = 24;
constexpr std::uint32_t magic = 0x377f0682;  // its lowest bit says that sums are of big-endian words

std::uint32_t big(const std::uint8_t* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

std::uint32_t little(const std::uint8_t* bytes) {
  return static_cast<std::uint32_t>(bytes[3]) << 24 | static_cast<std::uint32_t>(bytes[2]) << 16 |
         static_cast<std::uint32_t>(bytes[1]) << 8 | bytes[0];
}

/// The running sum over a log.
class Sum {
 public:
  explicit Sum(bool big_endian) : word_(big_endian ? big : little) {}

  void add(const std::uint8_t* bytes, std::size_t length) {
    for (std::size_t at = 0; at + 8 <= length; at += 8) {
      first_ += word_(bytes + at) + second_;
      second_ += word_(bytes + at + 4) + first_;
    }
  }
  bool is(const std::uint8_t* stored) const { return first_ == big(stored) && second_ == big(stored + 4); }

 private:
  std::uint32_t (*word_)(const std::uint8_t*);
  std::uint32_t first_ = 0, second_ = 0;
};

bool fill(std::ifstream& file, std::vector<std::uint8_t>& bytes) {
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return static_cast<std::size_t>(file.gcount()) == bytes.size();
}

}  // namespace

std::uint64_t torn_bytes(const std::string& database) {
  std::ifstream file(database + "-wal", std::ios::binary);
  file.seekg(0, std::ios::end);
  const auto end = static_cast<std::uint64_t>(std::max<std::streamoff>(0, file.tellg()));
  file.seekg(0);
  std::vector<std::uint8_t> header(header_size);
  if (end == 0) return 0;
  if (!fill(file, header) || (big(header.data()) | 1) != (magic | 1)) return end;
  Sum sum((big(header.data()) & 1) != 0);
  sum.add(header.data(), 24);
  if (!sum.is(header.data() + 24)) return end;
  std::vector<std::uint8_t> frame(frame_head + big(header.data() + 8));
  std::uint64_t read = header_size, whole = header_size;
  while (fill(file, frame)) {
    // Behind the newest commits may stand frames of the log's former rounds, under other salts.
    if (!std::equal(frame.begin() + 8, frame.begin() + 16, header.begin() + 16)) return read - whole;
    sum.add(frame.data(), 8);
    sum.add(frame.data() + frame_head, frame.size() - frame_head);
    if (!sum.is(frame.data() + 16)) return end - whole;
    read += frame.size();
    if (big(frame.data() + 4) != 0) whole = read;
  }
  return end - whole;
}

}  // namespace vcsr::sqlite
