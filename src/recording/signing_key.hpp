// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vcsr::recording {

class OpensslKey;

/// The public half of an Ed25519 key (RFC 8032).
class VerifyingKey {
 public:
  /// From a PEM file. Throws Error: not_found, or invalid naming what was expected.
  explicit VerifyingKey(const std::string& path);

  /// `signature` in hexadecimal digits.
  bool verifies(std::string_view text, std::string_view signature) const;

 private:
  std::shared_ptr<OpensslKey> key_;
};

/// Signs what the archive writes down.
class SigningKey {
 public:
  /// Reads the PEM file or, when there is none, makes a key there with mode 0600, and its public half in
  /// `public_path`. Throws Error: not_found where only the public half is there, unavailable, or invalid when
  /// the file holds something else.
  SigningKey(const std::string& path, const std::string& public_path);

  /// In hexadecimal digits.
  std::string sign(std::string_view text) const;

 private:
  std::shared_ptr<OpensslKey> key_;
};

}  // namespace vcsr::recording
