// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vcsr::feel {

/// A number of FEEL: IEEE 754-2008 decimal128, 34 digits, results rounded half to even. What has no
/// result (1 / 0, the root of -1, an overflow) is a number that is not finite(): FEEL's null, for the
/// caller to make.
class Number {
 public:
  enum class Rounding { half_even, half_up, half_down, up, down, floor, ceiling };

  /// Orders as the numbers do and is equal where they are; for indexes and for hashing.
  struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Key&) const = default;
  };

  Number() = default;
  Number(std::int64_t value);  // NOLINT: a whole number is a Number
  Number(int value) : Number(static_cast<std::int64_t>(value)) {}
  /// The shortest decimal that reads back as `value`; for what comes from JSON.
  static Number from(double value);
  /// "-12", ".5", "1.20", "1e-3"; no blanks, no "+", no grouping. Empty where `text` is none.
  static std::optional<Number> parse(std::string_view text);

  bool finite() const;
  bool negative() const { return (high_ >> 63) != 0; }
  bool zero() const;
  bool whole() const;
  /// The value where it is whole and within int64.
  std::optional<std::int64_t> to_int64() const;
  double to_double() const;
  /// Plain digits without an exponent and without zeros at the end of a fraction: "1.5", "-0.001".
  std::string to_string() const;
  /// Only of a finite number.
  Key key() const;

  /// To `scale` digits after the point; a negative scale rounds to tens, hundreds …
  Number rounded(int scale, Rounding mode) const;
  Number sqrt() const;
  Number exp() const;
  Number log() const;
  Number abs() const;
  /// With the sign of the divisor, as FEEL's modulo.
  Number modulo(Number divisor) const;
  Number pow(Number exponent) const;

  friend Number operator+(Number left, Number right);
  friend Number operator-(Number left, Number right);
  friend Number operator*(Number left, Number right);
  friend Number operator/(Number left, Number right);
  Number operator-() const;
  /// As the numbers they are: 1.0 equals 1.00.
  friend bool operator==(Number left, Number right);
  friend std::strong_ordering operator<=>(Number left, Number right);

 private:
  friend struct Bits;

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0x3040000000000000;
};

}  // namespace vcsr::feel
