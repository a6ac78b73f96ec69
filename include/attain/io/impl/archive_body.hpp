#pragma once

/** Bodies of snapshots: a value through an archive of one form or the other. */
#include <attain/core/column_memory.hpp>
#include <attain/io/impl/archive_counter.hpp>
#include <attain/io/impl/archive_reader.hpp>
#include <attain/io/impl/archive_writer.hpp>

#include <istream>
#include <locale>
#include <ostream>

namespace attain::inline v0::io::detail {

// Boost's own header and class versions stay out: the envelope has the version, and a body is then the same by any Boost.
inline constexpr unsigned archive_flags = boost::archive::no_header | boost::archive::no_codecvt | boost::archive::no_tracking;

/// Memory that is asked for once is not copied while it grows.
inline void reserve_for_body(growing_body& body, std::size_t bytes) {
  std::string& to = body.bytes();
  to.reserve(to.size() + bytes);
  attain::detail::ask_for_large_pages(to.data() + to.size(), to.capacity() - to.size());
}

/// What is columns for the most part, so that its length is soon known.
template <class T>
inline constexpr bool is_of_columns = std::is_same_v<T, ledger_image_view> || std::is_same_v<T, evaluation_data>;

template <class T>
void write_body(const T& value, snapshot_form form, growing_body& to) {
  body_sink sink(to);
  std::ostream stream(&sink);
  stream.imbue(std::locale::classic());
  if (form == snapshot_form::text) {
    boost::archive::text_oarchive archive(stream, archive_flags);
    archive_writer fields(archive, stream, to);
    fields_of(fields, value);
    fields.finish();
  } else {
    boost::archive::binary_oarchive archive(sink, archive_flags);
    archive_writer fields(archive, stream, to);
    if constexpr (is_of_columns<T>) fields.ends_after(bytes_of(value));
    fields_of(fields, value);
    fields.finish();
  }
}

/// A body without an envelope.
template <class T>
void write_body(const T& value, snapshot_form form, std::string& to) {
  growing_body body(to, {});
  write_body(value, form, body);
}

template <class T>
void read_body(std::string_view body, snapshot_form form, T& value) {
  body_source source(body);
  const auto read = [&](auto& archive) {
    archive_reader fields(archive, source);
    try {
      fields_of(fields, value);
    } catch (const boost::archive::archive_exception&) {
      fields.refuse(code::malformed, "", "", "the snapshot ends within a field, or holds something else");
    }
    fields.finish();
  };
  if (form == snapshot_form::text) {
    std::istream stream(&source);
    stream.imbue(std::locale::classic());
    boost::archive::text_iarchive archive(stream, archive_flags);
    read(archive);
  } else {
    boost::archive::binary_iarchive archive(source, archive_flags);
    read(archive);
  }
}

}  // namespace attain::inline v0::io::detail
