// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/store/customer_store.hpp"

namespace vcsr {

/// Who changes a folder, and why; both go into the journal.
struct Author {
  std::string by = {};
  std::string why = {};
};

/// What is done with the folders of customers by people, with an entry in the journal for each: what
/// vcsr customer and the desk do. An entry follows the change it tells of, and is durable when the task ends.
class VCSR_EXPORT CustomerFolders {
 public:
  /// Both outlive it and its tasks.
  CustomerFolders(Journal& journal, CustomerStore& store) : journal_(journal), store_(store) {}

  /// By any identity; {"customer", id} by the folder's own id. Throws Error(not_found).
  Task<Customer> find(Identity identity);
  /// Throws what CustomerStore::save() throws.
  Task<std::string> save(Customer customer, Author author);
  /// Folders that may be the same customer's, the likeliest first. Throws Error(not_found).
  Task<std::vector<CustomerMatch>> matches(std::string customer, std::size_t limit = 10);
  /// See CustomerStore::merge() and unmerge(), also for what they throw.
  Task<Customer> merge(std::string kept, std::string merged, Author author);
  Task<CustomerMerge> unmerge(std::string merged, Author author);
  /// Everything that is kept of the customer, for the customer: {"folder", "contacts", "merges"}. Throws
  /// Error(not_found).
  Task<Facts> exported(std::string customer, Author author);
  /// See CustomerStore::erase(); the entry names the id only.
  Task<> erase(std::string customer, Author author);
  /// See CustomerStore::expire(); no entry where nothing was old enough.
  Task<std::size_t> expire(Retention keep, Author author);

 private:
  Journal& journal_;
  CustomerStore& store_;
};

/// What somebody may see of a folder: parts are named "name", "language", "identities", "indicators",
/// "profile", "attributes", "prefers", "consents", "notes", "matters" and "contacts"; "profile.birthday" is
/// one value of a part and "identities.phone" those of a kind.
struct CustomerView {
  std::vector<std::string> hidden = {};  ///< left out
  std::vector<std::string> masked = {};  ///< of texts only the last two letters or digits
};

/// The folder as JSON has it, as somebody with this view may see it.
VCSR_EXPORT Facts folder_for(const Customer& customer, const CustomerView& view);
/// "admin" and "supervisor" see everything, an "agent" of accounts, cards and id numbers only the end, an
/// "analyst" neither names nor identities, notes and profile. Throws Error(not_found) naming the roles.
VCSR_EXPORT CustomerView customer_view(const std::string& role);

}  // namespace vcsr
