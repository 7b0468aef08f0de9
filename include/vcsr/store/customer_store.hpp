// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// One of the ways in which a customer is known: {"phone", "+8613800000001"}, {"account", "6222…"}.
struct Identity {
  Identity(std::string kind, std::string value) : kind(std::move(kind)), value(std::move(value)) {}
  std::string kind;
  std::string value;
  bool operator==(const Identity&) const = default;
};

/// A customer's folder without its history.
struct Customer {
  std::string id = {};  ///< "" until it was saved once
  std::string name = {};
  std::string language = {};  ///< BCP 47; "" when not known
  std::vector<Identity> identities = {};
  Facts indicators = {};  ///< value, segment, risk …
};

/// One telephone's part in a contact. rang + talked + held + beside is its whole time, to the microsecond.
/// One leg at a time is in charge of the customer, so `talked` and `held` of all legs but the customer's add
/// up to the contact's, which are also those of the customer's leg.
struct LegRecord {
  int number = 0;          ///< in the order of their beginnings; 1 is the customer's
  std::string role = {};   ///< why it was called: see vcsr::Role
  std::string party = {};  ///< its address
  std::string agent = {};  ///< "" when the address is no agent's
  WallTime offered{}, ended{};
  std::optional<WallTime> answered = {};
  Duration rang{};
  Duration talked{};  ///< in charge, with the customer
  Duration held{};    ///< in charge, while the customer waits: on hold, or until a successor answers
  Duration beside{};  ///< not in charge: consulted, assisting, supervising; the customer's: with no party
  std::string cause = {};
  bool operator==(const LegRecord&) const = default;
};

/// A contact that is over, as it stays in the customer's history. Times in seconds of the loop.
struct ContactRecord {
  std::string id = {};
  std::string customer = {};  ///< "" when nobody was recognized
  std::string channel = {};   ///< "voice"
  std::string from = {}, to = {};
  WallTime began{};
  Duration length{}, waited{}, talked{};
  std::string queue = {}, agent = {};  ///< the last ones; "" when there was none
  std::string reason = {};             ///< why the customer called
  std::string outcome = {};            ///< exactly one; see vcsr/contact.hpp
  std::vector<std::string> recordings = {};
  Facts attributes = {};             ///< what was collected
  std::string direction = "in";      ///< "out": we called the customer
  Duration held{};                   ///< the customer waited in a talk; not part of `talked`
  std::vector<LegRecord> legs = {};  ///< by number
};

/// Where customers and their contacts are kept: SQLite by default, a CRM, memory in simulations.
/// Used on its loop. All throw Error(unavailable) that names the store when it cannot serve.
class VCSR_EXPORT CustomerStore {
 public:
  virtual ~CustomerStore();

  /// Phone numbers match however they are written: "+86 138-0000-0001" is "8613800000001".
  virtual Task<std::optional<Customer>> find(Identity identity) = 0;
  /// Creates (empty id) or replaces; returns the id. Throws Error(refused) when one of the
  /// identities already belongs to somebody else, naming it.
  virtual Task<std::string> save(Customer customer) = 0;

  /// Newest first.
  virtual Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) = 0;
  /// Keeps the record, in place of an earlier one of the same id.
  virtual Task<> keep(ContactRecord record) = 0;
  virtual Task<std::optional<ContactRecord>> contact(std::string id) = 0;
};

/// Digits only, without a leading "+" or "00"; the user part of a SIP or tel URI is taken first.
VCSR_EXPORT std::string normalized_phone(std::string_view number);

}  // namespace vcsr
