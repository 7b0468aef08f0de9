// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "recording/digest.hpp"
#include "sealing/seal.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr::recording {

using sealing::key_bytes;
using sealing::nonce_bytes;
using sealing::seal;
using sealing::secret_of;
using sealing::tag_bytes;
using sealing::unseal;

/// The key of one recording, as the archive keeps it: sealed by a master key.
struct WrappedKey {
  std::string file;    ///< id of the sealed file
  std::string master;  ///< id of the master key
  std::string wrapped;
};

/// Throws Error: not_found, or invalid naming the file.
WrappedKey read_wrapped_key(const std::string& path);
void write_wrapped_key(const std::string& path, const WrappedKey& key);

/// The keys that open the keys of recordings: the present one, and those before it.
class MasterKeys {
 public:
  /// None: nothing is encrypted.
  MasterKeys() = default;
  /// From files that hold 64 hexadecimal digits each. Throws Error: not_found, invalid.
  MasterKeys(const std::string& present, const std::vector<std::string>& earlier);

  bool empty() const { return present_.empty(); }
  /// Id of the present one; "" when there is none.
  const std::string& present() const { return present_; }

  /// A new key, 32 bytes, and how it is kept.
  Secret make(const std::string& file, WrappedKey& wrapped) const;
  /// Throws Error(refused) when none of these keys opens it.
  Secret open(const WrappedKey& wrapped) const;
  /// The same key under the present master key.
  WrappedKey renew(const WrappedKey& wrapped) const;

 private:
  void add(const std::string& path);
  std::string wrap(const Secret& key, const std::string& file) const;

  std::string present_;
  std::map<std::string, Secret> keys_;
};

}  // namespace vcsr::recording
