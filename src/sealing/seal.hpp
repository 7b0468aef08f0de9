// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sealing/digest.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr::sealing {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

/// Leaves nothing in `bytes`.
Secret secret_of(std::vector<std::uint8_t> bytes);

/// AES-256-GCM (NIST SP 800-38D): nonce, ciphertext, tag. The key has 32 bytes.
std::vector<std::uint8_t> seal(const Secret& key, Bytes text, Bytes associated);
/// Nothing when key, associated bytes or content are not those that were sealed.
std::optional<std::vector<std::uint8_t>> unseal(const Secret& key, Bytes sealed, Bytes associated);

/// HMAC-SHA-256 of the parts one after another: finds what is not to be read. The key has 32 bytes.
Digest keyed_digest(const Secret& key, std::initializer_list<Bytes> parts);

}  // namespace vcsr::sealing
