#pragma once

/** Envelope, fields and file together: what `io/archive.hpp` offers. */
#include <attain/io/impl/archive_body.hpp>
#include <attain/io/impl/archive_envelope.hpp>
#include <attain/io/impl/archive_evaluation.hpp>
#include <attain/io/impl/archive_file.hpp>
#include <attain/io/impl/archive_ledger.hpp>
#include <attain/io/impl/archive_programme.hpp>

#include <utility>

namespace attain::inline v0::io {
namespace detail {

/// What comes out of the body of a snapshot of that kind.
template <class T>
struct body_of;

template <>
struct body_of<programme> {
  programme_spec value;

  static const programme_spec& from(const programme& plan) noexcept { return plan.spec(); }
  programme finish() && { return programme(std::move(value)); }
};

template <>
struct body_of<ledger> {
  ledger_image value;

  static ledger_image_view from(const ledger& book) { return image_of(book); }
  ledger finish() && { return ledger_from(std::move(value)); }
};

template <>
struct body_of<method_spec> {
  method_spec value;

  static method_spec from(const method_spec& method) { return checked(method); }
  method_spec finish() && { return checked(std::move(value)); }
};

template <>
struct body_of<evaluation> {
  evaluation_parts value;

  static evaluation_view from(const evaluation& now) {
    refuse_functions_of_the_user(now.data());
    return evaluation_view(now);
  }
  evaluation finish() && { return evaluation_of(std::move(value)); }
};

/// The value of a body, whatever an envelope said of it.
template <Snapshot T>
T from_body(std::string_view body, snapshot_form form) {
  body_of<T> read;
  read_body(body, form, read.value);
  return std::move(read).finish();
}

}  // namespace detail

template <Snapshot T>
std::string to_snapshot(const T& value, snapshot_form form) {
  const auto& whole = detail::body_of<T>::from(value);
  return detail::seal(detail::kind_of<T>, form, [&](detail::growing_body& to) {
    if constexpr (std::is_same_v<T, ledger>) detail::reserve_for_body(to, detail::bytes_of(whole));
    if constexpr (std::is_same_v<T, evaluation>) detail::reserve_for_body(to, detail::bytes_of_body(whole));
    detail::write_body(whole, form, to);
  });
}

template <Snapshot T>
T from_snapshot(std::string_view bytes) {
  const detail::opened_snapshot opened = detail::unseal(bytes, detail::kind_of<T>);
  return detail::from_body<T>(opened.body, opened.info.form);
}

template <Snapshot T>
void save_snapshot(const T& value, const std::string& path, snapshot_form form) {
  detail::posix_files files;
  detail::replace_file(files, path, to_snapshot(value, form));
}

template <Snapshot T>
T load_snapshot(const std::string& path) {
  return from_snapshot<T>(read_snapshot_file(path));
}

}  // namespace attain::inline v0::io
