// SPDX-License-Identifier: Apache-2.0
#include "recording/backup_store.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

#include "media/file.hpp"
#include "media/file_descriptor.hpp"

namespace vcsr::recording {

namespace {

[[noreturn]] void fail(const std::string& path, const char* doing, int error) {
  throw BackupFailure(Error::Code::unavailable, path + ": cannot be " + doing + ": " + system_words(error));
}

/// For good.
int write_whole(int file, Bytes content) {
  if (const int error = write_all(file, content); error != 0) return error;
  return ::fchmod(file, 0640) == 0 && ::fsync(file) == 0 ? 0 : errno;
}

class DirectoryStore final : public BackupStore {
 public:
  explicit DirectoryStore(std::string directory) : directory_(std::move(directory)) {}

  void put(const std::string& name, Bytes content) override {
    const std::string path = place_of(name);
    try {
      create_folders_of(path);
    } catch (const Error& error) {
      throw BackupFailure(error.code(), error.what());
    }
    std::string part = path + ".XXXXXX";
    FileDescriptor file(::mkostemp(part.data(), O_CLOEXEC));
    if (!file) fail(path, "written", errno);
    int error = write_whole(file.get(), content);
    file.close();
    if (error == 0 && ::rename(part.c_str(), path.c_str()) != 0) error = errno;
    if (error == 0) return settle_folder_of(path);
    ::unlink(part.c_str());
    fail(path, "written", error);
  }

  std::optional<std::vector<std::uint8_t>> get(const std::string& name) override {
    try {
      return read_file(place_of(name));
    } catch (const BackupFailure&) {
      throw;
    } catch (const Error& error) {
      if (error.code() == Error::Code::not_found) return {};
      throw BackupFailure(error.code(), error.what());
    }
  }

  void remove(const std::string& name) override {
    const std::string path = place_of(name);
    if (::unlink(path.c_str()) == 0) return settle_folder_of(path);
    if (errno != ENOENT && errno != ENOTDIR) fail(path, "removed", errno);
  }

 private:
  std::string place_of(const std::string& name) const {
    if (!std::filesystem::is_directory(directory_))
      throw BackupFailure(Error::Code::unavailable, directory_ + ": there is no such folder; is it mounted?");
    return directory_ + "/" + name;
  }
  /// A name that a power failure takes back is no copy.
  static void settle_folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems of the network have no such call, and settle names by themselves.
    if (opened && ::fsync(opened.get()) != 0 && errno != EINVAL) fail(folder, "written", errno);
  }

  const std::string directory_;
};

void require(const std::string& text, const char* what) {
  if (text.empty()) throw Error(Error::Code::invalid, std::string("a backup to S3 has no ") + what);
}

}  // namespace

std::string target_of(const BackupOptions& options) {
  const S3Bucket& s3 = options.s3;
  if (options.directory.empty() == s3.endpoint.empty())
    throw Error(Error::Code::invalid, "a backup of recordings goes to a directory or to an S3 endpoint");
  if (!options.directory.empty()) return options.directory;
  if (!s3.endpoint.starts_with("https://") && !s3.endpoint.starts_with("http://"))
    throw Error(Error::Code::invalid,
                "a backup's endpoint begins with https:// or http://, got " + s3.endpoint);
  require(s3.bucket, "bucket");
  require(s3.region, "region");
  require(s3.access_key, "access key");
  require(s3.secret_key.empty() ? "" : "given", "secret key");
  std::string target = s3.endpoint;
  while (target.ends_with('/')) target.pop_back();
  return target + "/" + s3.bucket + "/" + s3.prefix;
}

std::unique_ptr<BackupStore> make_backup_store(const BackupOptions& options, const std::atomic<bool>& stop) {
  if (options.directory.empty()) return make_s3_store(options.s3, stop);
  return std::make_unique<DirectoryStore>(options.directory);
}

}  // namespace vcsr::recording
