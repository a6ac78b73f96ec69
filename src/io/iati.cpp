#include <attain/io/iati.hpp>

#include <attain/core/error.hpp>

#include "iati_reader.hpp"
#include "text_source.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <streambuf>
#include <unordered_map>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

/// Collects the elements of one activity after the other.
class activity_events final : public xml_events {
 public:
  activity_events(const iati_options& options, const std::function<void(iati_activity&&)>& visit, std::string_view file)
      : options_(options), visit_(visit), file_(file) {}

  void open(std::string_view name, std::span<const xml_attribute> attributes, xml_position at) override {
    ++depth_;
    if (depth_ == 1) {
      open_root(name, attributes, at);
    } else if (depth_ == 2) {
      if (name != "iati-activity") return;
      is_inside_ = true;
      elements_.begin(++activities_, name, attributes, at);
    } else if (is_inside_ && skipped_from_ == 0) {
      if (depth_ == 3 && !is_read(name)) {
        skipped_from_ = depth_;
        return;
      }
      elements_.open(name, attributes, at);
      if (elements_.bytes() > max_activity_bytes) refuse_size(at);
    }
  }

  void text(std::string_view piece) override {
    if (!is_inside_ || skipped_from_ != 0) return;
    elements_.text(piece);
    if (elements_.bytes() > max_activity_bytes) refuse_size(elements_[0].at);
  }

  void close(std::string_view) override {
    if (depth_ == 2 && is_inside_) {
      is_inside_ = false;
      finish_activity();
    } else if (is_inside_ && skipped_from_ == 0) {
      elements_.close();
    } else if (skipped_from_ == depth_) {
      skipped_from_ = 0;
    }
    --depth_;
  }

 private:
  void open_root(std::string_view name, std::span<const xml_attribute> attributes, xml_position at) {
    if (name != "iati-activities") {
      throw invalid_input(finding{severity::error, code::wrong_type, xml_place(file_, at), escaped_excerpt(name),
                                  "the element iati-activities", "the text holds no IATI activities"});
    }
    std::string_view version;
    for (const auto& [key, value] : attributes) {
      if (key == "version") version = value;
    }
    version_ = parse_iati_version(version);
    if (version_ == iati_version::two) return;
    iati_activity nothing;
    nothing.findings.push_back({severity::warning, code::unknown_version, xml_place(file_, at, "iati-activities/@version"),
                                escaped_excerpt(version), "2.01, 2.02 or 2.03",
                                version_ == iati_version::one ? "the file is read as version 1 of IATI"
                                                              : "the version is not known; the file is read as 2.03"});
    visit_(std::move(nothing));
  }

  [[noreturn]] void refuse_size(xml_position at) const {
    throw invalid_input(finding{severity::error,
                                code::too_large,
                                xml_place(file_, at, elements_.path(0)),
                                {},
                                "smaller activities",
                                "an activity takes more than " + std::to_string(max_activity_bytes >> 20) + " MiB"});
  }

  void finish_activity() {
    iati_activity made = read_activity(elements_, options_, version_, file_);
    if (!made.project.id.empty() && !made.indicators.empty()) {
      const xml_position at = elements_[0].at;
      const auto [first, is_new] = known_.try_emplace(made.project.id, at);
      if (!is_new) {
        made.findings.push_back(
            {severity::error, code::duplicate_id, xml_place(file_, at, elements_.path(0)), escaped_excerpt(made.project.id),
             "each identifier once",
             "the identifier of the activity is there twice; the first is at " + xml_place(file_, first->second)});
      }
    }
    check_activity(made, elements_, file_);
    elements_.clear();
    if (!made.indicators.empty() || !made.findings.empty()) visit_(std::move(made));
  }

  const iati_options& options_;
  const std::function<void(iati_activity&&)>& visit_;
  std::string_view file_;
  iati_version version_ = iati_version::two;
  std::uint32_t depth_ = 0;
  std::uint32_t skipped_from_ = 0;  ///< depth of the element that is passed over; 0: none is
  bool is_inside_ = false;
  std::uint32_t activities_ = 0;
  iati_elements elements_;
  std::unordered_map<std::string, xml_position> known_;
};

void check_options(const iati_options& options) {
  std::vector<finding> wrong;
  if (!is_accumulator(options.kind) && options.kind != indicator_kind::level) {
    wrong.push_back({severity::error,
                     code::invalid_option,
                     "kind",
                     {},
                     "level, increment or running_total",
                     "an actual cannot be of this kind"});
  }
  if (options.direction && *options.direction != aim_kind::at_least && *options.direction != aim_kind::at_most) {
    wrong.push_back({severity::error, code::invalid_option, "direction", {}, "at_least or at_most", "this is no direction"});
  }
  if (!wrong.empty()) throw invalid_option(std::move(wrong));
}

/// Activities as one programme and its observations.
class collected {
 public:
  collected(const iati_options& options, std::string_view file) : options_(options), file_(file) {
    spec_.id = options.id;
    spec_.places.push_back({.id = "all"});
  }

  void add(iati_activity&& activity) {
    const bool is_refused = activity.is_refused();
    if (is_refused) {
      ++refused_;
      for (finding& f : activity.findings) {
        if (f.severity == severity::error) keep_error(f);
      }
    }
    if (refused_ > 0 && !options_.partial) return;  // nothing will come out but the errors
    std::move(activity.findings.begin(), activity.findings.end(), std::back_inserter(findings_));
    if (is_refused || activity.indicators.empty()) return;
    std::move(activity.indicators.begin(), activity.indicators.end(), std::back_inserter(spec_.indicators));
    std::move(activity.places.begin(), activity.places.end(), std::back_inserter(spec_.places));
    std::move(activity.observations.begin(), activity.observations.end(), std::back_inserter(observations_));
    spec_.projects.push_back(std::move(activity.project));
  }

  iati_results finish() {
    if (refused_ > 0 && !options_.partial) {
      if (more_errors_ > 0) {
        errors_.push_back({severity::note,
                           code::too_large,
                           escaped_excerpt(file_, 400),
                           {},
                           {},
                           std::to_string(more_errors_) + " more problems are not listed"});
      }
      throw invalid_input(std::move(errors_));
    }
    programme plan(std::move(spec_));
    return {std::move(plan), ledger(observations_), std::move(findings_), refused_};
  }

 private:
  void keep_error(const finding& f) {
    if (errors_.size() < max_listed_problems) {
      errors_.push_back(f);
    } else {
      ++more_errors_;
    }
  }

  const iati_options& options_;
  std::string_view file_;
  programme_spec spec_;
  std::vector<observation> observations_;
  std::vector<finding> findings_;
  std::vector<finding> errors_;
  std::size_t more_errors_ = 0;
  std::size_t refused_ = 0;
};

/// A text as the source of a stream, without copying it.
class text_buffer final : public std::streambuf {
 public:
  explicit text_buffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

bool iati_activity::is_refused() const noexcept {
  return std::any_of(findings.begin(), findings.end(), [](const finding& f) { return f.severity == severity::error; });
}

void visit_iati(std::istream& xml, const iati_options& options, const std::function<void(iati_activity&&)>& visit,
                std::string_view file) {
  check_options(options);
  activity_events events(options, visit, file);
  parse_xml(xml, file, events);
}

iati_results read_iati(std::istream& xml, const iati_options& options, std::string_view file) {
  collected all(options, file);
  visit_iati(
      xml, options, [&](iati_activity&& activity) { all.add(std::move(activity)); }, file);
  return all.finish();
}

iati_results iati_from_xml(std::string_view xml, const iati_options& options, std::string_view file) {
  text_buffer buffer(xml);
  std::istream stream(&buffer);
  return read_iati(stream, options, file);
}

iati_results read_iati(const std::string& path, const iati_options& options) {
  require_whole_path(path);
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw invalid_input(finding{severity::error,
                                code::unreadable_file,
                                escaped_excerpt(path, 400),
                                {},
                                "a file that can be read",
                                "the file cannot be read: " + std::generic_category().message(errno)});
  }
  return read_iati(stream, options, path);
}

}  // namespace attain::inline v0::io
