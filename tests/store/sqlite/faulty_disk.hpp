// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace vcsr {

/// While it lives every database is opened on a disk that can fail: SQLite's own file layer with
/// writing and syncing in between. One at a time.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// The `count`-th write or sync from now on and all after it give this SQLite result code.
  void fail_after(int count, int code);
  void repair();
  /// Writes and syncs wait from now on until release(), which the same thread calls.
  void hold();
  void release();
  /// Writes and syncs that were attempted so far.
  int operations() const;
  /// Syncs alone; in our mode a commit is one.
  int syncs() const;
};

}  // namespace vcsr
