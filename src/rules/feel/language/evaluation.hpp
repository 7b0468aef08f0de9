// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

/// What one evaluation may use, decisions it requires included.
struct Limits {
  /// Parts of expressions evaluated, and elements looked at.
  std::uint64_t steps = 50'000'000;
  /// Parts of expressions inside one another, those of called functions included.
  int depth = 1'500;
  /// Bytes of the lists, strings and contexts it makes, roughly, whether it keeps them or not.
  std::uint64_t memory = 256u << 20;
};

enum class Mode {
  spec,   ///< as the standard says: what has no result is null, with a reason
  strict  ///< an unknown name, a wrong type or a comparison with null throws Error(invalid) with its position
};

/// Is told what was evaluated. Called on the thread of the evaluation, often: keep it short.
class Trace {
 public:
  virtual ~Trace() = default;
  /// A function of the model or of FEEL was called.
  virtual void called(std::string_view name, std::span<const Value> arguments, const Value& result,
                      Position at) = 0;
  /// A null came to be that was not written.
  virtual void null(const Reason& reason) = 0;
};

/// One evaluation: its limits, its time and what it may do. Not for two threads at once.
class Evaluation {
 public:
  struct Options {
    Mode mode = Mode::spec;
    Limits limits = {};
    /// What now() and today() say: nanoseconds since 1970-01-01T00:00:00Z.
    std::int64_t now = 0;
    /// The zone of now() and today(), as IANA names it; "" is UTC.
    std::string zone = {};
    Trace* trace = nullptr;
  };

  Evaluation() = default;
  explicit Evaluation(Options options) : options_(std::move(options)) {}
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  const Options& options() const { return options_; }
  bool strict() const { return options_.mode == Mode::strict; }

  /// Throws Error(refused) when there were more than the limit.
  void step(std::uint64_t count = 1) {
    steps_ += count;
    if (steps_ > options_.limits.steps) too_many_steps();
  }
  /// Before so many bytes are made; throws Error(refused) when they are too many.
  void charge(std::uint64_t bytes) {
    memory_ += bytes;
    if (memory_ > options_.limits.memory) too_much_memory();
  }
  std::uint64_t steps() const { return steps_; }

  /// A null whose position is that of what is evaluated just now. In strict mode it throws Error(invalid)
  /// instead.
  Value mistake(const std::string& reason);
  /// The same where null is a result that the standard foresees, such as an element that is not there: strict
  /// mode throws nothing.
  Value nothing(const std::string& reason);

  /// Calls what should be a function; a mistake where it is none or takes other arguments.
  Value call(const Value& function, std::vector<Value> arguments);

  /// Where a null comes from until the next position.
  Position position() const { return position_; }
  void set_position(Position position) { position_ = position; }

  /// One for each part of an expression inside another one.
  class Level {
   public:
    explicit Level(Evaluation& evaluation) : evaluation_(evaluation) {
      if (++evaluation.depth_ > evaluation.options_.limits.depth) evaluation.too_deep();
    }
    ~Level() { --evaluation_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Evaluation& evaluation_;
  };

 private:
  [[noreturn]] void too_many_steps() const;
  [[noreturn]] void too_much_memory() const;
  [[noreturn]] void too_deep();

  Options options_;
  std::uint64_t steps_ = 0;
  std::uint64_t memory_ = 0;
  int depth_ = 0;
  Position position_;
};

}  // namespace vcsr::feel
