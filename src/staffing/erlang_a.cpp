// SPDX-License-Identifier: Apache-2.0
#include "staffing/erlang_a.hpp"

#include <cmath>

namespace vcsr {

namespace {

/// I_x(a, n) for n = 1, 2, …: the regularized incomplete beta function, by its recurrence in n. In
/// logarithms: x^a is far below what a double can hold where hundreds of agents clear the queue.
class IncompleteBeta {
 public:
  IncompleteBeta(double a, double log_x)
      : a_(a),
        log_one_minus_x_(std::log(-std::expm1(log_x))),
        log_term_(a * log_x),
        sum_(std::exp(log_term_)) {}

  double value() const { return sum_ < 1 ? sum_ : 1; }
  void next() {
    log_term_ += log_one_minus_x_ + std::log((a_ + n_) / (n_ + 1));
    sum_ += std::exp(log_term_);
    ++n_;
  }

 private:
  const double a_;
  const double log_one_minus_x_;
  double log_term_;
  double sum_;
  double n_ = 0;
};

/// What becomes of those who find everybody busy, weighted by the stationary probability of the state they
/// find; that of N contacts, none of them waiting, counts `unit`.
struct Waiting {
  double unit = 1;
  double found = 0, ahead = 0, served_in_time = 0, gone_in_time = 0, wait_of_served = 0;

  void scale(double by) {
    for (double* sum : {&unit, &found, &ahead, &served_in_time, &gone_in_time, &wait_of_served}) *sum *= by;
  }
};

/// With j ahead, the place moves up at the rate c + jθ and its holder gives up at θ, where c = N/AHT. So
/// exp(-θ·wait) of one who is never impatient is Beta(c/θ, j+1), and of one who is served Beta(c/θ + 1, j+1).
Waiting wait_for(double arrivals, double completions, double theta, double target) {
  const double x = std::exp(-theta * target);
  IncompleteBeta patient(completions / theta, -theta * target);
  IncompleteBeta answered(completions / theta + 1, -theta * target);
  Waiting all;
  double weight = 1, wait = 0;
  for (double j = 0;; ++j) {
    const double rate = completions + (j + 1) * theta;
    const double answer = completions / rate;
    wait += 1 / rate;
    all.found += weight;
    all.ahead += weight * j;
    all.wait_of_served += weight * answer * wait;
    const double in_time = answer * (1 - answered.value());
    all.served_in_time += weight * in_time;
    all.gone_in_time += weight * (1 - patient.value() * x - in_time);
    weight *= arrivals / rate;
    // Under a great overload most wait far back, and their weights leave the range of a double.
    if (weight > 1e200) {
      all.scale(1e-200);
      weight *= 1e-200;
    }
    if (rate > arrivals && weight < 1e-17 * all.found) return all;
    patient.next();
    answered.next();
  }
}

}  // namespace

StaffingForecast forecast_erlang_a(const StaffingLoad& load, std::size_t agents) {
  using Seconds = std::chrono::duration<double>;
  const double arrivals = load.per_hour / 3600;
  const double handling = Seconds(load.handling).count();
  const double theta = 1 / Seconds(load.patience).count();
  const auto n = static_cast<double>(agents);
  const Waiting waiting = wait_for(arrivals, n / handling, theta, Seconds(load.target).count());

  // Erlang B is the weight of "all busy, nobody waits" among the states in which nobody waits.
  const double blocked = erlang_b(load.erlangs(), agents);
  const double share = blocked / (waiting.unit * (1 - blocked) + waiting.found * blocked);
  const auto in_seconds = [](double seconds) { return std::chrono::round<Duration>(Seconds(seconds)); };
  StaffingForecast forecast;
  forecast.waiting = share * waiting.found;
  const double queue_length = share * waiting.ahead;
  forecast.lost = theta * queue_length / arrivals;
  forecast.answered_in_time = 1 - forecast.waiting + share * waiting.served_in_time;
  forecast.abandoned_in_time = share * waiting.gone_in_time;
  forecast.occupancy = load.erlangs() * (1 - forecast.lost) / n;
  forecast.mean_wait = in_seconds(queue_length / arrivals);
  forecast.speed_of_answer = in_seconds(share * waiting.wait_of_served / (1 - forecast.lost));
  forecast.wait_if_any = in_seconds(waiting.ahead / waiting.found / arrivals);
  return forecast;
}

}  // namespace vcsr
