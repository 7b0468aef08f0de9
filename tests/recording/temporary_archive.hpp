// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "recording/vault.hpp"
#include "temporary_folder.hpp"
#include "vcsr/media/wav.hpp"

inline constexpr vcsr::WallTime noon{std::chrono::hours(24 * 365 * 56)};

/// Takes one recording over; whether it is new.
inline bool keep(vcsr::recording::Vault& vault, vcsr::RecordingDescription recording, vcsr::WallTime at) {
  const auto settled = vault.settle(std::move(recording));
  return settled && vault.seal({*settled}, at) == 1;
}

/// A folder of recordings that goes with the test.
class TemporaryArchive {
 public:
  std::string operator/(const std::string& name) const { return folder + "/" + name; }
  vcsr::ArchiveOptions options() const { return {.folder = folder}; }
  std::string public_key() const { return folder + "/keys/public.pem"; }

  /// A recording of some seconds whose every sample is `sample`, stereo A-law.
  std::string record(const std::string& name, int seconds = 12, std::int16_t sample = 1000) const {
    const std::string path = *this / name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    const auto samples = static_cast<std::size_t>(seconds) * 16000;
    vcsr::write_wav(path, {.channels = 2, .samples = std::vector<std::int16_t>(samples, sample)},
                    vcsr::WavFormat::pcma);
    return path;
  }

  /// One that is about something; `id` is its name, too.
  vcsr::RecordingDescription make(const std::string& id, int seconds = 12) const {
    return {.id = id,
            .file = record("2026-01-01/" + id + ".wav", seconds),
            .contact = "c-" + id,
            .from = "sip:+8613800000001@192.0.2.1",
            .to = "sip:95566@192.0.2.9",
            .agent = "1001",
            .queue = "cards",
            .reason = "lost card",
            .label = {},
            .began = noon,
            .length = std::chrono::seconds(seconds)};
  }

  std::string text(const std::string& name) const {
    std::ifstream file(*this / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(*this / name, std::ios::binary) << content;
  }
  void flip(const std::string& name, std::size_t at) const {
    std::string content = text(name);
    content.at(at) = static_cast<char>(content.at(at) ^ 1);
    write(name, content);
  }
  /// Puts another text in place of the first occurrence.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string content = text(name);
    content.replace(content.find(from), from.size(), to);
    write(name, content);
  }

 private:
  TemporaryFolder place_;

 public:
  const std::string folder = place_.path();
};
