// SPDX-License-Identifier: Apache-2.0
#include "tools/customers.hpp"

#include <cstdio>
#include <filesystem>
#include <utility>

#include "app/site.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using What = CustomerRequest::What;

bool may(UserRole role, What what) {
  if (role == UserRole::administrator) return true;
  if (role == UserRole::supervisor) return what != What::take_out && what != What::erase;
  return what == What::show;
}

void print(const Value& value) { std::printf("%s\n", to_json(value).c_str()); }

Task<> show(CustomerFolders& folders, std::string id, const CustomerView& view) {
  Task<Customer> finding = folders.find(Identity("customer", std::move(id)));
  const Customer customer = co_await std::move(finding);
  print(folder_for(customer, view));
}

Task<> show_matches(CustomerFolders& folders, std::string id, const CustomerView& view) {
  Task<std::vector<CustomerMatch>> finding = folders.matches(std::move(id));
  const std::vector<CustomerMatch> matches = co_await std::move(finding);
  for (const CustomerMatch& match : matches)
    print(Facts{{"score", match.score},
                {"why", Value::List(match.why.begin(), match.why.end())},
                {"folder", folder_for(match.customer, view)}});
}

Task<int> act(CustomerFolders& folders, const CustomerRequest& request, CustomerActor actor) {
  const Author author{.by = actor.name, .why = request.why};
  // The id that is merged stays its own where it is un-merged.
  std::string id = request.customer;
  if (request.what != What::unmerge) {
    Task<Customer> finding = folders.find(customer_identity(request.customer));
    const Customer customer = co_await std::move(finding);
    id = customer.id;
  }
  if (request.what == What::show) {
    co_await show(folders, id, actor.view);
  } else if (request.what == What::matches) {
    co_await show_matches(folders, id, actor.view);
  } else if (request.what == What::merge) {
    Task<Customer> merging = folders.merge(id, request.other, author);
    const Customer both = co_await std::move(merging);
    print(folder_for(both, actor.view));
  } else if (request.what == What::unmerge) {
    Task<CustomerMerge> unmerging = folders.unmerge(id, author);
    const CustomerMerge merge = co_await std::move(unmerging);
    std::printf("%s is its own again, and so is %s\n", merge.merged.c_str(), merge.kept.c_str());
  } else if (request.what == What::take_out) {
    Task<Facts> exporting = folders.exported(id, author);
    const Facts everything = co_await std::move(exporting);
    print(everything);
  } else {
    co_await folders.erase(id, author);
    std::printf("%s is erased\n", id.c_str());
  }
  co_return succeeded;
}

}  // namespace

CustomerActor customer_actor(const CustomerRequest& request, const std::vector<User>& users) {
  if (users.empty()) {
    if (request.what != What::show && request.what != What::matches && request.by.empty())
      throw Error(Error::Code::invalid, "--by: say who does it, for the journal");
    return {request.by, customer_view("supervisor")};
  }
  const std::optional<User> user = user_with_token(users, request.token);
  if (!user)
    throw Error(Error::Code::refused, request.config + ": has users; give the token of one in VCSR_TOKEN");
  if (!may(user->role, request.what))
    throw Error(Error::Code::refused,
                user->name + " (" + to_string(user->role) + ") may not do this with customers");
  const bool all = user->role == UserRole::administrator || user->role == UserRole::supervisor;
  return {user->name, customer_view(all ? "supervisor" : "agent")};
}

Identity customer_identity(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return {"customer", text};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

int run_customers(const CustomerRequest& request) {
  const Config config = load_config(request.config);
  CustomerActor actor = customer_actor(request, config.users);
  if (!std::filesystem::exists(config.data + "/center.db"))
    throw Error(Error::Code::not_found,
                "there is no " + config.data + "/center.db: this center has not run yet");
  AsioLoop loop;
  const Stores stores = open_stores(loop, config.data, {}, config.postgres, config.customers.options);
  CustomerFolders folders(*stores.journal, *stores.customers);
  return run_to_end(loop, act(folders, request, std::move(actor)));
}

}  // namespace vcsr
