// SPDX-License-Identifier: Apache-2.0
#include "calendar/days.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "calendar/date_text.hpp"
#include "calendar/recurrence.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using std::chrono::sys_days;

bool is_rule(std::string_view text) { return text.find('=') != text.npos || text.find(':') != text.npos; }

}  // namespace

Days::Days(std::vector<sys_days> days) : days_(std::move(days)) {
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
}

Days Days::parse(std::string_view text) {
  if (is_rule(text)) return Days(days_of_rule(text));
  std::string_view rest = text;
  const std::optional<sys_days> first = parse_day(take_until(rest, '/'));
  const std::optional<sys_days> last = rest.empty() ? first : parse_day(rest);
  if (!first || !last || *last < *first || text.ends_with('/'))
    throw Error(
        Error::Code::invalid,
        "expected a day such as \"2026-12-25\", the first and the last such as "
        "\"2026-10-01/2026-10-07\", or a rule such as \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1\", got \"" +
            std::string(text) + "\"");
  std::vector<sys_days> days;
  for (sys_days day = *first; day <= *last; day += std::chrono::days(1)) days.push_back(day);
  return Days(std::move(days));
}

void Days::add(const Days& other) {
  std::vector<sys_days> all = std::move(days_);
  all.insert(all.end(), other.days_.begin(), other.days_.end());
  *this = Days(std::move(all));
}

bool Days::has(sys_days day) const { return std::binary_search(days_.begin(), days_.end(), day); }

}  // namespace vcsr
