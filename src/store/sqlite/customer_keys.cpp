// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/customer_keys.hpp"

#include <SQLiteCpp/VariadicBind.h>

#include "sealing/seal.hpp"

namespace vcsr::sqlite {

namespace {

using sealing::Bytes;
using sealing::bytes_of;

constexpr std::size_t id_digits = 16;

std::string text_of(const std::vector<std::uint8_t>& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

CustomerKeys::CustomerKeys(SQLite::Database& database, const Store& store, Secret master)
    : database_(database), store_(store), master_(std::move(master)) {
  if (master_.empty()) return;
  if (master_.reveal().size() != sealing::key_bytes)
    throw Error(Error::Code::invalid, store.name() + ": expected a master key of 32 bytes, got " +
                                          std::to_string(master_.reveal().size()));
  const sealing::Digest digest = sealing::keyed_digest(master_, {bytes_of("index of customers")});
  index_key_ = sealing::secret_of({digest.begin(), digest.end()});
}

std::string CustomerKeys::master_id() const {
  if (!sealing()) return "";
  return sealing::hexadecimal(sealing::keyed_digest(master_, {bytes_of("id of a master key")}))
      .substr(0, id_digits);
}

std::string CustomerKeys::index(const std::string& kind, const std::string& key) const {
  if (!sealing()) return key;
  const std::string end("\0", 1);
  return sealing::hexadecimal(
      sealing::keyed_digest(index_key_, {bytes_of(kind), bytes_of(end), bytes_of(key)}));
}

Secret CustomerKeys::key_of(const std::string& customer) {
  SQLite::Statement query(database_, "SELECT wrapped FROM customer_key WHERE customer = ?");
  query.bind(1, customer);
  if (!query.executeStep()) return {};
  const std::vector<std::uint8_t> wrapped = sealing::from_hexadecimal(query.getColumn(0).getString());
  auto key = sealing::unseal(master_, wrapped, bytes_of(customer));
  if (!key)
    throw Error(Error::Code::refused, store_.name() + ": the key of customer '" + customer +
                                          "' was changed; restore it from a backup");
  return sealing::secret_of(*std::move(key));
}

Secret CustomerKeys::make(const std::string& customer) {
  Secret key = sealing::secret_of(sealing::random_bytes(sealing::key_bytes));
  SQLite::Statement insert(database_, "INSERT INTO customer_key VALUES (?, ?)");
  SQLite::bind(insert, customer,
               sealing::hexadecimal(sealing::seal(master_, bytes_of(key.reveal()), bytes_of(customer))));
  insert.exec();
  return key;
}

std::string CustomerKeys::seal(const std::string& customer, const std::string& about,
                               const std::string& text) {
  if (!sealing() || customer.empty()) return "";
  Secret key = key_of(customer);
  if (key.empty()) key = make(customer);
  return sealing::hexadecimal(sealing::seal(key, bytes_of(text), bytes_of(about)));
}

std::string CustomerKeys::open(const std::string& customer, const std::string& about,
                               const std::string& sealed) {
  const Secret key = key_of(customer);
  const std::vector<std::uint8_t> bytes = sealing::from_hexadecimal(sealed);
  const auto text = key.empty() ? std::nullopt : sealing::unseal(key, bytes, bytes_of(about));
  if (!text)
    throw Error(Error::Code::refused, store_.name() + ": " + about +
                                          " cannot be read: the key of customer '" + customer +
                                          "' is gone or another");
  return text_of(*text);
}

void CustomerKeys::destroy(const std::string& customer) {
  SQLite::Statement forget(database_, "DELETE FROM customer_key WHERE customer = ?");
  forget.bind(1, customer);
  forget.exec();
}

}  // namespace vcsr::sqlite
