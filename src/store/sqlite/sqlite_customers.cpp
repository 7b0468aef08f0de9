// SPDX-License-Identifier: Apache-2.0
#include "store/customers/identity_key.hpp"
#include "store/sqlite/customer_tables.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

using sqlite::CustomerTables;

/// Records that share one commit, and whoever waits for it.
struct RecordGroup {
  using Kept = Event<std::monostate>;

  void tell() const {
    for (const std::weak_ptr<Kept>& waiting : waiters) {
      const std::shared_ptr<Kept> kept = waiting.lock();
      if (!kept) continue;
      if (failure) kept->fail(failure);
      else kept->set({});
    }
  }

  std::vector<ContactRecord> records;
  std::vector<std::weak_ptr<Kept>> waiters;
  std::exception_ptr failure;
};

class SqliteCustomers final : public CustomerStore {
 public:
  SqliteCustomers(Loop& loop, sqlite::Store store, const SqliteOptions& options, CustomerOptions customers)
      : loop_(loop),
        store_(std::move(store)),
        group_time_(options.worker == Worker::Mode::on_loop ? Duration::zero() : options.group),
        log_(options.log.component("customers")),
        customers_(std::move(customers)),
        tables_(std::in_place, store_, sqlite::Access::create, customers_),
        worker_(loop, options.worker) {}
  ~SqliteCustomers() override { commit(); }

  Task<std::optional<Customer>> find(Identity identity) override {
    return serve([identity = std::move(identity)](CustomerTables& tables) { return tables.find(identity); });
  }

  Task<std::string> save(Customer customer) override {
    if (customer.id.empty()) customer.id = loop_.new_id();
    return serve([this, customer = std::move(customer)](CustomerTables& tables) {
      require_customer(customer, customers_);
      tables.save(customer);
      return customer.id;
    });
  }

  Task<std::vector<ContactRecord>> history(std::string customer, std::size_t limit) override {
    return serve([customer = std::move(customer), limit](CustomerTables& tables) {
      return tables.history(customer, limit);
    });
  }

  Task<> keep(ContactRecord record) override { return wait(add(std::move(record))); }

  Task<std::optional<ContactRecord>> contact(std::string id) override {
    return serve([id = std::move(id)](CustomerTables& tables) { return tables.contact(id); });
  }

  Task<std::vector<CustomerMatch>> matches(Customer customer, std::size_t limit) override {
    return serve([customer = std::move(customer), limit](CustomerTables& tables) {
      return tables.matches(customer, limit);
    });
  }

  Task<Customer> merge(std::string kept, std::string merged, std::string by, std::string why) override {
    CustomerMerge merge{.kept = std::move(kept),
                        .merged = std::move(merged),
                        .at = loop_.wall_time(),
                        .by = std::move(by),
                        .why = std::move(why)};
    return serve([merge = std::move(merge)](CustomerTables& tables) { return tables.merge(merge); });
  }

  Task<CustomerMerge> unmerge(std::string merged) override {
    return serve([merged = std::move(merged)](CustomerTables& tables) { return tables.unmerge(merged); });
  }

  Task<std::vector<CustomerMerge>> merges(std::string customer) override {
    return serve(
        [customer = std::move(customer)](CustomerTables& tables) { return tables.merges(customer); });
  }

  Task<> erase(std::string customer) override {
    return serve([customer = std::move(customer)](CustomerTables& tables) { tables.erase(customer); });
  }

  Task<std::size_t> expire(Retention keep) override {
    return serve(
        [keep, now = loop_.wall_time()](CustomerTables& tables) { return tables.expire(keep, now); });
  }

 private:
  /// What is asked sees what was to be kept before.
  template <class Work>
  Task<std::invoke_result_t<Work, CustomerTables&>> serve(Work work) {
    commit();
    return worker_.run([this, work = std::move(work)] { return attempt(work); });
  }

  template <class Work>
  std::invoke_result_t<Work, CustomerTables&> attempt(const Work& work) {
    try {
      if (!tables_) tables_.emplace(store_, sqlite::Access::recover, customers_);
      return work(*tables_);
    } catch (const SQLite::Exception& error) {
      if (!sqlite::usable_after(error)) tables_.reset();
      const Error failure = sqlite::unavailable(store_, error);
      log_.warning("customers cannot be served", {{"why", failure.what()}});
      throw failure;
    }
  }

  std::shared_ptr<RecordGroup::Kept> add(ContactRecord record) {
    auto kept = std::make_shared<RecordGroup::Kept>(loop_);
    try {
      require_id(record);
    } catch (const Error&) {
      kept->fail(std::current_exception());
      return kept;
    }
    group_.records.push_back(std::move(record));
    group_.waiters.push_back(kept);
    if (group_time_ == Duration::zero()) commit();
    else if (!timer_) timer_ = loop_.at(loop_.now() + group_time_, [this] { commit(); });
    return kept;
  }

  static Task<> wait(std::shared_ptr<RecordGroup::Kept> kept) { co_await *kept; }

  void commit() {
    if (timer_) loop_.cancel(*std::exchange(timer_, {}));
    if (group_.records.empty()) return;
    worker_.submit([this, group = std::make_shared<RecordGroup>(std::exchange(group_, {}))] {
      try {
        attempt([&group](CustomerTables& tables) { tables.keep(group->records); });
      } catch (const Error&) {
        group->failure = std::current_exception();
      }
      loop_.post([group] { group->tell(); });
    });
  }

  Loop& loop_;
  const sqlite::Store store_;
  const Duration group_time_;
  const Log log_;
  const CustomerOptions customers_;
  RecordGroup group_;  // not handed to the worker yet
  std::optional<Loop::TimerId> timer_;
  std::optional<CustomerTables> tables_;  // the worker's after the constructor
  Worker worker_;
};

}  // namespace

std::unique_ptr<CustomerStore> open_sqlite_customers(Loop& loop, const std::string& path,
                                                     SqliteOptions options, CustomerOptions customers) {
  return std::make_unique<SqliteCustomers>(loop, sqlite::Store{"customers", path}, options,
                                           std::move(customers));
}

}  // namespace vcsr
