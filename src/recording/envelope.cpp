// SPDX-License-Identifier: Apache-2.0
#include "recording/envelope.hpp"

#include <openssl/crypto.h>

#include "media/file.hpp"
#include "recording/manifest.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

constexpr std::size_t id_digits = 16;

std::string associated(const std::string& file, const std::string& master) { return file + "/" + master; }

}  // namespace

WrappedKey read_wrapped_key(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  try {
    const Value document = from_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (const Facts* facts = document.get_if<Value::Map>())
      return {.file = text_in(*facts, "file"),
              .master = text_in(*facts, "master"),
              .wrapped = text_in(*facts, "wrapped")};
  } catch (const Error&) {  // told below
  }
  throw Error(Error::Code::invalid, path + ": is no key of a recording; bring it back from the backup");
}

void write_wrapped_key(const std::string& path, const WrappedKey& key) {
  const Facts facts = {{"file", key.file}, {"master", key.master}, {"wrapped", key.wrapped}};
  replace_file(path, bytes_of(to_json(facts)));
}

MasterKeys::MasterKeys(const std::string& present, const std::vector<std::string>& earlier) {
  for (const std::string& path : earlier) add(path);
  add(present);
}

void MasterKeys::add(const std::string& path) {
  std::vector<std::uint8_t> text = read_file(path);
  std::size_t size = text.size();
  while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r' || text[size - 1] == ' ')) --size;
  Secret key = secret_of(from_hexadecimal({reinterpret_cast<const char*>(text.data()), size}));
  OPENSSL_cleanse(text.data(), text.size());
  if (key.reveal().size() != key_bytes)
    throw Error(
        Error::Code::invalid,
        path + ": expected a master key of 64 hexadecimal digits; make one with vcsr recording new-key");
  present_ = hexadecimal(sha256({bytes_of("vcsr master key"), bytes_of(key.reveal())})).substr(0, id_digits);
  keys_.insert_or_assign(present_, std::move(key));
}

std::string MasterKeys::wrap(const Secret& key, const std::string& file) const {
  return hexadecimal(seal(keys_.at(present_), bytes_of(key.reveal()), bytes_of(associated(file, present_))));
}

Secret MasterKeys::make(const std::string& file, WrappedKey& wrapped) const {
  VCSR_ASSERT(!empty());
  Secret key = secret_of(random_bytes(key_bytes));
  wrapped = {.file = file, .master = present_, .wrapped = wrap(key, file)};
  return key;
}

Secret MasterKeys::open(const WrappedKey& wrapped) const {
  const auto master = keys_.find(wrapped.master);
  if (master == keys_.end())
    throw Error(Error::Code::refused,
                "the recording is encrypted under master key " + wrapped.master +
                    ", which was not given: name its file as master_key or among old_master_keys");
  auto key = unseal(master->second, from_hexadecimal(wrapped.wrapped),
                    bytes_of(associated(wrapped.file, wrapped.master)));
  if (!key || key->size() != key_bytes)
    throw Error(Error::Code::refused,
                "the key of the recording was changed: master key " + wrapped.master + " does not open it");
  return secret_of(*std::move(key));
}

WrappedKey MasterKeys::renew(const WrappedKey& wrapped) const {
  const Secret key = open(wrapped);
  return {.file = wrapped.file, .master = present_, .wrapped = wrap(key, wrapped.file)};
}

}  // namespace vcsr::recording
