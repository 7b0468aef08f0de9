// SPDX-License-Identifier: Apache-2.0
#include "sealing/seal.hpp"

#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sealing {

namespace {

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const std::uint8_t* key_of(const Secret& secret) {
  VCSR_ASSERT(secret.reveal().size() == key_bytes);
  return bytes_of(secret.reveal()).data();
}

int size_of(Bytes bytes) { return static_cast<int>(bytes.size()); }

}  // namespace

Secret secret_of(std::vector<std::uint8_t> bytes) {
  Secret secret(std::string(bytes.begin(), bytes.end()));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return secret;
}

std::vector<std::uint8_t> seal(const Secret& key, Bytes text, Bytes associated) {
  std::vector<std::uint8_t> sealed = random_bytes(nonce_bytes);
  sealed.resize(nonce_bytes + text.size() + tag_bytes);
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  std::uint8_t* const out = sealed.data() + nonce_bytes;
  int size = 0;
  const bool done =
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_of(key), sealed.data()) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, associated.data(), size_of(associated)) == 1 &&
      EVP_EncryptUpdate(cipher.get(), out, &size, text.data(), size_of(text)) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), out + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, out + text.size()) == 1;
  VCSR_ASSERT(done);
  return sealed;
}

std::optional<std::vector<std::uint8_t>> unseal(const Secret& key, Bytes sealed, Bytes associated) {
  if (sealed.size() < nonce_bytes + tag_bytes) return {};
  const Bytes hidden = sealed.subspan(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
  std::vector<std::uint8_t> tag(sealed.end() - tag_bytes, sealed.end());
  std::vector<std::uint8_t> text(hidden.size());
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int size = 0;
  const bool done =
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_of(key), sealed.data()) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, associated.data(), size_of(associated)) == 1 &&
      EVP_DecryptUpdate(cipher.get(), text.data(), &size, hidden.data(), size_of(hidden)) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), text.data() + size, &size) == 1;
  if (!done) return {};
  return text;
}

Digest keyed_digest(const Secret& key, std::initializer_list<Bytes> parts) {
  std::vector<std::uint8_t> text;
  for (const Bytes part : parts) text.insert(text.end(), part.begin(), part.end());
  Digest digest{};
  unsigned size = 0;
  const bool done =
      HMAC(EVP_sha256(), key_of(key), key_bytes, text.data(), text.size(), digest.data(), &size) != nullptr;
  VCSR_ASSERT(done && size == digest.size());
  return digest;
}

}  // namespace vcsr::sealing
