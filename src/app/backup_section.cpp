// SPDX-License-Identifier: Apache-2.0
#include "app/backup_section.hpp"

#include <algorithm>
#include <filesystem>

namespace vcsr {

namespace {

using Absolute = std::function<std::string(const std::string&)>;
using ReadSecret = std::function<void(TomlSection&, const std::string&, Secret&)>;

bool is_name(const std::string& text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

void read_directory(TomlSection& section, const Absolute& absolute, BackupOptions& options) {
  options.directory = absolute(options.directory);
  for (const char* other : {"endpoint", "bucket", "region", "prefix", "access_key", "secret_key",
                            "secret_key_file", "authorities"})
    if (Secret unused; section.read(other, unused))
      section.fault(other, "stands beside directory; only one of them can hold");
}

void read_bucket(TomlSection& section, const Absolute& absolute, const ReadSecret& read_secret,
                 S3Bucket& s3) {
  section.require("endpoint", s3.endpoint);
  if (!s3.endpoint.empty() && !s3.endpoint.starts_with("https://") && !s3.endpoint.starts_with("http://"))
    section.wrong("endpoint", "an address such as \"https://s3.example.com\"");
  section.require("bucket", s3.bucket);
  if (!is_name(s3.bucket, "-.")) section.wrong("bucket", "letters, digits, - and .");
  section.read("region", s3.region);
  if (s3.region.empty() || !is_name(s3.region, "-")) section.wrong("region", "one such as \"us-east-1\"");
  section.read("prefix", s3.prefix);
  if (!is_name(s3.prefix, "-._/") || s3.prefix.starts_with('/') ||
      (!s3.prefix.empty() && !s3.prefix.ends_with('/')))
    section.wrong("prefix", "letters, digits, -, . and _ with a / at the end, such as \"bank/\"");
  section.require("access_key", s3.access_key);
  read_secret(section, "secret_key", s3.secret_key);
  if (!section.has("secret_key") && !section.has("secret_key_file"))
    section.fault("secret_key_file", "is missing: the file with the secret of access_key in its first line");
  if (!section.read("authorities", s3.authorities)) return;
  s3.authorities = absolute(s3.authorities);
  if (!std::filesystem::is_regular_file(s3.authorities))
    section.fault("authorities", "there is no file " + s3.authorities);
}

}  // namespace

void read_backup(TomlSection& section, const Absolute& absolute, const ReadSecret& read_secret,
                 BackupOptions& options) {
  if (section.read("directory", options.directory)) read_directory(section, absolute, options);
  else read_bucket(section, absolute, read_secret, options.s3);
  section.read("every", options.every, std::chrono::seconds(1));
  section.read("read_back", options.read_back);
  section.finish();
}

}  // namespace vcsr
