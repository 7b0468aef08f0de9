// SPDX-License-Identifier: Apache-2.0
#include "tools/recording_commands.hpp"

#include <cstdlib>
#include <utility>

#include <CLI/CLI.hpp>

namespace vcsr {

namespace {

using Choose = std::function<void(std::function<int()>)>;

/// One of the commands below `recording`.
class Commands {
 public:
  Commands(CLI::App& recording, RecordingRequest& request, Choose choose)
      : recording_(recording), request_(request), choose_(std::move(choose)) {}

  CLI::App& add(const char* name, const char* text, int (*run)(const RecordingRequest&)) {
    CLI::App* command = recording_.add_subcommand(name, text);
    command->callback(
        [choose = choose_, run, request = &request_] { choose([=] { return run(*request); }); });
    return *command;
  }
  CLI::App& add_for_folder(const char* name, const char* text, int (*run)(const RecordingRequest&)) {
    CLI::App& command = add(name, text, run);
    command.add_option("-d,--data", request_.folder, "The center's data folder, or that of the recordings")
        ->capture_default_str();
    command.add_option("-c,--config", request_.config, "Or the center's configuration, for its keys as well");
    command.add_option("--token", request_.token, "A user's, where the configuration has users")
        ->envname("VCSR_TOKEN");
    return command;
  }
  CLI::App& add_for_one(const char* name, const char* text, int (*run)(const RecordingRequest&)) {
    CLI::App& command = add_for_folder(name, text, run);
    command.add_option("id", request_.id, "The recording's id")->required();
    return command;
  }
  CLI::App& add_act(const char* name, const char* text, int (*run)(const RecordingRequest&)) {
    CLI::App& command = add_for_one(name, text, run);
    command.add_option("--by", request_.by, "Who does it")->capture_default_str();
    return command;
  }

 private:
  CLI::App& recording_;
  RecordingRequest& request_;
  Choose choose_;
};

void add_query(CLI::App& command, RecordingRequest& request) {
  command.add_option("--number", request.query.number, "Caller or called; * stands for any digits");
  command.add_option("--agent", request.query.agent, "The agent's id");
  command.add_option("--queue", request.query.queue, "The queue's name");
  command.add_option("--contact", request.query.contact, "The contact's id");
  command.add_option("--label", request.query.label, "Why it was recorded");
  command.add_option("--text", request.query.text, "In a note or in the reason of the call");
  command.add_option("--from", request.from, "Begun then or later: 2026-11-22, 2026-11-22T09:30 (UTC)");
  command.add_option("--until", request.until, "Begun before");
  command.add_flag("--deleted", request.query.deleted, "Also those that are deleted");
  command.add_option("--limit", request.query.limit, "At most so many")->capture_default_str();
  command.add_option("--after", request.query.after, "The page after the one that ends with this id");
  command.add_flag("--json", request.json, "JSON lines");
}

void add_master_keys(CLI::App& command, RecordingRequest& request) {
  command.add_option("--master-key", request.master_key, "File of the present master key");
  command.add_option("--old-master-key", request.old_master_keys, "File of one before it");
}

void add_restore(Commands& commands, RecordingRequest& request) {
  CLI::App& restore = commands.add_for_folder(
      "restore", "Bring a deleted one back, or a whole archive from its backup", restore_recording);
  CLI::Option* id = restore.add_option("id", request.id, "The recording's id; without it the whole archive");
  restore.add_option("--by", request.by, "Who does it")->capture_default_str();
  restore.add_flag("--from-backup", request.from_backup, "Its files, where they are missing or damaged")
      ->needs(id);
  restore.add_option("--from", request.backup, "Folder of the backup; else that of the configuration")
      ->excludes(id);
  restore.add_option("--into", request.into, "An empty folder; else recordings/ in the data folder")
      ->excludes(id);
  restore.add_option("--key", request.key, "The archive's public key, to check what came back")->excludes(id);
}

void add_life(Commands& commands, RecordingRequest& request) {
  const auto with_reason = [&request](CLI::App& command) {
    command.add_option("--reason", request.text, "Why")->required();
  };
  with_reason(commands.add_act("hold", "Keep one from being deleted", hold_recording));
  commands.add_act("release", "Let a held one go", release_recording);
  with_reason(commands.add_act("delete", "Delete one; it can come back for some time", delete_recording));
  add_restore(commands, request);
  with_reason(commands.add_act("destroy", "Take a deleted one away for good", destroy_recording));
  commands.add_for_folder("sweep", "Apply the retention rules of the configuration now", sweep_recordings);
}

}  // namespace

void add_recording_commands(CLI::App& app, RecordingRequest& request, Choose choose) {
  CLI::App* recording = app.add_subcommand("recording", "Find, check and keep recordings");
  recording->require_subcommand(1);
  const char* user = std::getenv("USER");
  request.by = user ? user : "operator";
  request.folder = "data";
  Commands commands(*recording, request, std::move(choose));
  add_query(commands.add_for_folder("list", "Find recordings, the newest first", list_recordings), request);
  commands.add_for_one("show", "All that is known of one, and what was done with it", show_recording)
      .add_flag("--json", request.json, "JSON");
  commands.add_act("note", "Add a note to one", note_recording)
      .add_option("text", request.text, "What it says")
      ->required();
  CLI::App& exporting = commands.add_act("export", "Write one, decrypted, to a new file", export_recording);
  exporting.add_option("out", request.out, "The file: .wav, or .opus where that is kept")->required();
  add_master_keys(exporting, request);
  add_life(commands, request);
  CLI::App& rekey =
      commands.add_for_folder("rekey", "Put all keys under the present master key", rekey_recordings);
  rekey.add_option("--by", request.by, "Who does it")->capture_default_str();
  add_master_keys(rekey, request);
  commands.add("new-key", "Make a master key", make_master_key)
      .add_option("file", request.out, "Where it is written")
      ->required();
  CLI::App& verify =
      commands.add("verify", "Check that nothing was changed or taken away", verify_recordings);
  verify.add_option("path", request.folder, "A recording, a folder of recordings or a data folder")
      ->required();
  verify.add_option("--key", request.key, "The archive's public key, PEM");
  CLI::App& backup =
      commands.add_for_folder("backup", "Copy what is not copied yet, now", back_up_recordings);
  backup.add_flag("--status", request.status, "Only say how far it is");
  backup.add_flag("--json", request.json, "JSON");
  commands.add_for_folder("index", "Make the catalog anew from ledger and manifests", index_recordings);
}

}  // namespace vcsr
