#pragma once
/** Results of IATI activities, version 2.03, as a programme and its observations (docs/iati.md).

  An activity is a project, a result a project within it, an indicator an indicator, each period with its targets a target of that
  window, an actual an observation. Nothing is guessed: what the file does not say (direction, accumulation) is said by the
  options or stays open, a value that is no number is kept as text, and flags that contradict values are findings.

  A file is read as a stream, one activity at a time: beside what comes out, memory holds one activity (`max_activity_bytes` of
  text at most) and one tag (`max_tag_bytes`). A DOCTYPE is refused before anything of it is read, so there are no entities to
  expand and nothing is fetched. Where there is an error, nothing is imported; with `partial` the activities without one are.

  `where` of a finding is `file:line:column#path`, the path as in `iati-activity[2]/result[1]/indicator[3]/@measure`.
*/
#include <attain/core/date.hpp>
#include <attain/core/finding.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/model/programme.hpp>

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io {

inline constexpr std::size_t max_activity_findings = 1000;  ///< of one activity; the rest is counted in one more
inline constexpr std::size_t max_activity_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_tag_bytes = std::size_t{1} << 20;

/// What an IATI file does not say.
struct iati_options {
  std::string id = "iati";  ///< of the programme
  /// What an actual of measure 1 (unit) is: `level`, `increment` or `running_total`.
  indicator_kind kind = indicator_kind::level;
  /// The aim of targets whose indicator says nothing of `ascending`: `at_least` or `at_most`; none: they have no aim.
  std::optional<aim_kind> direction{};
  /// When the file was published; none: each entry on the last day of its period.
  std::optional<date> recorded{};
  /// Whether activities without an error are read where others have one.
  bool partial = false;
};

/// One activity with results.
struct iati_activity {
  project_spec project{};
  std::vector<indicator_spec> indicators{};
  std::vector<place_spec> places{};  ///< all within the root place `all`
  std::vector<observation> observations{};
  std::vector<finding> findings{};  ///< all, in the order of the file

  /// Whether a finding is an error; then the rest is as far as it could be read.
  bool is_refused() const noexcept;
};

/** Calls @p visit for each activity that has results or findings, in the order of the file, and forgets it.

  @param file stands in the places of findings; it is not opened.
  Throws `invalid_input` for what is no IATI text, for a stream that fails, and `invalid_option`. What was visited before is no
  half of an import: whoever collects, collects all or nothing.
*/
void visit_iati(std::istream& xml, const iati_options& options, const std::function<void(iati_activity&&)>& visit,
                std::string_view file = {});

struct iati_results {
  programme plan;
  ledger book;
  std::vector<finding> findings;  ///< warnings and notes; with `partial` also the errors of what was left out
  std::size_t refused = 0;        ///< activities left out
};

/// Everything as one programme and ledger. Throws `invalid_input` with all errors (200 at most), as `visit_iati`, and
/// `invalid_programme` where the activities cannot be one programme.
iati_results iati_from_xml(std::string_view xml, const iati_options& options = {}, std::string_view file = {});
iati_results read_iati(std::istream& xml, const iati_options& options = {}, std::string_view file = {});
iati_results read_iati(const std::string& path, const iati_options& options = {});

/// What IATI demands and a programme does not say.
struct iati_publisher {
  std::string ref{};        ///< of the reporting organisation, such as "XM-DAC-41121"
  std::string type = "80";  ///< code of OrganisationType
  std::string name{};
  std::string activity_status = "2";  ///< of activities that do not say; code of ActivityStatus
};

struct iati_text {
  std::string xml;
  std::vector<finding> losses;  ///< notes: what IATI has no word for
};

/** The activities of a programme with what the ledger says of it, as IATI 2.03.

  Reading gives again what docs/iati.md maps. Of each identity (rule R1) the entry recorded last is written. `where` of a loss is
  the JSON pointer of the field, or the id of an indicator. Throws `invalid_input` for text that XML cannot hold (controls).
*/
iati_text to_iati(const programme& plan, const ledger& book, const iati_publisher& publisher = {});

}  // namespace attain::inline v0::io
