#pragma once
/** Snapshots: programmes, ledgers, evaluations and methods as bytes, through Boost.Serialization (docs/snapshots.md).

  A snapshot is one line of ASCII, the envelope, and a body behind it. The envelope says format version, form, kind, the version
  of the library that wrote it, the length of the body and a checksum of everything. It is checked before anything in the body is
  read, so that damage, a file cut short and a newer version are refused. The body is read without trust all the same: it holds
  values only, never pointers; counts are checked against the bytes that are left; references are checked, and what comes out is
  made by the same constructors as ever. A checksum finds damage, it does not prove where bytes come from.

  The binary form has numbers of fixed width, little-endian, and columns as whole arrays; the text form holds the same fields as
  ASCII numbers and UTF-8 text and may be compared line by line. Both give back equal values, numbers to the last bit.

  What cannot be read throws `invalid_input`: `malformed` for what is no snapshot, or one of another kind; `newer_version`;
  `damaged` for a wrong length or checksum; `out_of_range`, `too_large`, `too_deep`, `not_finite` and the like for a field
  (`where` is its name); `unreadable_file`. A programme or method that breaks a rule throws `invalid_programme`. Nothing is read
  in half.

  Link `attain::archive`, which brings Boost.Serialization 1.74 or later.
*/
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/core/version.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/ledger_image.hpp>
#include <attain/model/method.hpp>
#include <attain/model/programme.hpp>
#include <attain/model/validate_method.hpp>
#include <attain/model/words.hpp>

#include <boost/archive/archive_exception.hpp>
#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/archive/text_iarchive.hpp>
#include <boost/archive/text_oarchive.hpp>
#include <boost/serialization/array_wrapper.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace attain::inline v0::io {

/// The newest format that is written; this and all older ones are read.
inline constexpr std::uint32_t snapshot_version = 1;

enum class snapshot_kind : std::uint8_t { programme, ledger, evaluation, method };
enum class snapshot_form : std::uint8_t { binary, text };

/// The enumerator's own name.
std::string_view to_string(snapshot_kind kind) noexcept;
std::string_view to_string(snapshot_form form) noexcept;

/// What an envelope says.
struct snapshot_info {
  std::uint32_t version = 0;  ///< of the format
  snapshot_form form = snapshot_form::binary;
  snapshot_kind kind = snapshot_kind::programme;
  std::string written_by{};  ///< version of the library
  std::uint64_t length = 0;  ///< of the body, in bytes
  std::uint64_t checksum = 0;

  friend bool operator==(const snapshot_info&, const snapshot_info&) = default;
};

/// What can be a snapshot: `programme`, `ledger`, `evaluation`, `method_spec`.
template <class T>
concept Snapshot =
    std::is_same_v<T, programme> || std::is_same_v<T, ledger> || std::is_same_v<T, evaluation> || std::is_same_v<T, method_spec>;

/** The snapshot of a value.

  An evaluation is its programmes, its ledger, the days and methods asked for, and every result as it was judged. Reading one
  judges nothing: results are those that were saved, while `explain` and `findings` work out their steps from the programme and
  the ledger inside. One that used functions of the user throws `invalid_option` (`unsupplied_custom`), since no file holds them.
*/
template <Snapshot T>
std::string to_snapshot(const T& value, snapshot_form form = snapshot_form::binary);

/// The value of a snapshot of that kind.
template <Snapshot T>
T from_snapshot(std::string_view bytes);

/** Puts a snapshot in the place of a file: wholly, or not at all.

  The bytes go to a new file beside it and to the disk before that takes the name, so that a crash leaves the old file or the new
  one. Throws `invalid_input` (`unwritable_file`) if something on the way fails; the old file is then as it was and the new one
  gone, unless all that failed was to bring the new name to the disk. What is no ordinary file, such as a folder or a pipe, is not
  replaced; a symbolic link stays, what it leads to is replaced.
*/
template <Snapshot T>
void save_snapshot(const T& value, const std::string& path, snapshot_form form = snapshot_form::binary);

template <Snapshot T>
T load_snapshot(const std::string& path);

/// What the envelope of a snapshot says; nothing else of it is looked at.
snapshot_info inspect_snapshot(std::string_view bytes);
snapshot_info inspect_snapshot_file(const std::string& path);

/// All bytes of a snapshot file. Reads no more than the envelope of a file that is none, or not as long as it says.
std::string read_snapshot_file(const std::string& path);

}  // namespace attain::inline v0::io

#include <attain/io/impl/archive_snapshot.hpp>
