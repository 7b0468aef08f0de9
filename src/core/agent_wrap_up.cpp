// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/agent_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

std::string listed(const std::vector<std::string>& codes) {
  std::string all;
  for (const std::string& code : codes) all += (all.empty() ? "" : ", ") + code;
  return all.empty() ? "none" : all;
}

std::string in_words(Duration duration) { return std::to_string(duration / std::chrono::seconds(1)) + " s"; }

}  // namespace

bool Agent::Impl::lacks_disposition(const Work& work) {
  return work.terms && work.terms->disposition_mandatory && !work.disposed;
}

bool Agent::Impl::wraps_up(const Work& work) const {
  if (!work.terms) return false;
  if (lacks_disposition(work)) return true;
  switch (work.terms->wrap_up_mode) {
    case WrapUpMode::none: return false;
    case WrapUpMode::mandatory: return true;
    case WrapUpMode::optional: return work.wants_wrap_up && work.terms->wrap_up > Duration::zero();
    default: return work.terms->wrap_up > Duration::zero();
  }
}

void Agent::Impl::start_timer(Work& work, Duration lasts) {
  stop_timer(work);
  work.ends = services_->loop.now() + lasts;
  work.timer = services_->loop.at(work.ends, [weak = weak_from_this(), contact = work.contact] {
    if (const auto self = weak.lock(); self && self->services_->open) self->time_over(*contact);
  });
}

void Agent::Impl::stop_timer(Work& work) {
  if (work.timer) services_->loop.cancel(*std::exchange(work.timer, {}));
}

void Agent::Impl::time_over(const Contact::Impl& contact) {
  const auto work = find(contact);
  work->timer.reset();
  work->overdue = lacks_disposition(*work) && work->terms->disposition_default.empty();
  if (!work->overdue) end_wrap_up(work, by_timer);
}

void Agent::Impl::end_wrap_up(Works::iterator work, const Change& by) {
  if (lacks_disposition(*work) && !work->terms->disposition_default.empty())
    note_disposition(*work, work->terms->disposition_default, {}, by);
  work->contact->append(events::contact_wrapped_up,
                        make_facts("actor", by.actor, "agent", options.id, "cause", by.cause, "lasted",
                                   seconds(services_->loop.now() - work->since), "queue", work->terms->name));
  drop(work, by);
}

void Agent::Impl::end_wrap_ups(const Change& by) {
  for (auto work = works_.begin(); work != works_.end();) {
    const auto each = work++;
    if (each->state == AgentState::wrap_up) end_wrap_up(each, by);
  }
}

void Agent::Impl::finish_wrap_up() {
  for (const Work& work : works_) {
    if (work.state != AgentState::wrap_up) continue;
    if (work.terms->wrap_up_mode == WrapUpMode::forced)
      throw Error(Error::Code::refused, "the wrap-up of queue '" + work.terms->name +
                                            "' lasts its whole time: wait " +
                                            in_words(work.ends - services_->loop.now()));
    if (lacks_disposition(work))
      throw Error(Error::Code::refused,
                  "contact " + work.contact->id + " of queue '" + work.terms->name +
                      "' needs a disposition first; there are: " + listed(work.terms->dispositions));
  }
  end_wrap_ups(myself());
}

void Agent::Impl::want_wrap_up() {
  for (Work& work : works_) work.wants_wrap_up = true;
}

void Agent::Impl::extend_wrap_up(Duration by) {
  const auto work =
      std::find_if(works_.begin(), works_.end(), [](const Work& each) { return each.timer.has_value(); });
  if (work == works_.end())
    throw Error(Error::Code::refused, "agent " + options.id + " is in no wrap-up that ends by itself");
  const Duration left = work->terms->wrap_up_extension - work->extended;
  if (by <= Duration::zero() || by > left)
    throw Error(Error::Code::refused, "the wrap-up of queue '" + work->terms->name +
                                          "' can be extended by 0 to " + in_words(left) + ", got " +
                                          in_words(by));
  work->extended += by;
  start_timer(*work, work->ends + by - services_->loop.now());
}

void Agent::Impl::dispose(const std::string& contact, const std::string& code, std::string note) {
  Work& work = require(contact);
  const std::vector<std::string> codes = work.terms ? work.terms->dispositions : std::vector<std::string>();
  if (std::find(codes.begin(), codes.end(), code) == codes.end())
    throw Error(Error::Code::invalid, "there is no disposition '" + code + "' for contact " + contact +
                                          "; there are: " + listed(codes));
  note_disposition(work, code, std::move(note), myself());
  if (work.overdue) end_wrap_up(find(*work.contact), myself());
}

void Agent::Impl::note_disposition(Work& work, const std::string& code, std::string note, const Change& by) {
  work.disposed = true;
  work.contact->dispose(work.terms->name, options.id, code, std::move(note), by.cause, by.actor);
}

}  // namespace vcsr
