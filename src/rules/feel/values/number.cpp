// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/number.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include <bid_conf.h>

#include <bid_functions.h>

namespace vcsr::feel {

namespace {

__extension__ typedef unsigned __int128 Coefficient;

constexpr int bias = 6176;
constexpr int digits = 34;
constexpr unsigned half_even = 0, to_floor = 1, to_ceiling = 2, to_zero = 3, half_away = 4;
constexpr std::int64_t exact_powers = 4096;

constexpr Coefficient ten_to(int power) {
  Coefficient value = 1;
  for (; power > 0; --power) value *= 10;
  return value;
}

constexpr std::array powers = [] {
  std::array<Coefficient, digits + 1> table{};
  for (int i = 0; i <= digits; ++i) table[static_cast<std::size_t>(i)] = ten_to(i);
  return table;
}();

/// Of a coefficient that is not zero.
int count_digits(Coefficient coefficient) {
  const auto high = static_cast<std::uint64_t>(coefficient >> 64);
  const int bits = high != 0 ? 128 - std::countl_zero(high)
                             : 64 - std::countl_zero(static_cast<std::uint64_t>(coefficient));
  // Bits times log10(2), rounded down: right, or one too few.
  const int guess = bits * 1233 / 4096;
  return guess + (coefficient >= powers[static_cast<std::size_t>(guess)] ? 1 : 0);
}

/// coefficient × 10^exponent, the sign apart.
struct Parts {
  Coefficient coefficient = 0;
  int exponent = 0;
};

}  // namespace

/// Between ours and the library's bits, which are the same.
struct Bits {
  static BID_UINT128 of(Number number) {
    BID_UINT128 bits;
    bits.w[0] = number.low_;
    bits.w[1] = number.high_;
    return bits;
  }

  static Number number(BID_UINT128 bits) {
    Number result;
    result.low_ = bits.w[0];
    result.high_ = bits.w[1];
    return result;
  }

  static Number number(bool negative, Parts parts) {
    Number result;
    result.low_ = static_cast<std::uint64_t>(parts.coefficient);
    result.high_ = static_cast<std::uint64_t>(parts.coefficient >> 64) |
                   (static_cast<std::uint64_t>(parts.exponent + bias) << 49) |
                   (static_cast<std::uint64_t>(negative) << 63);
    return result;
  }

  static Parts parts(Number number) {
    const auto high = number.high_;
    const Coefficient coefficient = (Coefficient{high & 0x1FFFFFFFFFFFF} << 64) | number.low_;
    return {coefficient, static_cast<int>((high >> 49) & 0x3FFF) - bias};
  }

  /// Without zeros at the end.
  static Parts shortest(Number number) {
    auto found = parts(number);
    if (found.coefficient == 0) return {};
    for (; found.coefficient % 10 == 0; ++found.exponent) found.coefficient /= 10;
    return found;
  }
};

namespace {

std::string digits_of(Coefficient coefficient) {
  std::string text;
  for (; coefficient != 0; coefficient /= 10)
    text += static_cast<char>('0' + static_cast<int>(coefficient % 10));
  std::reverse(text.begin(), text.end());
  return text;
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_literal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto e = text.find_first_of("eE");
  const auto mantissa = text.substr(0, e);
  const auto point = mantissa.find('.');
  const auto whole = mantissa.substr(0, point);
  if (!is_digits(whole)) return false;
  if (point == std::string_view::npos ? whole.empty() : mantissa.size() == point + 1) return false;
  if (point != std::string_view::npos && !is_digits(mantissa.substr(point + 1))) return false;
  if (e == std::string_view::npos) return true;
  auto exponent = text.substr(e + 1);
  if (exponent.starts_with('-') || exponent.starts_with('+')) exponent.remove_prefix(1);
  return !exponent.empty() && is_digits(exponent);
}

unsigned direction(Number::Rounding mode, bool negative) {
  switch (mode) {
    case Number::Rounding::half_even: return half_even;
    case Number::Rounding::half_up: return half_away;
    case Number::Rounding::up: return negative ? to_floor : to_ceiling;
    case Number::Rounding::floor: return to_floor;
    case Number::Rounding::ceiling: return to_ceiling;
    case Number::Rounding::half_down:
    case Number::Rounding::down: break;
  }
  return to_zero;
}

/// By squaring: exact as long as the digits suffice, which the library's power is not.
Number whole_power(Number base, std::int64_t exponent) {
  Number result = 1;
  for (auto left = exponent; left > 0; left /= 2) {
    if (left % 2 == 1) result = result * base;
    if (left > 1) base = base * base;
  }
  return result;
}

}  // namespace

Number::Number(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  low_ = value < 0 ? 0 - bits : bits;
  if (value < 0) high_ |= std::uint64_t{1} << 63;
}

Number Number::from(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text - 1, value).ptr;
  *end = '\0';
  unsigned flags = 0;
  return Bits::number(bid128_from_string(text, half_even, &flags));
}

std::optional<Number> Number::parse(std::string_view text) {
  if (!is_literal(text)) return std::nullopt;
  std::string terminated(text);
  unsigned flags = 0;
  const auto number = Bits::number(bid128_from_string(terminated.data(), half_even, &flags));
  if (!number.finite()) return std::nullopt;
  return number;
}

bool Number::finite() const { return (high_ & 0x7800000000000000) != 0x7800000000000000; }

bool Number::zero() const { return finite() && Bits::parts(*this).coefficient == 0; }

bool Number::whole() const { return finite() && Bits::shortest(*this).exponent >= 0; }

std::optional<std::int64_t> Number::to_int64() const {
  if (!finite()) return std::nullopt;
  auto parts = Bits::shortest(*this);
  if (parts.exponent < 0 || parts.exponent > 18) return std::nullopt;
  const Coefficient limit = Coefficient{1} << 63;
  if (parts.coefficient > limit) return std::nullopt;
  parts.coefficient *= powers[static_cast<std::size_t>(parts.exponent)];
  if (parts.coefficient > limit - (negative() ? 0 : 1)) return std::nullopt;
  const auto bits = static_cast<std::uint64_t>(parts.coefficient);
  return static_cast<std::int64_t>(negative() ? 0 - bits : bits);
}

double Number::to_double() const {
  unsigned flags = 0;
  return bid128_to_binary64(Bits::of(*this), half_even, &flags);
}

std::string Number::to_string() const {
  if (!finite()) return "null";
  const auto parts = Bits::shortest(*this);
  if (parts.coefficient == 0) return "0";
  auto text = digits_of(parts.coefficient);
  if (parts.exponent >= 0) {
    text.append(static_cast<std::size_t>(parts.exponent), '0');
  } else {
    const auto after = static_cast<std::size_t>(-parts.exponent);
    if (text.size() <= after) text.insert(0, after - text.size() + 1, '0');
    text.insert(text.size() - after, 1, '.');
  }
  return negative() ? "-" + text : text;
}

Number::Key Number::key() const {
  const Coefficient middle = Coefficient{1} << 127;
  auto parts = Bits::parts(*this);
  if (parts.coefficient == 0) return {std::uint64_t{1} << 63, 0};
  const int missing = digits - count_digits(parts.coefficient);
  parts.coefficient *= powers[static_cast<std::size_t>(missing)];
  parts.exponent -= missing;
  const auto exponent = static_cast<unsigned>(parts.exponent + bias + digits);
  const Coefficient size = (Coefficient{exponent} << 113) | parts.coefficient;
  const Coefficient key = negative() ? middle - size : middle + size;
  return {static_cast<std::uint64_t>(key >> 64), static_cast<std::uint64_t>(key)};
}

Number Number::rounded(int scale, Rounding mode) const {
  const auto exponent = Bits::parts(*this).exponent;
  if (!finite() || -scale <= exponent) return *this;
  const auto quantum = Bits::of(Bits::number(false, {1, std::min(-scale, 6111)}));
  unsigned flags = 0;
  const auto result =
      Bits::number(bid128_quantize(Bits::of(*this), quantum, direction(mode, negative()), &flags));
  if (mode != Rounding::half_down) return result;
  const auto cut = (*this - result).abs();
  const auto half = Bits::number(false, {5, std::min(-scale, 6111) - 1});
  return cut > half ? rounded(scale, Rounding::up) : result;
}

Number Number::sqrt() const {
  unsigned flags = 0;
  return Bits::number(bid128_sqrt(Bits::of(*this), half_even, &flags));
}

Number Number::exp() const {
  unsigned flags = 0;
  return Bits::number(bid128_exp(Bits::of(*this), half_even, &flags));
}

Number Number::log() const {
  unsigned flags = 0;
  return Bits::number(bid128_log(Bits::of(*this), half_even, &flags));
}

Number Number::abs() const {
  Number result = *this;
  result.high_ &= ~(std::uint64_t{1} << 63);
  return result;
}

Number Number::modulo(Number divisor) const {
  unsigned flags = 0;
  const auto rest = Bits::number(bid128_fmod(Bits::of(*this), Bits::of(divisor), &flags));
  if (rest.zero() || rest.negative() == divisor.negative()) return rest;
  return rest + divisor;
}

Number Number::pow(Number exponent) const {
  const auto whole = exponent.to_int64();
  if (whole && *whole >= 0 && *whole <= exact_powers) return whole_power(*this, *whole);
  if (whole && *whole < 0 && *whole >= -exact_powers) return Number(1) / whole_power(*this, -*whole);
  unsigned flags = 0;
  return Bits::number(bid128_pow(Bits::of(*this), Bits::of(exponent), half_even, &flags));
}

Number operator+(Number left, Number right) {
  unsigned flags = 0;
  return Bits::number(bid128_add(Bits::of(left), Bits::of(right), half_even, &flags));
}

Number operator-(Number left, Number right) {
  unsigned flags = 0;
  return Bits::number(bid128_sub(Bits::of(left), Bits::of(right), half_even, &flags));
}

Number operator*(Number left, Number right) {
  unsigned flags = 0;
  return Bits::number(bid128_mul(Bits::of(left), Bits::of(right), half_even, &flags));
}

Number operator/(Number left, Number right) {
  unsigned flags = 0;
  return Bits::number(bid128_div(Bits::of(left), Bits::of(right), half_even, &flags));
}

Number Number::operator-() const {
  Number result = *this;
  result.high_ ^= std::uint64_t{1} << 63;
  return result;
}

bool operator==(Number left, Number right) {
  return left.finite() && right.finite() && left.key() == right.key();
}

std::strong_ordering operator<=>(Number left, Number right) {
  // Values and arguments are finite: what is not becomes null before it could be compared.
  if (!left.finite() || !right.finite()) return left.finite() <=> right.finite();
  return left.key() <=> right.key();
}

}  // namespace vcsr::feel
