// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/faulty_disk.hpp"

#include <atomic>
#include <map>
#include <mutex>

#include <sqlite3.h>

namespace vcsr {

namespace {

std::atomic<int> operations{0};
std::atomic<int> syncs{0};
std::atomic<int> good{INT_MAX};
std::atomic<int> fault{SQLITE_OK};

sqlite3_vfs* real_disk = nullptr;
sqlite3_vfs faulty_disk;
std::mutex gate;
std::mutex mutex;
/// SQLite has a table of functions per kind of file; each gets a faulty copy.
std::map<const sqlite3_io_methods*, sqlite3_io_methods> copies;
std::map<const sqlite3_io_methods*, const sqlite3_io_methods*> originals;

const sqlite3_io_methods& original(sqlite3_file* file) {
  const std::lock_guard lock(mutex);
  return *originals.at(file->pMethods);
}

bool fails() {
  const std::lock_guard pass(gate);
  ++operations;
  return good.fetch_sub(1) <= 1;
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  return fails() ? fault.load() : original(file).xWrite(file, bytes, count, offset);
}

int sync(sqlite3_file* file, int flags) {
  ++syncs;
  return fails() ? fault.load() : original(file).xSync(file, flags);
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* opened) {
  const int result = real_disk->xOpen(real_disk, name, file, flags, opened);
  if (result != SQLITE_OK) return result;
  const std::lock_guard lock(mutex);
  const auto [copy, added] = copies.try_emplace(file->pMethods, *file->pMethods);
  if (added) {
    copy->second.xWrite = write;
    copy->second.xSync = sync;
    originals[&copy->second] = file->pMethods;
  }
  file->pMethods = &copy->second;
  return SQLITE_OK;
}

}  // namespace

FaultyDisk::FaultyDisk() {
  sqlite3_initialize();
  real_disk = sqlite3_vfs_find(nullptr);
  faulty_disk = *real_disk;
  faulty_disk.zName = "faulty";
  faulty_disk.xOpen = open;
  sqlite3_vfs_register(&faulty_disk, 1);
  repair();
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&faulty_disk);
  sqlite3_vfs_register(real_disk, 1);
}

void FaultyDisk::fail_after(int count, int code) {
  fault = code;
  good = count;
}
void FaultyDisk::repair() { good = INT_MAX; }
void FaultyDisk::hold() { gate.lock(); }
void FaultyDisk::release() { gate.unlock(); }
int FaultyDisk::operations() const { return vcsr::operations; }
int FaultyDisk::syncs() const { return vcsr::syncs; }

}  // namespace vcsr
