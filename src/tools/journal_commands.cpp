// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_commands.hpp"

#include <memory>

#include <CLI/CLI.hpp>

#include "tools/explain.hpp"

namespace vcsr {

namespace {

constexpr const char* place = "journal.db, the data folder, or the address of a PostgreSQL database";

using Choose = std::function<void(std::function<int()>)>;

/// A command about the journal in one place.
CLI::App& add(CLI::App& journal, JournalRequest& request, const char* name, const char* about) {
  CLI::App* command = journal.add_subcommand(name, about);
  command->add_option("path", request.path, place)->required();
  return *command;
}

void add_filter(CLI::App& command, JournalRequest& request) {
  command.add_option("--from", request.from, "The first entry's number");
  command.add_option("--contact", request.filter.contact, "Only what concerns this contact");
  command.add_option("--subject", request.filter.subject, "Only about this contact, agent, recording, list");
  command.add_option("--type", request.filter.type, "Only this type, or all that begin with it: contact");
}

void add_explain(CLI::App& journal, const Choose& choose) {
  CLI::App* why = journal.add_subcommand("explain", "Tell why a contact waited and who got it, and why");
  const auto request = std::make_shared<ExplainRequest>();
  why->add_option("path", request->path, place)->required();
  why->add_option("contact", request->contact, "The contact's id")->required();
  why->add_option("--language", request->language, "en or zh")->capture_default_str();
  why->callback([request, choose] { choose([request] { return explain_contact(*request); }); });
}

}  // namespace

void add_journal_commands(CLI::App& app, JournalRequest& request, const Choose& choose) {
  CLI::App& journal = *app.add_subcommand("journal", "Read and check a center's journal, also while it runs");
  journal.require_subcommand(1);
  for (const bool follow : {false, true}) {
    CLI::App& way = follow ? add(journal, request, "follow", "Print entries and go on with new ones")
                           : add(journal, request, "show", "Print entries");
    add_filter(way, request);
    way.add_flag("--json", request.json, "JSON lines");
    way.callback([&request, choose, follow] {
      request.follow = follow;
      choose([&request] { return show_journal(request); });
    });
  }
  CLI::App& out = add(journal, request, "export", "Write entries as JSON lines, with their hashes");
  add_filter(out, request);
  out.add_option("--output", request.output, "A new file; else the standard output");
  out.callback([&request, choose] { choose([&request] { return export_journal(request); }); });
  CLI::App& check = add(journal, request, "verify", "Check that no entry was changed or is missing");
  check.add_option("--expect", request.expected, "NUMBER:HASH that an earlier check printed");
  check.callback([&request, choose] { choose([&request] { return verify_journal(request); }); });
  check.add_flag("--schema", request.schema, "Also that entries are as the schemas of their types say");
  CLI::App& again =
      add(journal, request, "replay", "Rebuild contacts and histories and compare them with the center's");
  again.add_option("--journal", request.journal,
                   "The address of the PostgreSQL database that has it; PATH is the data folder");
  again.add_option("--into", request.output, "A new file for what is rebuilt");
  again.callback([&request, choose] { choose([&request] { return replay_journal(request); }); });
  CLI::App& types = *journal.add_subcommand("events", "Print what entries of each type hold, as Markdown");
  types.callback([choose] { choose([] { return print_journal_events(); }); });
  CLI::App& migrate = add(journal, request, "migrate", "Bring a journal of an earlier version up to date");
  migrate.add_flag("!--no-copy", request.copy, "Leave no copy beside it");
  migrate.callback([&request, choose] { choose([&request] { return migrate_journal(request); }); });
  add_explain(journal, choose);
}

}  // namespace vcsr
