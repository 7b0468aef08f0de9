// SPDX-License-Identifier: Apache-2.0
// Any text as an expression and as unary tests: what is read is evaluated, in both modes, within its limits;
// what it says can be written, compared and made a fact.
#include <array>

#include "fuzz.hpp"
#include "rules/feel/language/expression.hpp"

using namespace vcsr;
using namespace vcsr::feel;

namespace {

Evaluation::Options limited(Mode mode) {
  return {.mode = mode, .limits = {.steps = 20'000, .depth = 500, .memory = 4u << 20}};
}

void look_at(const feel::Value& value) {
  VCSR_ASSERT(value.depth() <= feel::Value::max_depth);
  VCSR_ASSERT(!value.is_null() || feel::to_string(value) == "null");
  to_fact(value);
  type_of(value);
  equal(value, value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = fuzz::text(bytes, size);
  Scope scope;
  scope.add("age");
  scope.add("Applicant", Type::context_of({{"Monthly Income", Type::Kind::number}}));
  scope.add_item(Type::list_of(Type::context_of({{"a-b", Type::Kind::string}})));
  const std::array<feel::Value, 3> variables = {feel::Value(40),
                                                feel::Value(Context{{"Monthly Income", 1000}}),
                                                feel::Value(List{Context{{"a-b", "x"}}})};
  for (const Mode mode : {Mode::spec, Mode::strict}) {
    fuzz::taken_or_refused([&] {
      Evaluation evaluation(limited(mode));
      look_at(Expression::parse(text, scope).evaluate(variables, evaluation));
    });
    fuzz::taken_or_refused([&] {
      Evaluation evaluation(limited(mode));
      look_at(UnaryTests::parse(text, scope).evaluate(variables[0], variables, evaluation));
    });
  }
  return 0;
}
