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
bool reads(std::span<const std::uint8_t> file, std::size_t at, std::string_view name) {
  return at + name.size() <= file.size() &&
         std::equal(name.begin(), name.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

constexpr std::uint64_t padded(std::uint64_t size) { return size + size % 2; }

/// Where the head of the first chunk of this name is.
std::optional<std::size_t> find_chunk(std::span<const std::uint8_t> file, std::string_view name) {
  if (!reads(file, 0, "RIFF") || !reads(file, 8, "WAVE")) return {};
  std::size_t at = riff_head;
  while (at + chunk_head <= file.size()) {
    if (reads(file, at, name)) return at;
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

void put_chunk(std::vector<std::uint8_t>& bytes, std::string_view name,
               std::span<const std::uint8_t> content) {
  put(bytes, name);
  put_32(bytes, content.size());
  bytes.insert(bytes.end(), content.begin(), content.end());
  if (content.size() % 2 != 0) bytes.push_back(0);
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
  const auto data = find_chunk(file, "data");
  return data && sizes_hold(file, *data);
}

std::vector<std::uint8_t> bare_wave(std::span<const std::uint8_t> file) {
  const auto format = find_chunk(file, "fmt ");
  const auto data = find_chunk(file, "data");
  if (!format || !data || *format > *data) return {};
  const auto kind = file.subspan(*format + chunk_head, size_at(file, *format + 4));
  const auto rest = file.subspan(*data + chunk_head);
  const auto samples = sizes_hold(file, *data) ? rest.first(size_at(file, *data + 4)) : rest;
  std::vector<std::uint8_t> bytes;
  put(bytes, "RIFF");
  put_32(bytes, 4 + chunk_head + padded(kind.size()) + chunk_head + padded(samples.size()));
  put(bytes, "WAVE");
  put_chunk(bytes, "fmt ", kind);
  put_chunk(bytes, "data", samples);
  return bytes;
}

}  // namespace vcsr
