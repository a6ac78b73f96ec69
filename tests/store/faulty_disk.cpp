#include "faulty_disk.hpp"

#include <atomic>
#include <cstddef>

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
} disk;

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
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

file& of(sqlite3_file* one) { return *reinterpret_cast<file*>(one); }
sqlite3_file* real(sqlite3_file* one) { return of(one).real(); }

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  return goes_wrong() ? SQLITE_IOERR_READ : real(f)->pMethods->xRead(real(f), to, size, at);
}
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  if (!goes_wrong()) return real(f)->pMethods->xWrite(real(f), from, size, at);
  if (size > 1) real(f)->pMethods->xWrite(real(f), from, size / 2, at);  // half of it arrives
  return error_of_write();
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  return goes_wrong() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) { return goes_wrong() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags); }
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
  if (goes_wrong()) return SQLITE_CANTOPEN;
  const int result = disk.real->xOpen(disk.real, name, real(to), flags, opened);
  if (real(to)->pMethods != nullptr) to->pMethods = &methods;
  return result;
}
int remove(sqlite3_vfs*, const char* name, int sync_folder) {
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

long faulty_disk::calls() const { return disk.calls; }
bool faulty_disk::has_failed() const { return disk.has_failed; }

}  // namespace attain::test
