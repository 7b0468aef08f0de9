// SPDX-License-Identifier: Apache-2.0
#include "store/journal/journal_hash.hpp"

#include <algorithm>

#include <openssl/evp.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

struct JournalHasher::Digest {
  Digest() : sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr)), state(EVP_MD_CTX_new()) {
    if (!sha256 || !state)
      throw Error(Error::Code::unavailable, "OpenSSL has no SHA-256: repair its installation");
  }
  ~Digest() {
    EVP_MD_CTX_free(state);
    EVP_MD_free(sha256);
  }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void add(const void* bytes, std::size_t length) { EVP_DigestUpdate(state, bytes, length); }

  EVP_MD* const sha256;
  EVP_MD_CTX* const state;
};

namespace {

/// Numbers with their highest byte first, whatever machine wrote them; lengths keep texts apart.
class Head {
 public:
  void add(std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes_[used_++] = static_cast<std::uint8_t>(number >> shift);
  }
  void add(const JournalHash& hash) {
    std::copy(hash.begin(), hash.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += hash.size();
  }
  const std::uint8_t* data() const { return bytes_.data(); }
  std::size_t size() const { return used_; }

 private:
  std::array<std::uint8_t, 32 + 5 * 8> bytes_;
  std::size_t used_ = 0;
};

}  // namespace

std::string to_string(const JournalHash& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

JournalHasher::JournalHasher() : digest_(std::make_unique<Digest>()) {}
JournalHasher::~JournalHasher() = default;
JournalHasher::JournalHasher(JournalHasher&&) noexcept = default;

JournalHash JournalHasher::after(const JournalHash& before, const HashedEntry& entry) {
  Head head;
  head.add(before);
  head.add(entry.number);
  head.add(static_cast<std::uint64_t>(entry.at.time_since_epoch().count()));
  head.add(static_cast<std::uint64_t>(entry.version));
  head.add(entry.type.size());
  head.add(entry.subject.size());
  EVP_DigestInit_ex(digest_->state, digest_->sha256, nullptr);
  digest_->add(head.data(), head.size());
  digest_->add(entry.type.data(), entry.type.size());
  digest_->add(entry.subject.data(), entry.subject.size());
  digest_->add(entry.data.data(), entry.data.size());
  JournalHash hash;
  EVP_DigestFinal_ex(digest_->state, hash.data(), nullptr);
  return hash;
}

}  // namespace vcsr
