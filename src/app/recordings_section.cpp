// SPDX-License-Identifier: Apache-2.0
#include "app/recordings_section.hpp"

#include <algorithm>
#include <filesystem>

#include "app/backup_section.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t most_days = 36'500;
constexpr std::int64_t most_megabytes = 1'000'000'000;

using Absolute = std::function<std::string(const std::string&)>;
using ReadSecret = std::function<void(TomlSection&, const std::string&, Secret&)>;

void read_days(TomlSection& section, std::string_view key, std::chrono::days& days) {
  int count = static_cast<int>(days.count());
  section.read(key, count, 0, most_days);
  days = std::chrono::days(count);
}

void read_megabytes(TomlSection& section, std::string_view key, std::uint64_t& bytes) {
  std::uint64_t count = bytes >> 20;
  section.read(key, count, 0, most_megabytes);
  bytes = count << 20;
}

void read_key_files(TomlSection& section, const Absolute& absolute, ArchiveOptions& options) {
  if (section.read("signing_key_file", options.signing_key))
    options.signing_key = absolute(options.signing_key);
  const auto require_file = [&](std::string_view key, std::string& path) {
    path = absolute(path);
    if (!std::filesystem::is_regular_file(path))
      section.fault(key, "there is no file " + path + "; make one with vcsr recording new-key");
  };
  if (section.read("master_key_file", options.master_key))
    require_file("master_key_file", options.master_key);
  section.read("old_master_key_files", options.old_master_keys);
  for (std::string& path : options.old_master_keys) require_file("old_master_key_files", path);
  if (!options.old_master_keys.empty() && options.master_key.empty())
    section.fault("old_master_key_files", "stands without master_key_file, the present one");
}

}  // namespace

void read_recordings(TomlSection& section, const Absolute& absolute, const ReadSecret& read_secret,
                     ArchiveOptions& options, std::optional<BackupOptions>& backup) {
  read_key_files(section, absolute, options);
  section.read<RecordingFormat>("format", options.format,
                                {{"wav", RecordingFormat::wav}, {"opus", RecordingFormat::opus}});
  read_megabytes(section, "warn_free_mb", options.disk.warn);
  read_megabytes(section, "refuse_free_mb", options.disk.refuse);
  read_megabytes(section, "stop_free_mb", options.disk.stop);
  if (options.disk.stop > options.disk.refuse && section.has("stop_free_mb"))
    section.fault("stop_free_mb",
                  "is more than refuse_free_mb: recordings that run are of more value than new ones");
  options.disk.stop = std::min(options.disk.stop, options.disk.refuse);
  section.read("dispensable", options.disk.dispensable);
  read_days(section, "grace_days", options.grace);
  section.read("sweep_every", options.sweep_every, std::chrono::minutes(1));
  for (TomlSection& rule : section.sections("retention")) {
    RetentionRule retention;
    rule.read("queue", retention.queue);
    rule.read("label", retention.label);
    read_days(rule, "keep_days", retention.keep);
    if (!rule.has("keep_days")) rule.fault("keep_days", "is missing; 0 keeps for ever");
    rule.finish();
    options.retention.push_back(std::move(retention));
  }
  if (auto below = section.section("backup")) read_backup(*below, absolute, read_secret, backup.emplace());
  section.finish();
}

}  // namespace vcsr
