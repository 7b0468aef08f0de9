// SPDX-License-Identifier: Apache-2.0
#include "recording/signing_key.hpp"

#include <filesystem>
#include <vector>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "media/file.hpp"
#include "recording/digest.hpp"
#include "recording/private_file.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/secret.hpp"

namespace vcsr::recording {

class OpensslKey {
 public:
  explicit OpensslKey(EVP_PKEY* key) : key_(key) {}
  OpensslKey(const OpensslKey&) = delete;
  ~OpensslKey() { EVP_PKEY_free(key_); }
  EVP_PKEY* get() const { return key_; }
  bool is_ed25519() const { return key_ && EVP_PKEY_is_a(key_, "ED25519") == 1; }

 private:
  EVP_PKEY* key_;
};

namespace {

constexpr std::size_t signature_bytes = 64;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

DigestContext digest_context() { return {EVP_MD_CTX_new(), EVP_MD_CTX_free}; }

Bio reading(const std::vector<std::uint8_t>& bytes) {
  return {BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free};
}

std::string text_of(const Bio& bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::shared_ptr<OpensslKey> make_key(const std::string& path, const std::string& public_path) {
  auto key = std::make_shared<OpensslKey>(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const Bio secret(BIO_new(BIO_s_secmem()), BIO_free), open(BIO_new(BIO_s_mem()), BIO_free);
  const bool written =
      key->is_ed25519() &&
      PEM_write_bio_PrivateKey(secret.get(), key->get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
      PEM_write_bio_PUBKEY(open.get(), key->get()) == 1;
  if (!written) throw Error(Error::Code::unavailable, path + ": no key can be made: " + openssl_words());
  create_private_file(path, Secret(text_of(secret)));
  replace_file(public_path, bytes_of(text_of(open)));
  return key;
}

}  // namespace

VerifyingKey::VerifyingKey(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  key_ = std::make_shared<OpensslKey>(PEM_read_bio_PUBKEY(reading(bytes).get(), nullptr, nullptr, nullptr));
  if (!key_->is_ed25519())
    throw Error(Error::Code::invalid,
                path + ": expected the public Ed25519 key of the archive in PEM form: " + openssl_words());
}

bool VerifyingKey::verifies(std::string_view text, std::string_view signature) const {
  const std::vector<std::uint8_t> bytes = from_hexadecimal(signature);
  const DigestContext context = digest_context();
  if (bytes.size() != signature_bytes) return false;
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_->get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes.data(), bytes.size(), bytes_of(text).data(), text.size()) == 1;
}

SigningKey::SigningKey(const std::string& path, const std::string& public_path) {
  if (!std::filesystem::exists(path)) {
    // With another key nothing that was signed before could be verified any more.
    if (std::filesystem::exists(public_path))
      throw Error(Error::Code::not_found,
                  path + ": is missing, but " + public_path + " is there: bring the archive's own key back");
    key_ = make_key(path, public_path);
    return;
  }
  std::vector<std::uint8_t> bytes = read_file(path);
  const Bio bio = reading(bytes);
  key_ = std::make_shared<OpensslKey>(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (!key_->is_ed25519())
    throw Error(Error::Code::invalid,
                path + ": expected an Ed25519 private key in PEM form: " + openssl_words());
}

std::string SigningKey::sign(std::string_view text) const {
  std::array<std::uint8_t, signature_bytes> signature{};
  std::size_t size = signature.size();
  const DigestContext context = digest_context();
  VCSR_ASSERT(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_->get()) == 1);
  VCSR_ASSERT(EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(text).data(), text.size()) ==
              1);
  return hexadecimal(signature);
}

}  // namespace vcsr::recording
