// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/access.hpp"
#include "app/config.hpp"
#include "vcsr/customer_folders.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace vcsr {

struct CustomerRequest {
  enum class What { show, matches, merge, unmerge, take_out, erase };

  What what = What::show;
  std::string config = {};
  std::string customer = {};  ///< its id, or an identity such as "phone:+8613800000001"
  std::string other = {};     ///< the id that is merged
  std::string by = {}, why = {};
  std::string token = {};  ///< of a user
};

/// In whose name it is done, and what she may see. Throws Error: refused for somebody who may not, invalid
/// where nobody is named.
struct CustomerActor {
  std::string name;
  CustomerView view;
};
CustomerActor customer_actor(const CustomerRequest& request, const std::vector<User>& users);

/// "phone:123" is an identity, all else the folder's id.
Identity customer_identity(const std::string& text);

/// `vcsr customer`: folders of a center that does not run. Throws Error.
int run_customers(const CustomerRequest& request);

/// `vcsr customer show|matches|merge|unmerge|export|erase`; the one that is given is handed to `choose`.
void add_customer_commands(CLI::App& app, CustomerRequest& request,
                           const std::function<void(std::function<int()>)>& choose);

}  // namespace vcsr
