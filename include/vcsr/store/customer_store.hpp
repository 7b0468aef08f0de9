// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// One of the ways in which a customer is known: {"phone", "+8613800000001"}, {"account", "6222…"}. Kinds are
/// free words; "phone" and "mail" are compared however they are written, others as they are. The kind
/// "customer" stands for the folder's own id: it finds it, and is not saved.
struct Identity {
  /// Compared when it is looked for; nothing is checked here.
  Identity(std::string kind, std::string value) : kind(std::move(kind)), value(std::move(value)) {}
  std::string kind;
  std::string value;
  bool operator==(const Identity&) const = default;
};

/// What a customer has agreed to or not, for one purpose ("recording", "marketing.sms"): the last one holds.
struct Consent {
  std::string purpose = {};
  bool given = false;
  WallTime at{};
  std::string how = {};  ///< "key 1", "letter of 3 May"
  bool operator==(const Consent&) const = default;
};

/// What somebody wrote about a customer.
struct CustomerNote {
  WallTime at{};
  std::string by = {};  ///< an agent's id, a flow's name
  std::string text = {};
  bool operator==(const CustomerNote&) const = default;
};

/// Something of the customer's that is or was to be dealt with: a complaint, an order, a repair.
struct Matter {
  std::string id = {};  ///< within the folder, not empty
  std::string title = {};
  WallTime opened{};
  std::optional<WallTime> due = {};
  std::optional<WallTime> closed = {};  ///< open without it
  std::string owner = {};               ///< who deals with it
  std::string contact = {};             ///< where it began
  std::string result = {};              ///< once closed
  Facts details = {};
  bool operator==(const Matter&) const = default;
};

/// How a customer wants to be served; "" and none where it is not known.
struct Preferences {
  std::string agent = {};
  std::string channel = {};
  std::vector<std::string> times = {};  ///< "Mo-Fr 18:00-20:00", as opening hours are written
  bool operator==(const Preferences&) const = default;
};

/// A customer's folder without its history.
struct Customer {
  std::string id = {};  ///< "" until it was saved once
  std::string name = {};
  std::string language = {};  ///< BCP 47; "" when not known
  std::vector<Identity> identities = {};
  Facts indicators = {};  ///< value, segment, risk …
  Facts profile = {};     ///< birthday, address, profession …
  Facts attributes = {};  ///< the center's own; see CustomerOptions::attributes
  Preferences prefers = {};
  std::vector<Consent> consents = {};
  std::vector<CustomerNote> notes = {};
  std::vector<Matter> matters = {};  ///< open and past
  bool provisional = false;          ///< made for somebody nobody knew yet
  bool operator==(const Customer&) const = default;
};

/// Two folders that became one, and what they were before.
struct CustomerMerge {
  std::string kept = {};    ///< the id that stays
  std::string merged = {};  ///< the id whose folder is in it now
  WallTime at{};
  std::string by = {}, why = {};
  Customer kept_before = {}, merged_before = {};
  bool operator==(const CustomerMerge&) const = default;
};

/// A folder that may be the same customer's.
struct CustomerMatch {
  Customer customer = {};
  double score = 0;                   ///< 0 to 1
  std::vector<std::string> why = {};  ///< "name", "profile.birthday", "phone" …
};

/// How long what is kept of customers; nothing: for ever. What is older is removed by
/// CustomerStore::expire().
struct Retention {
  std::optional<Duration> contacts = {};  ///< who it was and what was said; figures stay
  std::optional<Duration> notes = {};
  std::optional<Duration> matters = {};      ///< since they were closed
  std::optional<Duration> provisional = {};  ///< folders, since their last contact
};

/// Of what type a custom attribute is; a date is a text such as "1990-05-31".
enum class AttributeType { text, whole, number, boolean, date, list };

/// What holds for a store of customers.
struct CustomerOptions {
  /// ISO 3166 ("CN"): where phone numbers without a country code belong. "": they are compared as they are.
  std::string region = {};
  /// Custom attributes and their types; others are then refused. Empty: every one is taken.
  std::map<std::string, AttributeType> attributes = {};
  /// 32 bytes. Encrypts what is personal under a key per customer (AES-256-GCM), so that destroying the key
  /// erases the customer in every copy of the store; the journal keeps what its entries say. Empty: nothing
  /// is encrypted. A memory store ignores it.
  Secret master_key = {};
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

  /// Phone numbers match however they are written: "+86 138-0000-0001" is "8613800000001". Of a folder that
  /// was merged into another, the other is found.
  virtual Task<std::optional<Customer>> find(Identity identity) = 0;
  /// Creates (empty id) or replaces; returns the id. Throws Error(refused) when one of the
  /// identities already belongs to somebody else, naming it, or the folder was merged into another, and
  /// Error(invalid) naming what cannot be taken.
  virtual Task<std::string> save(Customer customer) = 0;

  /// Newest first; of folders that were merged, the contacts of all, by whichever of their ids.
  virtual Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) = 0;
  /// Keeps the record, in place of an earlier one of the same id.
  virtual Task<> keep(ContactRecord record) = 0;
  virtual Task<std::optional<ContactRecord>> contact(std::string id) = 0;

  // What a store need not do throws Error(unsupported). To have it journalled, use CustomerFolders.

  /// Folders that may be this customer's, the likeliest first.
  virtual Task<std::vector<CustomerMatch>> matches(Customer customer, std::size_t limit);
  /// Joins two folders: lists are joined, and of what only one can hold the kept one's stays. Returns it.
  /// Throws Error: not_found, or refused for a folder that is already merged.
  virtual Task<Customer> merge(std::string kept, std::string merged, std::string by, std::string why);
  /// Both are again what they were, but for what was changed since, which stays with the kept one. The
  /// merge that came last goes first. Throws Error: not_found for what is not merged; refused when a later
  /// merge stands in the way, or an identity belongs to somebody else meanwhile.
  virtual Task<CustomerMerge> unmerge(std::string merged);
  /// The merges that made this folder, oldest first; of a merged one, those of the folder it is in.
  virtual Task<std::vector<CustomerMerge>> merges(std::string customer);
  /// Removes the folder, those merged into it, and what is personal in their contacts; figures stay. Destroys
  /// their keys. Throws Error(not_found).
  virtual Task<> erase(std::string customer);
  /// Removes what is older than is to be kept; returns how many records, notes, matters and folders.
  virtual Task<std::size_t> expire(Retention keep);
};

/// Digits only, without a leading "+" or "00"; the user part of a SIP or tel URI is taken first.
VCSR_EXPORT std::string normalized_phone(std::string_view number);
/// The digits of E.164, without "+", of a number as it is dialled in `region` (ISO 3166, "CN"). What is no
/// number there, such as an extension, and every number without a region stay the digits they are.
VCSR_EXPORT std::string normalized_phone(std::string_view number, const std::string& region);

}  // namespace vcsr
