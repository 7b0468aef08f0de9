// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <functional>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/duration.hpp"
#include "tools/call.hpp"
#include "tools/caller_lists.hpp"
#include "tools/customers.hpp"
#include "tools/feel.hpp"
#include "tools/journal_commands.hpp"
#include "tools/phone.hpp"
#include "tools/recording_commands.hpp"
#include "tools/rules.hpp"
#include "tools/serve.hpp"
#include "tools/simulate.hpp"
#include "tools/staff_command.hpp"
#include "tools/tool.hpp"

namespace vcsr {

namespace {

/// Every command with its options; exactly one is run.
class CommandLine {
 public:
  explicit CommandLine(const ToolParts& parts)
      : parts_(parts), app_("The contact center as a library: its command.", "vcsr") {
    app_.set_version_flag("--version", "vcsr " + parts.version);
    app_.require_subcommand(1);
    add_serve();
    add_journal_commands(app_, journal_,
                         [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_call();
    add_phone();
    add_recording_commands(app_, recording_,
                           [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_list_commands(app_, lists_, [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_rules_commands(app_, rules_, [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_feel_command(app_, feel_, [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_customer_commands(app_, customers_,
                          [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_simulate_command(app_, simulate_,
                         [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
    add_staff_command(app_, staff_, [this](std::function<int()> chosen) { chosen_ = std::move(chosen); });
  }

  int run(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? succeeded : misused;
    }
    try {
      return chosen_();
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", error.what());
      const bool wrong = error.code() == Error::Code::invalid || error.code() == Error::Code::not_found;
      return wrong ? misused : failed;
    }
  }

 private:
  void add_serve() {
    CLI::App* command = app_.add_subcommand("serve", "Run a contact center until SIGINT or SIGTERM");
    command->add_option("config", serve_.config, "Its configuration, a TOML file")->required();
    command->add_flag("--check", serve_.check, "Only check the configuration");
    command->callback([this] { chosen_ = [this] { return serve(serve_, parts_); }; });
  }

  void add_call() {
    CLI::App* command = app_.add_subcommand("call", "Place a SIP call and play a script in it");
    command->add_option("uri", call_.to, "Who is called: sip:8000@127.0.0.1:5060")->required();
    command->add_option("--from", call_.from, "The caller's address: sip:+8613800000001@127.0.0.1");
    add_telephone(*command, call_.telephone);
    command->callback([this] { chosen_ = [this] { return place_call(call_); }; });
  }

  void add_phone() {
    CLI::App* command =
        app_.add_subcommand("phone", "A SIP telephone that plays a script in every call it gets");
    command->add_option("--register", phone_.account, "USER@HOST:PORT");
    CLI::Option* word = command->add_option("--password", password_, "Of the account");
    command->add_option("--password-file", password_file_, "Holds the password in its first line")
        ->excludes(word);
    command->add_option("--calls", phone_.calls, "End after so many calls");
    add_telephone(*command, phone_.telephone);
    command->callback([this] {
      chosen_ = [this] {
        read_password();
        return run_phone(phone_);
      };
    });
  }

  static void add_telephone(CLI::App& command, TelephoneRequest& request) {
    CLI::Option* file =
        command.add_option("--script", request.script_file, "A file with steps: docs/call-script.md");
    command.add_option("-e", request.script, "The steps themselves")->excludes(file);
    command.add_option("--address", request.address, "The local IP address")->capture_default_str();
    command.add_option("--port", request.port, "The local port; 0 for any")->capture_default_str();
    command.add_option("--record", request.record, "Write a stereo WAV file: left they, right we");
    command.add_option_function<std::string>(
        "--timeout",
        [&request](const std::string& text) {
          const std::optional<Duration> time = parse_duration(text);
          if (!time) throw CLI::ValidationError("--timeout", "expected a duration such as 30s, got " + text);
          request.timeout = *time;
        },
        "How long to wait for an answer (30s)");
    command.add_flag("--events", request.events, "Tell what happens as JSON lines");
    command.add_flag("--verbose", request.verbose, "Tell what the SIP stack does on standard error");
  }

  void read_password() {
    if (password_file_.empty()) {
      phone_.password = Secret(std::move(password_));
      return;
    }
    std::ifstream file(password_file_);
    std::string line;
    if (!file || !std::getline(file, line))
      throw Error(Error::Code::not_found, "there is no password in " + password_file_);
    phone_.password = Secret(std::move(line));
  }

  const ToolParts& parts_;
  CLI::App app_;
  RulesRequest rules_;
  FeelRequest feel_;
  std::function<int()> chosen_;
  ServeRequest serve_;
  JournalRequest journal_;
  CallRequest call_;
  PhoneRequest phone_;
  RecordingRequest recording_;
  CallerListRequest lists_;
  CustomerRequest customers_;
  SimulateRequest simulate_;
  StaffRequest staff_;
  std::string password_, password_file_;
};

}  // namespace

int run_tool(int argc, const char* const* argv, const ToolParts& parts) {
  return CommandLine(parts).run(argc, argv);
}

}  // namespace vcsr
