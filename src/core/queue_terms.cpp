// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "acd/requirement_steps.hpp"
#include "core/caller_number.hpp"
#include "core/queue_impl.hpp"

namespace vcsr {

Queue::Impl::Impl(std::shared_ptr<Services> owner, QueueOptions terms)
    : services(std::move(owner)), options(std::move(terms)) {
  const auto& codes = options.dispositions;
  const auto refuse = [this](const std::string& why) {
    throw Error(Error::Code::invalid, "queue '" + options.name + "': " + why);
  };
  if (options.disposition_mandatory && codes.empty())
    refuse("disposition_mandatory needs dispositions to choose from");
  const std::string& otherwise = options.disposition_default;
  if (!otherwise.empty() && std::find(codes.begin(), codes.end(), otherwise) == codes.end())
    refuse("disposition_default '" + otherwise + "' is none of the dispositions");
  if (options.wrap_up_extension < Duration::zero()) refuse("wrap_up_extension is negative");
  if (!(options.weight > 0)) refuse("weight: expected more than 0, got " + std::to_string(options.weight));
  if (!(options.service_level_goal > 0) || options.service_level_goal > 1)
    refuse("service_level_goal: expected more than 0 and at most 1, got " +
           std::to_string(options.service_level_goal));
  if ((options.strategy == Strategy::custom) != static_cast<bool>(options.score))
    refuse("strategy 'custom' and a score function need each other");
  Duration before{};
  for (const RequirementStep& step : options.relaxed) {
    if (step.after <= before)
      refuse("the times at which the requirement relaxes must grow from step to step");
    before = step.after;
  }
  if (const std::string why = contradiction_in(options.requirement); !why.empty())
    refuse("requirement: " + why);
  Requirement asked = options.requirement;
  for (const RequirementStep& step : options.relaxed) {
    if (const std::string why = contradiction_in(step.requirement, asked); !why.empty())
      refuse("relaxed: " + why);
    asked = asked.or_else(step.requirement);
  }
}

void Queue::Impl::note_cut_off(const Address& caller, CutOff when) {
  const std::string number = number_of(caller);
  if (options.resume_within <= Duration::zero() || number == withheld) return;
  const auto over = [&](const auto& entry) {
    return entry.second.left + options.resume_within < services->loop.now();
  };
  if (cut_off_.size() >= tidy_at_) {
    std::erase_if(cut_off_, over);
    tidy_at_ = std::max<std::size_t>(64, 2 * cut_off_.size());
  }
  cut_off_.insert_or_assign(number, when);
}

Duration Queue::Impl::head_start_of(const Contact::Impl& contact) {
  const auto found = cut_off_.extract(number_of(contact.customer_address()));
  const Timestamp now = services->loop.now();
  if (found.empty() || now > found.mapped().left + options.resume_within) return {};
  return now - found.mapped().entered;
}

acd::LadderNumber Queue::Impl::ladder_of(const Contact::Impl& contact) const {
  std::vector<RequirementStep> steps = options.relaxed;
  for (RequirementStep& step : steps) step.requirement = step.requirement.and_also(contact.required);
  return services->dispatch.distributor.ladder(number, contact.channel,
                                               options.requirement.and_also(contact.required), steps);
}

}  // namespace vcsr
