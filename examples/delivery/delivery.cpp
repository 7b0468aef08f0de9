// SPDX-License-Identifier: Apache-2.0
#include "delivery.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <vcsr/media/spoken.hpp>

#include "common/database.hpp"
#include "common/settings.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

struct Parcel {
  std::string status, place;
  std::chrono::year_month_day day, expected;
};

struct Carrier {
  Carrier(Center& center, Loop& loop, const Settings& settings)
      : database(loop, settings, "delivery.sql"), service(center.queue(settings.text("queue"))) {}

  Database database;
  Queue service;
};
using CarrierPtr = std::shared_ptr<Carrier>;

std::chrono::year_month_day date(const std::string& iso) {
  return std::chrono::year(std::stoi(iso.substr(0, 4))) / std::stoi(iso.substr(5, 2)) /
         std::stoi(iso.substr(8, 2));
}

Task<std::optional<Parcel>> find(CarrierPtr carrier, std::string waybill, std::string language) {
  return carrier->database.read([waybill, language](SQLite::Database& database) -> std::optional<Parcel> {
    const std::string place = language.starts_with("zh") ? "place_zh" : "place_en";
    SQLite::Statement row(database,
                          "SELECT status, " + place + ", day, expected FROM parcels WHERE waybill = ?");
    row.bind(1, waybill);
    if (!row.executeStep()) return std::nullopt;
    return Parcel{row.getColumn(0), row.getColumn(1), date(row.getColumn(2)), date(row.getColumn(3))};
  });
}

/// What is wrong with the number of an air waybill (IATA Resolution 600a); "" for nothing. After three
/// digits of the airline come seven of a serial number, and that number modulo 7.
std::string fault(const std::string& waybill) {
  if (waybill.size() != 11) return "has " + std::to_string(waybill.size()) + " digits instead of 11";
  if (!std::all_of(waybill.begin(), waybill.end(), [](char digit) { return digit >= '0' && digit <= '9'; }))
    return "is not all digits";
  const char expected = static_cast<char>('0' + std::stoi(waybill.substr(3, 7)) % 7);
  if (waybill.back() != expected)
    return std::string("ends in ") + waybill.back() + " where " + expected + " was expected";
  return "";
}

Task<> choose_language(Call call) {
  constexpr std::array<const char*, 4> offered = {"en", "zh", "en", "zh"};
  for (const char* language : offered) {
    Prompt question = Prompt("choose-language").in(language);
    Heard choice = co_await call.ask(question, {.first_digit = 2s, .choices = "12"});
    if (choice.kind != Heard::Kind::digits) continue;
    call.contact().set_language(choice.text == "2" ? "zh" : "en");
    co_return;
  }
}

Prompt status(const Parcel& parcel) {
  const Prompt now = Prompt(parcel.status).with("place", parcel.place).with("day", Spoken::date(parcel.day));
  if (parcel.status == "delivered") return now;
  return now + Prompt("expected").with("day", Spoken::date(parcel.expected));
}

/// Tells about one shipment after the other. Returns why a person is needed, or nothing.
Task<std::optional<Reason>> tell_status(CarrierPtr carrier, Call call) {
  Prompt question = Prompt("welcome") + "enter-waybill";
  for (int doubts = 0;;) {
    Heard waybill =
        co_await call.ask(question, {.max_digits = 11, .tries = 2, .first_digit = 10s, .next_digit = 5s});
    if (waybill.text == "0") co_return Reason("asked for a person");
    if (waybill.text.empty()) co_return Reason("entered no waybill number");
    call.customer().set("waybill", waybill.text);

    std::string doubt = fault(waybill.text);
    std::optional<Parcel> parcel;
    if (doubt.empty()) {
      const std::string language = call.contact().language();
      parcel = co_await find(carrier, waybill.text, language);
      if (!parcel) doubt = "is not in our books";
    }
    if (!parcel) {
      call.customer().set("doubt", doubt);
      if (++doubts == 2) co_return Reason("waybill " + waybill.text + " " + doubt);
      question = Prompt("waybill-wrong").with("waybill", Spoken::digits(waybill.text)) + "enter-waybill";
      continue;
    }

    call.contact().settle("status told: " + parcel->status);
    question = status(*parcel) + "what-next";
    Heard choice = co_await call.ask(question, {.choices = "019"});
    if (choice.text == "0") co_return Reason("asked for a person about waybill " + waybill.text);
    if (choice.text != "1") co_return std::nullopt;
    question = "enter-waybill";
    doubts = 0;
  }
}

Task<> serve(CarrierPtr carrier, Call call) {
  co_await call.answer();
  CustomerContext customer = call.customer();
  bool known = co_await customer.identify();
  if (!known) co_await choose_language(call);

  std::optional<Reason> reason;
  Prompt announcement = "person-will-help";
  try {
    reason = co_await tell_status(carrier, call);
  } catch (const Error& error) {
    if (error.code() != Error::Code::unavailable) throw;
    reason = Reason(std::string("we cannot look up shipments: ") + error.what());
    announcement = "system-unreachable";
  }
  if (reason) {
    co_await call.say(announcement);
    Served served = co_await carrier->service.serve(call, *reason, {.patience = 10min});
    if (served.result == Served::Result::served) co_return;
    co_await call.say("all-busy");
  }
  co_await call.say("goodbye");
}

}  // namespace

Dialogue make_delivery(Center& center, Loop& loop, const Facts& facts) {
  const Settings settings(facts);
  settings.require_known({"database", "script", "queue", "simulated"});
  const auto carrier = std::make_shared<Carrier>(center, loop, settings);
  return [carrier](Call call) { return serve(carrier, std::move(call)); };
}
