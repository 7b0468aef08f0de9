// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "drivers/sip/registrar.hpp"
#include "vcsr/base/worker.hpp"

namespace vcsr::sip {

/// Writes who is registered, durably and in one step: the file before stays until the new one is whole and on
/// the disk. Throws Error(unavailable) naming the file.
void save_registrations(const Registrar& registrar, const std::string& path);

/// Reads those that still hold; without a file there are none. Throws Error(invalid) naming the line of what
/// we have not written.
Registrar load_registrations(const std::string& path, std::size_t most_bindings, WallTime now);

/// Keeps the file up to date on a thread of its own: what changes while the disk is busy is written together.
class RegistrarFile {
 public:
  /// Told on that thread after each time: "" or why the file could not be written.
  using Written = std::function<void(const std::string& why)>;

  RegistrarFile(Loop& loop, std::string path, Registrar registered, Written written);
  RegistrarFile(const RegistrarFile&) = delete;

  /// What holds for the user from now on; returns the number of the change, from 1.
  std::uint64_t keep(const std::string& user, std::vector<ContactBinding> bindings);
  /// The newest change that is in the file, or could not be written.
  std::uint64_t written() const;

 private:
  void write();

  const std::string path_;
  const Written on_written_;
  Registrar registered_;  ///< as the file has it, or will have
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<ContactBinding>> changed_;
  std::uint64_t last_ = 0, written_ = 0;
  Worker worker_;  ///< last, for it finishes what is in hand
};

}  // namespace vcsr::sip
