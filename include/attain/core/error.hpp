#pragma once

/** The exceptions of the library.

  An error carries every problem found, not only the first. Broken input and impossible
  requests throw; incomplete data never does (it gives an answer with a reason, see
  core/answer.hpp). Errors are copied without throwing.
*/

#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// Base of all errors. `what()` is one line for each finding: the first 20, then how many more.
class error : public std::runtime_error {
 public:
  /// Precondition: at least one finding.
  explicit error(std::vector<finding> findings);
  explicit error(finding only);

  const std::vector<finding>& findings() const noexcept { return *findings_; }

  /// The code of the first finding.
  attain::code code() const noexcept { return findings_->front().code; }

 private:
  std::shared_ptr<const std::vector<finding>> findings_;
};

/// A programme, portfolio or method that cannot be: its specification has errors.
class invalid_programme : public error {
 public:
  using error::error;
};

/// Text or a file that cannot be read: numbers, dates, units, JSON, CSV, archives.
class invalid_input : public error {
 public:
  using error::error;
};

/// An option or argument outside what the function accepts.
class invalid_option : public error {
 public:
  using error::error;
};

/// An observation that contradicts the ledger, such as one key with two contents.
class ledger_conflict : public error {
 public:
  using error::error;
};

/// The file of a ledger that cannot be used as asked: in use, damaged, changed by others, or on a disk that fails.
class store_error : public error {
 public:
  using error::error;
};

/// A look-up by an id that does not exist.
class unknown_id : public error {
 public:
  /// @param kind what was looked for: "target", "project", "place", …
  /// @param rather what the id is instead, if anything: "it is a project"
  unknown_id(std::string kind, std::string id, std::vector<std::string> nearest, std::string_view rather = {});

  const std::string& kind() const noexcept { return looked_up_->kind; }
  const std::string& id() const noexcept { return looked_up_->id; }
  /// Existing ids that resemble it, the closest first; may be empty.
  const std::vector<std::string>& nearest() const noexcept { return looked_up_->nearest; }

 private:
  struct look_up {
    std::string kind;
    std::string id;
    std::vector<std::string> nearest;
  };
  std::shared_ptr<const look_up> looked_up_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/error.ipp>
#endif
