// SPDX-License-Identifier: Apache-2.0
#include "tools/serve.hpp"

#include <cstdio>
#include <optional>
#include <utility>

#include <sys/resource.h>

#include "server/status_page.hpp"
#include "tools/run_to_end.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

namespace {

/// Calls that have not ended by then are cut off.
constexpr Duration time_to_stop = std::chrono::seconds(5);

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void announce(const Site& site, const StatusPage* page) {
  const Config& config = site.config();
  const bool v6 = config.sip.address.find(':') != std::string::npos;
  const std::string where =
      (v6 ? "[" + config.sip.address + "]" : config.sip.address) + ":" + std::to_string(site.sip_port());
  std::printf("vcsr serves %s with %s: SIP on %s%s%s, data in %s\n",
              counted(config.numbers.size(), "number").c_str(),
              counted(config.agents.size(), "agent").c_str(), where.c_str(), page ? ", page on " : "",
              page ? page->url().c_str() : "", config.data.c_str());
  std::fflush(stdout);
}

int check(const Config& config, const ToolParts& parts, const std::string& path) {
  SimLoop loop;
  const Site site(loop, config, parts.flows, open_memory_stores(loop, config.customers.options));
  std::printf("%s: good: %s, %s, %s\n", path.c_str(), counted(config.numbers.size(), "number").c_str(),
              counted(config.agents.size(), "agent").c_str(), counted(config.queues.size(), "queue").c_str());
  return succeeded;
}

/// Every call is a file or two; the soft limit is made for programs of another kind.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

Task<> wait_for(Event<std::monostate>& event) { co_await event; }

Task<int> run(AsioLoop& loop, Site& site, const ToolParts& parts) {
  if (parts.prepare) {
    Task<> preparing = parts.prepare(loop, site);
    co_await std::move(preparing);
  }
  co_await site.start();
  std::optional<StatusPage> page;
  if (site.config().web) page.emplace(loop, site, *site.config().web);
  announce(site, page ? &*page : nullptr);

  Event<std::monostate> asked(loop), urged(loop);
  loop.on_signal([&] { asked.is_set() ? urged.set({}) : asked.set({}); });
  co_await asked;
  std::printf("vcsr stops; once more stops it at once\n");
  std::fflush(stdout);
  Task<> stopping = site.stop();
  Task<> impatience = wait_for(urged);
  Task<std::variant<std::monostate, std::monostate>> either =
      first_of(loop, std::move(stopping), std::move(impatience));
  co_await within(loop, time_to_stop, std::move(either));
  co_return succeeded;
}

}  // namespace

int serve(const ServeRequest& request, const ToolParts& parts) {
  Config config = load_config(request.config);
  if (request.check) return check(config, parts, request.config);
  raise_file_limit();
  AsioLoop loop;
  const Log log(loop, config.log);
  Stores stores = open_stores(loop, config.data, log, config.postgres, config.customers.options);
  Site site(loop, std::move(config), parts.flows, std::move(stores), log);
  return run_to_end(loop, run(loop, site, parts));
}

}  // namespace vcsr
