// SPDX-License-Identifier: Apache-2.0
#include "store/identity_key.hpp"
#include "store/sqlite/customer_tables.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

using sqlite::CustomerTables;

class SqliteCustomers final : public CustomerStore {
 public:
  SqliteCustomers(Loop& loop, sqlite::Store store, const SqliteOptions& options)
      : loop_(loop),
        store_(std::move(store)),
        log_(options.log.component("customers")),
        tables_(std::in_place, store_, sqlite::Access::create),
        worker_(loop, options.worker) {}

  Task<std::optional<Customer>> find(Identity identity) override {
    return serve([identity = std::move(identity)](CustomerTables& tables) { return tables.find(identity); });
  }

  Task<std::string> save(Customer customer) override {
    if (customer.id.empty()) customer.id = loop_.new_id();
    return serve([customer = std::move(customer)](CustomerTables& tables) {
      require_identities(customer);
      tables.save(customer);
      return customer.id;
    });
  }

  Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) override {
    return serve([customer = std::move(customer), limit](CustomerTables& tables) {
      return tables.history(customer, limit);
    });
  }

  Task<> keep(ContactRecord record) override {
    return serve([record = std::move(record)](CustomerTables& tables) {
      require_id(record);
      tables.keep(record);
    });
  }

  Task<std::optional<ContactRecord>> contact(std::string id) override {
    return serve([id = std::move(id)](CustomerTables& tables) { return tables.contact(id); });
  }

 private:
  template <class Work>
  Task<std::invoke_result_t<Work, CustomerTables&>> serve(Work work) {
    return worker_.run([this, work = std::move(work)] {
      try {
        if (!tables_) tables_.emplace(store_, sqlite::Access::recover);
        return work(*tables_);
      } catch (const SQLite::Exception& error) {
        if (!sqlite::usable_after(error)) tables_.reset();
        const Error failure = sqlite::unavailable(store_, error);
        log_.warning("customers cannot be served", {{"why", failure.what()}});
        throw failure;
      }
    });
  }

  Loop& loop_;
  const sqlite::Store store_;
  const Log log_;
  std::optional<CustomerTables> tables_;  // the worker's after the constructor
  Worker worker_;
};

}  // namespace

std::unique_ptr<CustomerStore> open_sqlite_customers(Loop& loop, const std::string& path,
                                                     SqliteOptions options) {
  return std::make_unique<SqliteCustomers>(loop, sqlite::Store{"customers", path}, options);
}

}  // namespace vcsr
