#include "faulty_disk.hpp"

#include <atomic>
#include <cstddef>
#include <utility>

namespace attain::test {

namespace {

struct {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  std::atomic<long> calls{0};
  std::atomic<long> fails_at{0};
  std::atomic<bool> for_good{false};
  std::atomic<bool> has_failed{false};
  std::atomic<fault> how{fault::io_error};
  std::vector<disk_step>* steps = nullptr;
  bool syncs = true;
} disk;

/// @param make  makes the step, and is not called where nothing is remembered
template <class Make>
void remember(Make&& make) {
  if (disk.steps != nullptr) disk.steps->push_back(make());
}

/// Whether this call goes wrong.
bool goes_wrong() {
  const long n = ++disk.calls;
  const long at = disk.fails_at;
  const bool wrong = at != 0 && (n == at || (disk.for_good && n > at));
  if (wrong) disk.has_failed = true;
  return wrong;
}

int error_of_write() { return disk.how == fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE; }

/// An open file: what SQLite sees, and behind it the real one.
struct file {
  sqlite3_file base;
  const char* path;     ///< SQLite keeps it as long as the file is open
  bool is_new_journal;  ///< SQLite's own disk brings its folder to the disk with the first sync
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

file& of(sqlite3_file* one) { return *reinterpret_cast<file*>(one); }
sqlite3_file* real(sqlite3_file* one) { return of(one).real(); }

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  return goes_wrong() ? SQLITE_IOERR_READ : real(f)->pMethods->xRead(real(f), to, size, at);
}
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  remember([&] {
    return disk_step{disk_step::kind::write, of(f).path, at, {static_cast<const char*>(from), static_cast<std::size_t>(size)}};
  });
  if (!goes_wrong()) return real(f)->pMethods->xWrite(real(f), from, size, at);
  if (size > 1) real(f)->pMethods->xWrite(real(f), from, size / 2, at);  // half of it arrives
  return error_of_write();
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  remember([&] { return disk_step{disk_step::kind::truncate, of(f).path, size}; });
  return goes_wrong() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) {
  remember([&] {
    return disk_step{.what = disk_step::kind::sync, .path = of(f).path, .and_folder = std::exchange(of(f).is_new_journal, false)};
  });
  if (goes_wrong()) return SQLITE_IOERR_FSYNC;
  return disk.syncs ? real(f)->pMethods->xSync(real(f), flags) : SQLITE_OK;
}
int size_of(sqlite3_file* f, sqlite3_int64* size) {
  return goes_wrong() ? SQLITE_IOERR_FSTAT : real(f)->pMethods->xFileSize(real(f), size);
}
int lock(sqlite3_file* f, int how) { return goes_wrong() ? SQLITE_IOERR_LOCK : real(f)->pMethods->xLock(real(f), how); }
int unlock(sqlite3_file* f, int how) { return real(f)->pMethods->xUnlock(real(f), how); }
int check_lock(sqlite3_file* f, int* held) { return real(f)->pMethods->xCheckReservedLock(real(f), held); }
int control(sqlite3_file* f, int what, void* with) { return real(f)->pMethods->xFileControl(real(f), what, with); }
int sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int device(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int map(sqlite3_file* f, int page, int size, int extend, void volatile** to) {
  return goes_wrong() ? SQLITE_IOERR_SHMMAP : real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
}
int shared_lock(sqlite3_file* f, int offset, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, n, flags); }
void barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }
int fetch(sqlite3_file* f, sqlite3_int64 at, int size, void** to) { return real(f)->pMethods->xFetch(real(f), at, size, to); }
int unfetch(sqlite3_file* f, sqlite3_int64 at, void* from) { return real(f)->pMethods->xUnfetch(real(f), at, from); }

const sqlite3_io_methods methods{3,       &close,      &read,    &write,  &truncate, &sync, &size_of,     &lock,
                                 &unlock, &check_lock, &control, &sector, &device,   &map,  &shared_lock, &barrier,
                                 &unmap,  &fetch,      &unfetch};

int open(sqlite3_vfs*, const char* name, sqlite3_file* to, int flags, int* opened) {
  to->pMethods = nullptr;
  of(to).path = name == nullptr ? "" : name;
  constexpr int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  of(to).is_new_journal = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
  if (name != nullptr) remember([&] { return disk_step{disk_step::kind::open, name}; });
  if (goes_wrong()) return SQLITE_CANTOPEN;
  const int result = disk.real->xOpen(disk.real, name, real(to), flags, opened);
  if (real(to)->pMethods != nullptr) to->pMethods = &methods;
  return result;
}
int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  remember([&] { return disk_step{.what = disk_step::kind::remove, .path = name, .and_folder = sync_folder != 0}; });
  return goes_wrong() ? SQLITE_IOERR_DELETE : disk.real->xDelete(disk.real, name, sync_folder);
}
int access(sqlite3_vfs*, const char* name, int flags, int* result) {
  return goes_wrong() ? SQLITE_IOERR_ACCESS : disk.real->xAccess(disk.real, name, flags, result);
}

}  // namespace

faulty_disk::faulty_disk() {
  disk.real = sqlite3_vfs_find(nullptr);
  disk.vfs = *disk.real;
  disk.vfs.pNext = nullptr;
  disk.vfs.zName = "faulty";
  disk.vfs.szOsFile = static_cast<int>(sizeof(file)) + disk.real->szOsFile;
  disk.vfs.xOpen = &open;
  disk.vfs.xDelete = &remove;
  disk.vfs.xAccess = &access;
  disk.steps = nullptr;
  disk.syncs = true;
  work_again();
  sqlite3_vfs_register(&disk.vfs, 1);
}

faulty_disk::~faulty_disk() {
  sqlite3_vfs_unregister(&disk.vfs);
  sqlite3_vfs_register(disk.real, 1);
}

void faulty_disk::fail_at(long n, fault how, bool for_good) {
  disk.calls = 0;
  disk.how = how;
  disk.for_good = for_good;
  disk.has_failed = false;
  disk.fails_at = n;
}

void faulty_disk::work_again() {
  disk.fails_at = 0;
  disk.calls = 0;
}

void faulty_disk::remember(std::vector<disk_step>& steps) { disk.steps = &steps; }
void faulty_disk::stop_syncing() { disk.syncs = false; }

long faulty_disk::calls() const { return disk.calls; }
bool faulty_disk::has_failed() const { return disk.has_failed; }

}  // namespace attain::test
