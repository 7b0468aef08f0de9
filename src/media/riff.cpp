// SPDX-License-Identifier: Apache-2.0
#include "media/riff.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

namespace vcsr {

namespace {

constexpr std::size_t riff_head = 12;
constexpr std::size_t chunk_head = 8;

void put_16(std::vector<std::uint8_t>& bytes, unsigned value) {
  bytes.push_back(static_cast<std::uint8_t>(value));
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
}
void put_32(std::vector<std::uint8_t>& bytes, std::uint64_t value) {
  const std::uint64_t held = std::min<std::uint64_t>(value, UINT32_MAX);
  put_16(bytes, static_cast<unsigned>(held & 0xffff));
  put_16(bytes, static_cast<unsigned>(held >> 16));
}
void put(std::vector<std::uint8_t>& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

std::uint64_t size_at(std::span<const std::uint8_t> file, std::size_t at) {
  return file[at] | file[at + 1] << 8 | file[at + 2] << 16 | std::uint64_t{file[at + 3]} << 24;
}
void set_size(std::span<std::uint8_t> file, std::size_t at, std::uint64_t size) {
  std::vector<std::uint8_t> bytes;
  put_32(bytes, size);
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}
bool reads(std::span<const std::uint8_t> file, std::size_t at, std::string_view name) {
  return at + name.size() <= file.size() &&
         std::equal(name.begin(), name.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

constexpr std::uint64_t padded(std::uint64_t size) { return size + size % 2; }

/// Where the head of the data chunk is.
std::optional<std::size_t> find_data(std::span<const std::uint8_t> file) {
  if (!reads(file, 0, "RIFF") || !reads(file, 8, "WAVE")) return {};
  std::size_t at = riff_head;
  while (at + chunk_head <= file.size()) {
    if (reads(file, at, "data")) return at;
    at += chunk_head + padded(size_at(file, at + 4));
  }
  return {};
}

bool is_chunk(std::span<const std::uint8_t> file, std::uint64_t at) {
  if (at + chunk_head > file.size()) return false;
  const auto name = file.subspan(at, 4);
  return std::all_of(name.begin(), name.end(), [](std::uint8_t c) { return std::isprint(c) != 0; }) &&
         at + chunk_head + size_at(file, at + 4) <= file.size();
}

bool sizes_hold(std::span<const std::uint8_t> file, std::size_t data) {
  const std::uint64_t end = data + chunk_head + size_at(file, data + 4);
  if (end > file.size()) return false;
  return padded(end) >= file.size() || is_chunk(file, padded(end));
}

}  // namespace

std::vector<std::uint8_t> riff_header(WavFormat format, int channels, int rate, std::uint64_t data_bytes) {
  const bool pcm = format == WavFormat::pcm16;
  const unsigned tag = pcm ? 1 : format == WavFormat::pcma ? 6 : 7;
  const unsigned width = static_cast<unsigned>(channels) * (pcm ? 2 : 1);
  std::vector<std::uint8_t> bytes;
  put(bytes, "RIFF");
  put_32(bytes, padded(data_bytes) + (pcm ? 36 : 50));
  put(bytes, "WAVEfmt ");
  put_32(bytes, pcm ? 16 : 18);
  put_16(bytes, tag);
  put_16(bytes, static_cast<unsigned>(channels));
  put_32(bytes, static_cast<unsigned>(rate));
  put_32(bytes, static_cast<unsigned>(rate) * width);
  put_16(bytes, width);
  put_16(bytes, pcm ? 16 : 8);
  if (!pcm) {
    put_16(bytes, 0);
    put(bytes, "fact");
    put_32(bytes, 4);
    put_32(bytes, data_bytes / width);
  }
  put(bytes, "data");
  put_32(bytes, data_bytes);
  return bytes;
}

bool riff_sizes_hold(std::span<const std::uint8_t> file) {
  const auto data = find_data(file);
  return data && sizes_hold(file, *data);
}

void repair_riff_sizes(std::span<std::uint8_t> file) {
  const auto data = find_data(file);
  if (!data || sizes_hold(file, *data)) return;
  set_size(file, 4, file.size() - chunk_head);
  set_size(file, *data + 4, file.size() - *data - chunk_head);
}

}  // namespace vcsr
