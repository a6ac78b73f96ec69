#pragma once

#include <attain/engine/impl/compile_outcomes.hpp>
#include <attain/engine/impl/judge_by_each.hpp>
#include <attain/engine/impl/node_costs.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/engine/impl/place_sums.hpp>
#include <attain/engine/impl/touched.hpp>
#include <attain/engine/impl/tracked_entries.hpp>
#include <attain/engine/impl/tracked_nodes.hpp>
#include <attain/engine/impl/tracked_routes.hpp>
#include <attain/engine/tracker.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace attain::inline v0 {
namespace detail {

inline constexpr std::uint32_t many_places = 32;  // from here on sums of children are kept instead of added up again

/// What is known of a reading cell that an observation touched.
struct touched_place {
  std::optional<member_row> own{};
  std::optional<tracked_entries> entries{};
  std::optional<place_sums> sums{};  ///< of its children
};

}  // namespace detail

struct tracker::state {
  portfolio plan;
  ledger book;
  evaluate_options options;
  std::shared_ptr<attain::compiled> from{};
  detail::chosen_methods methods{};  // the first of the options, if any

  // Per key: the day it is read at, its current columns, and who depends on it.
  std::vector<std::int32_t> key_day{};
  std::vector<member_columns> columns{};
  std::vector<std::vector<std::uint32_t>> weighs{};                               // keys that it weights
  std::vector<std::vector<std::uint32_t>> judged_by{};                            // targets
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> period_of{};  // targets and number of the period
  std::vector<std::int32_t> full_before{};                                        // entries of earlier days cost a full run

  std::vector<std::uint8_t> is_mixed{};  // by key: an entry came since that may be an interval, whatever was compiled

  std::vector<std::uint32_t> whole_of{};            // target plan → partition it is a part of
  std::vector<std::uint32_t> parent{};              // of reading cells
  detail::touched<detail::touched_place> places{};  // by reading cell
  detail::tracked_routes routes{};
  bool always_full = false;  // whether what judges asks for more than is tracked

  cell_columns cells{};
  cell_columns judged{};  // memory for a column of a method of the user
  detail::tracked_nodes nodes{};
  tracked_changes changes{};
  std::vector<std::pair<std::uint32_t, cell_result>> cells_before{};  // touched by an observation, with what they were
  std::optional<detail::own_events> events{};
  std::vector<std::pair<double, double>> amounts{};  // memory for `own_row_of_plain`
  detail::member_row row_before{}, row_after{};      // likewise for `place_changed`
  std::vector<std::uint32_t> places_changed{};       // likewise

  using route = detail::tracked_routes::route;
  struct arrival {
    series_id series;
    std::int32_t first_day;
    std::int32_t last_day;
    std::int32_t recorded;
    double amount;
    bool is_plain;
    bool is_share;
  };

  // -- a full run -----------------------------------------------------------------------------------

  void run() {
    from = detail::compile_own(plan, book, options.known_at, options.custom.get(), options.threads);
    const attain::compiled& c = *from;
    const std::int32_t known = options.known_at ? options.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
    events.emplace(gatherer(c.bound, book.view(), known));
    places.start(c.readings.place.size());
    routes.start(c, plan);

    const std::size_t keys = c.readings.keys.size();
    key_day.assign(keys, options.as_of.days());
    judged_by.assign(keys, {});
    period_of.assign(keys, {});
    weighs.assign(keys, {});
    is_mixed.assign(keys, 0);
    whole_of.assign(c.cells.targets.size(), none);
    for (std::uint32_t t = 0; t < c.cells.targets.size(); ++t) {
      const target_plan& target = c.cells.targets[t];
      judged_by[target.key].push_back(t);
      for (std::uint32_t i = 0; i < target.period_count; ++i) {
        const std::uint32_t key = c.cells.period_keys[target.first_period_key + i];
        period_of[key].emplace_back(t, i);
        key_day[key] = (std::numeric_limits<std::int32_t>::max)();
      }
      if (target.previous_key != none) {
        period_of[target.previous_key].emplace_back(t, none);
        key_day[target.previous_key] = (std::numeric_limits<std::int32_t>::max)();
      }
      for (std::uint32_t p = 0; p < target.part_count; ++p) whole_of[c.cells.parts[target.first_part + p]] = t;
    }
    for (std::uint32_t k = static_cast<std::uint32_t>(keys); k-- > 0;) {
      const reading_key& key = c.readings.keys[k];
      for (std::uint32_t m = 0; m < key.member_count; ++m) {
        const key_member& member = c.readings.members[key.first_member + m];
        if (member.weight_key == none) continue;
        key_day[member.weight_key] = key_day[k];
        weighs[member.weight_key].push_back(k);
      }
    }
    full_before.assign(keys, (std::numeric_limits<std::int32_t>::min)());
    for (std::uint32_t k = 0; k < keys; ++k) {
      const reading_key& key = c.readings.keys[k];
      if (key.divided || key.uses_goals) {  // shares of goals, single categories
        full_before[k] = (std::numeric_limits<std::int32_t>::max)();
      } else if (gives_baseline(k)) {
        full_before[k] = key.start;
      }
    }
    parent.assign(c.readings.place.size(), none);
    for (std::uint32_t cell = 0; cell < parent.size(); ++cell) {
      for (std::uint32_t i = 0; i < c.readings.child_count[cell]; ++i) parent[c.readings.child_begin[cell] + i] = cell;
    }

    columns.assign(keys, {});
    reader readings(c);
    for (std::uint32_t k = 0; k < keys; ++k) {
      readings.read(k, key_day[k]);
      columns[k] = readings.columns();
    }
    methods = detail::choose_methods(plan, options);
    methods.resize((std::min)(methods.size(), std::size_t{1}));
    always_full = uses_series() || detail::asks_for_costs(c, by());
    const evaluation all = detail::evaluate(plan, book, from, std::span(&options.as_of, 1), options.threads, methods)[0];
    cells = all.data().cells;
    nodes.start(*from, plan, cells, options.as_of.days(), by(), all.data().nodes, all.data().weights);
    changes.cells.resize(cells.size());
    for (std::uint32_t i = 0; i < cells.size(); ++i) changes.cells[i] = i;
    changes.nodes.resize(nodes.results().size());
    for (std::uint32_t i = 0; i < changes.nodes.size(); ++i) changes.nodes[i] = i;
  }

  // -- one observation ------------------------------------------------------------------------------

  // The ledger has a new row.
  void appended(const arrival& row) {
    events->gather().move_to(book.view());
    cells_before.clear();
    nodes.before.clear();
    const auto where = routes.find(book.view(), row.series);
    if (!where || always_full || row.is_share || needs_full_run(*where, row.last_day)) return run();
    for (const route& r : *where) update_own(r, row);
    detail::list_changed(cells_before, cells, changes.cells);
    detail::list_changed(nodes.before, nodes.results(), changes.nodes);
  }

  bool needs_full_run(std::span<const route> where, std::int32_t last_day) const noexcept {
    return std::any_of(where.begin(), where.end(), [&](const route& r) { return last_day < full_before[r.key]; });
  }

  // Whether a baseline is read from this key, or from one that it weights (rule B1).
  bool gives_baseline(std::uint32_t k) const {
    return std::any_of(judged_by[k].begin(), judged_by[k].end(),
                       [&](std::uint32_t t) { return from->cells.targets[t].reads_eve; }) ||
           std::any_of(weighs[k].begin(), weighs[k].end(), [&](std::uint32_t user) { return gives_baseline(user); });
  }

  void update_own(const route& r, const arrival& row) {
    const reading_key& key = from->readings.keys[r.key];
    const programme& p = plan.programmes()[key.programme];
    const std::uint32_t place = from->readings.place[r.cell];
    const detail::own_events::place_of_key of{
        .plan = &p,
        .key = &key,
        .members = std::span(from->readings.members).subspan(key.first_member, key.member_count),
        .place = place,
        .at_root = p.place_parents()[place] == none};
    const std::int32_t day = (std::min)(key_day[r.key], key.due);
    if (!row.is_plain) is_mixed[r.key] = 1;
    detail::touched_place& here = places.get(r.cell).first;
    if (!here.own) here.own.emplace();
    if (update_entries(of, r, row, here) && events->fold_plain_entries(of, here.entries->members())) {
      own_row_of_plain(key, day, *here.own);
    } else {
      events->make(of);
      own_row_of_any(key, day, *here.own);
    }
    place_changed(r.key, r.cell);
  }

  // True if all that was ever reported there is plain, and then the entries are kept.
  bool update_entries(const detail::own_events::place_of_key& of, const route& r, const arrival& row,
                      detail::touched_place& here) {
    const bool is_new = !here.entries;
    if (is_new) here.entries.emplace();
    detail::tracked_entries& entries = *here.entries;
    if (!entries.are_plain()) return false;
    if (is_new) {
      entries.gather(*events, of);
    } else if (!row.is_plain) {
      entries.give_up();
    } else if (!options.known_at || row.recorded <= options.known_at->days()) {
      entries.insert(r.member, {{row.first_day, row.last_day, r.scale(row.amount)}, row.recorded});
    }
    return entries.are_plain();
  }

  // From the events just made.
  void own_row_of_plain(const reading_key& key, std::int32_t day, detail::member_row& to) {
    const plain_events& plain = events->plain;
    const auto number = static_cast<std::size_t>(std::upper_bound(plain.day.begin(), plain.day.end(), day) - plain.day.begin());
    if (number == 0) return own_row(key, day, nullptr, {}, to);
    const std::size_t at = number - 1;
    const event e{.day = plain.day[at],
                  .data_day = plain.day[at],
                  .reach = plain.day[at],
                  .covered = static_cast<double>(plain.covered[at]),
                  .missing = plain.covered[at] == 0 ? detail::as_missing(reason::no_observation) : std::uint8_t{0}};
    amounts.clear();
    for (std::uint32_t m = 0; m < key.member_count; ++m) {
      const double amount = plain.amount[at * key.member_count + m];
      amounts.emplace_back(amount, amount);
    }
    own_row(key, day, &e, amounts, to);
  }

  void own_row_of_any(const reading_key& key, std::int32_t day, detail::member_row& to) const {
    const event* e = event_at(events->events, day);
    if (e == nullptr) return own_row(key, day, nullptr, {}, to);
    const auto at = static_cast<std::size_t>(e - events->events.data());
    own_row(key, day, e, std::span(events->amounts).subspan(at * key.member_count, key.member_count), to);
  }

  // As `read_own`: the event that holds at the close of the day, if any, with the ends of each member's amount.
  static void own_row(const reading_key& key, std::int32_t day, const event* e, std::span<const std::pair<double, double>> ends,
                      detail::member_row& to) {
    to.low.assign(key.member_count, 0);
    to.high.assign(key.member_count, 0);
    to.seen = e != nullptr;
    if (e == nullptr) {
      to.missing = detail::as_missing(reason::no_observation);
      to.open = to.own = 0;
      to.covered = 0;
      to.data_day = to.reach = 0;
      return;
    }
    to.missing = e->missing;
    to.open = static_cast<std::uint8_t>((e->low_open ? detail::low_end : 0) | (e->high_open ? detail::high_end : 0));
    to.data_day = key.immediate ? day : e->data_day;
    to.reach = key.immediate ? day : e->reach;
    const bool stale = key.joint ? day > e->fresh_until : day - to.data_day > key.maximum_age;
    if (to.missing == 0 && stale) to.missing = detail::as_missing(reason::stale);
    to.own = to.missing == 0 || to.missing == detail::as_missing(reason::ambiguous);
    to.covered = key.covered_in_days ? e->covered / (day - key.start + 1) : e->covered;
    for (std::uint32_t m = 0; m < key.member_count; ++m) {
      to.low[m] = ends[m].first;
      to.high[m] = ends[m].second;
    }
  }

  // -- up the places --------------------------------------------------------------------------------

  void place_changed(std::uint32_t k, std::uint32_t cell) {
    const reading_key& key = from->readings.keys[k];
    std::vector<std::uint32_t> changed = std::exchange(places_changed, {});
    changed.clear();
    detail::member_row& before = row_before;
    detail::member_row& after = row_after;
    for (std::uint32_t at = cell; at != none; at = parent[at]) {
      const std::size_t row = at - key.first_cell;
      detail::take(columns[k], row, key.member_count, before);
      recombine(k, key, at);
      detail::take(columns[k], row, key.member_count, after);
      if (before == after) break;
      changed.push_back(at);
      if (parent[at] != none) tell_parent(key, at, before, after);
    }
    if (!changed.empty()) {
      for (const std::uint32_t user : weighs[k]) weights_changed(user, changed);
      for (const auto& [target, number] : period_of[k]) period_changed(target, number, changed);
      for (const std::uint32_t target : judged_by[k]) judge_again(target, changed);
    }
    places_changed = std::move(changed);
  }

  void recombine(std::uint32_t k, const reading_key& key, std::uint32_t at) {
    const std::size_t row = at - key.first_cell;
    member_columns& to = columns[k];
    const detail::touched_place* const here = places.find(at);
    if (here != nullptr && here->own) {
      detail::put(to, row, key.member_count, *here->own);
    } else {
      read_own(*from, key, at, (std::min)(key_day[k], key.due), to, row);
    }
    if (from->readings.child_count[at] < detail::many_places || !sums_only(key) || to.own[row] != 0) {
      std::vector<const member_columns*> weights;
      if (key.first_weight != none) {
        for (std::uint32_t m = 0; m < key.member_count; ++m) {
          const std::uint32_t weight_key = from->readings.members[key.first_member + m].weight_key;
          weights.push_back(weight_key == none ? nullptr : &columns[weight_key]);
        }
      }
      return combine_at(k, at, to, weights);
    }
    const detail::place_sums& sums = sums_at(k, key, at);
    detail::member_row result;
    detail::take(to, row, key.member_count, result);
    const bool own_reason = result.seen != 0 && result.missing != 0;
    result.seen = result.seen != 0 || sums.seen();
    if (sums.any()) {
      if (!sums.write(result)) return combine_at(k, at, to, {});
      result.missing = 0;
      result.data_day = sums.data_day;
      result.reach = sums.reach;
    } else if (!own_reason) {
      const bool lacks = from->readings.lacks_children[at] != 0;
      result.missing =
          detail::first_of(sums.first_missing(), lacks ? detail::as_missing(reason::no_observation) : std::uint8_t{0});
    }
    detail::put(to, row, key.member_count, result);
  }

  void combine_at(std::uint32_t k, std::uint32_t at, member_columns& to, std::span<const member_columns* const> weights) const {
    reading_key key = from->readings.keys[k];
    if (is_mixed[k] != 0) key.plain = false;
    combine_children(*from, key, at, to, weights);
  }

  bool sums_only(const reading_key& key) const {
    for (std::uint32_t m = 0; m < key.member_count; ++m) {
      if (from->readings.members[key.first_member + m].across != combination::sum) return false;
    }
    return true;
  }

  detail::place_sums& sums_at(std::uint32_t k, const reading_key& key, std::uint32_t at) {
    std::optional<detail::place_sums>& sums = places.get(at).first.sums;
    if (sums) return *sums;
    sums.emplace();
    detail::member_row child;
    for (std::uint32_t i = 0; i < from->readings.child_count[at]; ++i) {
      const std::uint32_t c = from->readings.child_begin[at] + i;
      detail::take(columns[k], c - key.first_cell, key.member_count, child);
      sums->put(child, from->readings.share[c], 1);
    }
    find_days(k, key, at, *sums);
    return *sums;
  }

  void find_days(std::uint32_t k, const reading_key& key, std::uint32_t at, detail::place_sums& sums) const {
    sums.data_day = (std::numeric_limits<std::int32_t>::min)();
    sums.reach = (std::numeric_limits<std::int32_t>::max)();
    for (std::uint32_t i = 0; i < from->readings.child_count[at]; ++i) {
      const std::size_t row = from->readings.child_begin[at] + i - key.first_cell;
      if (columns[k].missing[row] != 0) continue;
      sums.data_day = (std::max)(sums.data_day, columns[k].data_day[row]);
      if (from->readings.share[from->readings.child_begin[at] + i] > 0)
        sums.reach = (std::min)(sums.reach, columns[k].reach[row]);
    }
  }

  void tell_parent(const reading_key& key, std::uint32_t child, const detail::member_row& before,
                   const detail::member_row& after) {
    detail::touched_place* const above = places.find(parent[child]);
    if (above == nullptr || !above->sums) return;
    detail::place_sums& sums = *above->sums;
    const double share = from->readings.share[child];
    sums.put(before, share, -1);
    sums.put(after, share, 1);
    const bool set_days = before.missing == 0 && (before.data_day == sums.data_day || before.reach == sums.reach);
    const bool still = after.missing == 0 && after.data_day >= before.data_day && after.reach <= before.reach;
    if (set_days && !still) {
      find_days(static_cast<std::uint32_t>(&key - from->readings.keys.data()), key, parent[child], sums);
    } else if (after.missing == 0) {
      sums.data_day = (std::max)(sums.data_day, after.data_day);
      if (share > 0) sums.reach = (std::min)(sums.reach, after.reach);
    }
  }

  void weights_changed(std::uint32_t user, const std::vector<std::uint32_t>& changed) {
    const reading_key& key = from->readings.keys[user];
    for (const std::uint32_t weight_cell : changed) {
      const std::uint32_t cell = routes.cell_at(key, from->readings.place[weight_cell]);
      if (cell != none && parent[cell] != none) place_changed(user, parent[cell]);
    }
  }

  // -- judging again --------------------------------------------------------------------------------

  cell_reading reading_of(std::uint32_t k, std::uint32_t cell) const {
    const reading_key& key = from->readings.keys[k];
    const std::size_t row = cell - key.first_cell;
    if (key.derive != derivation::custom) return derive(*from, key, columns[k], row);
    const std::uint32_t rows[] = {static_cast<std::uint32_t>(row)};
    std::vector<cell_reading> derived;
    derive_custom(*from, key, rows, columns[k], derived);
    return derived[0];
  }

  void period_changed(std::uint32_t t, std::uint32_t number, const std::vector<std::uint32_t>& changed) {
    const target_plan& target = from->cells.targets[t];
    const programme& p = plan.programmes()[target.programme];
    const terms now = detail::terms_at(p.targets()[target.target], options.known_at);
    for (const std::uint32_t reading : changed) {
      const auto cell = from->find_cell(t, from->readings.place[reading]);
      if (!cell) continue;
      outcome_again(t, *cell, number, now);
      if (now.aim->from_previous_period) outcome_again(t, *cell, number == none ? 0 : number + 1, now);
    }
    judge_again(t, changed);
  }

  using terms = detail::terms;

  void outcome_again(std::uint32_t t, std::uint32_t cell, std::uint32_t number, const terms& now) {
    const target_plan& target = from->cells.targets[t];
    if (number >= target.period_count) return;
    const std::uint32_t key = from->cells.period_keys[target.first_period_key + number];
    cell_goal goal = from->cells.goal[cell];
    if (now.aim->from_previous_period) {
      const std::uint32_t before =
          number == 0 ? target.previous_key : from->cells.period_keys[target.first_period_key + number - 1];
      goal_context context{.kind = plan.programmes()[target.programme].indicators()[indicator_of(target)].kind};
      if (before != none)
        context.baseline = detail::whole_amount(from->readings.keys[before], reading_at(before, from->cells.place[cell]));
      goal = goal_of(*now.aim, context);
    }
    const std::uint64_t at = target.first_outcome + std::uint64_t{cell - target.first_cell} * target.period_count + number;
    detail::put_outcome(from->cells, at, goal, from->readings.keys[key], reading_at(key, from->cells.place[cell]));
  }

  // Dated readings are taken from compiled events, which only a full run brings up to date.
  bool uses_series() const noexcept {
    if (by() != nullptr) return by()->series;
    return std::any_of(from->cells.methods.begin(), from->cells.methods.end(),
                       [](const used_method& method) { return method.series; });
  }

  const used_method* by() const noexcept { return methods.empty() ? nullptr : methods[0].get(); }
  const used_method& method_of(const target_plan& target) const noexcept { return from->method(target.method, by()); }

  std::uint32_t indicator_of(const target_plan& target) const {
    return plan.programmes()[target.programme].targets()[target.target].indicator;
  }

  cell_reading reading_at(std::uint32_t k, std::uint32_t place) {
    const std::uint32_t cell = routes.cell_at(from->readings.keys[k], place);
    return cell != none ? reading_of(k, cell) : cell_reading{.missing = detail::as_missing(reason::no_observation)};
  }

  void judge_again(std::uint32_t t, const std::vector<std::uint32_t>& changed) {
    const target_plan& target = from->cells.targets[t];
    if (method_of(target).function != nullptr) return judge_column_again(t);
    for (const std::uint32_t reading : changed) {
      if (const auto cell = from->find_cell(t, from->readings.place[reading])) judge_cell_again(t, *cell);
    }
  }

  void judge_cell_again(std::uint32_t t, std::uint32_t cell) {
    const target_plan& target = from->cells.targets[t];
    const used_method& method = method_of(target);
    const cell_reading reading = reading_of(target.key, from->cells.reading[cell]);
    const cell_result judged_now = judge_cell(*from, target, cell, reading, options.as_of.days());
    cell_result result = judged_now;
    const cell_measures measures(*from, target, cell, method.spec, judged_now, {});
    settle(*from, target, cell, method, method.judge(result.facts, measures), result);
    finish(t, cell, result);
  }

  // A method of the user judges the whole column of a target.
  void judge_column_again(std::uint32_t t) {
    const target_plan& target = from->cells.targets[t];
    judged.resize(cells.size(), !cells.measured.empty());
    const detail::judge_into into[] = {{by(), &judged, cell_writer(judged)}};
    const auto no_series = [] { return std::span<const dated_amount>(); };
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
      const cell_reading reading = reading_of(target.key, from->cells.reading[c]);
      detail::judge_by_each(*from, target, c, reading, options.as_of.days(), into, no_series);
    }
    detail::judge_column(*from, target, method_of(target), into[0]);
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) finish(t, c, judged[c]);
  }

  // Partitions (rule U4), then the nodes above.
  void finish(std::uint32_t t, std::uint32_t cell, cell_result result) {
    const std::uint32_t place = from->cells.place[cell];
    const target_plan& target = from->cells.targets[t];
    if (target.part_count > 0) stand_in(*from, target, place, cells, result);
    store(t, cell, result);
    if (whole_of[t] == none) return;
    const auto whole = from->find_cell(whole_of[t], place);
    if (!whole) return;
    if (method_of(target).function == nullptr) {
      judge_cell_again(whole_of[t], *whole);
    } else {
      judge_column_again(whole_of[t]);
    }
  }

  void store(std::uint32_t t, std::uint32_t cell, const cell_result& result) {
    const cell_result before = cells[cell];
    if (before == result) return;
    cell_writer(cells).put(cell, result);
    cells_before.emplace_back(cell, before);
    nodes.cell_changed(t, cell, before, result);
  }
};

ATTAIN_INLINE tracker::tracker(portfolio plan, ledger book, evaluate_options options)
    : state_(std::make_unique<state>(state{std::move(plan), std::move(book), std::move(options)})) {
  state_->run();
}
ATTAIN_INLINE tracker::~tracker() = default;
ATTAIN_INLINE tracker::tracker(tracker&&) noexcept = default;
ATTAIN_INLINE tracker& tracker::operator=(tracker&&) noexcept = default;

ATTAIN_INLINE date tracker::as_of() const noexcept { return state_->options.as_of; }
ATTAIN_INLINE const ledger& tracker::book() const noexcept { return state_->book; }
ATTAIN_INLINE const cell_columns& tracker::cells() const noexcept { return state_->cells; }
ATTAIN_INLINE std::span<const node_result> tracker::nodes() const noexcept { return state_->nodes.results(); }
ATTAIN_INLINE const attain::compiled& tracker::compiled() const noexcept { return *state_->from; }

ATTAIN_INLINE series_id tracker::series_for(const observation& like) { return state_->book.series_for(like); }
ATTAIN_INLINE batch_id tracker::batch_for(date recorded, std::string_view author, std::string_view source) {
  return state_->book.batch_for(recorded, author, source);
}

ATTAIN_INLINE const tracked_changes& tracker::apply(const ledger_row& row) {
  state_->book.append_row(row);
  state_->appended({.series = row.series,
                    .first_day = row.last_day - static_cast<std::int32_t>(row.length_and_flags & row_flag::length) + 1,
                    .last_day = row.last_day,
                    .recorded = state_->book.view().recorded(row.batch),
                    .amount = row.amount,
                    .is_plain = (row.length_and_flags & row_flag::content) == 0 && row.amount == row.high,
                    .is_share = (row.length_and_flags & row_flag::share_of_goal) != 0});
  return state_->changes;
}

ATTAIN_INLINE const tracked_changes& tracker::apply(const observation& entry) {
  const std::size_t before = state_->book.size();
  state_->book.append(entry);
  if (state_->book.size() == before) {  // the same entry under the same key
    state_->changes = {};
    return state_->changes;
  }
  const bool is_share = entry.form == amount_form::share_of_goal;
  const std::int32_t last_day = entry.about.last().days();
  state_->appended({.series = state_->book.series_for(entry),
                    .first_day = entry.about.start.days(),
                    .last_day = last_day,
                    .recorded = entry.recorded ? entry.recorded->days() : last_day,
                    .amount = entry.low,
                    .is_plain = entry.low == entry.high && !entry.low_open && !entry.high_open && !is_share && !entry.missing &&
                                !entry.withdrawn,
                    .is_share = is_share});
  return state_->changes;
}

ATTAIN_INLINE evaluation tracker::snapshot() const { return evaluate(state_->plan, state_->book, state_->options); }

ATTAIN_INLINE void tracker::move_to(date as_of) {
  state_->options.as_of = as_of;
  state_->run();
}

}  // namespace attain::inline v0
