#include "custom.hpp"

#include "bind.hpp"

#include <attain/judge/method.hpp>
#include <attain/model/words.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

/// Keeps a Python object from where there may be no GIL.
class kept_object {
 public:
  explicit kept_object(py::object one)
      : one_(new py::object(std::move(one)), [](py::object* kept) {
          const py::gil_scoped_acquire acquired;
          delete kept;
        }) {}
  const py::object& operator*() const { return *one_; }

 private:
  std::shared_ptr<py::object> one_;
};

/// A copy: what the function keeps stays valid.
template <class T>
py::array_t<T> array_of(std::span<const T> values) {
  return py::array_t<T>(static_cast<py::ssize_t>(values.size()), values.data());
}

/// What a function returned, as numbers of the wanted length.
void take_numbers(const py::object& returned, std::span<double> out, const char* what) {
  const py::array_t<double, py::array::c_style | py::array::forcecast> numbers(returned);  // throws what NumPy says
  if (numbers.ndim() != 1 || static_cast<std::size_t>(numbers.size()) != out.size()) {
    throw py::value_error(std::string(what) + " returned shape " + py::str(numbers.attr("shape")).cast<std::string>() + ", expected (" +
                          std::to_string(out.size()) + ",)");
  }
  std::copy_n(numbers.data(), out.size(), out.begin());
}

attain::formula_function formula_of(py::object function) {
  return [kept = kept_object(std::move(function))](std::span<const std::span<const double>> inputs, std::span<double> out) {
    const py::gil_scoped_acquire acquired;
    py::tuple arguments(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) arguments[i] = array_of(inputs[i]);
    take_numbers((*kept)(*arguments), out, "the formula function");
  };
}

attain::aggregator_function aggregator_of(py::object function) {
  return [kept = kept_object(std::move(function))](const attain::child_columns& of, std::span<double> out) {
    const py::gil_scoped_acquire acquired;
    const py::object call = from_package("attain.custom", "aggregate");
    take_numbers(call(*kept, array_of(of.value), array_of(of.weight), array_of(of.begin)), out, "the aggregator");
  };
}

using named_state = std::pair<std::string, std::string>;
using edge = std::pair<double, std::size_t>;

/// A method of `attain.custom.Method`, which has checked itself.
attain::custom_method method_of(const std::string& name, const py::object& from) {
  if (!py::isinstance(from, from_package("attain.custom", "Method"))) throw py::type_error(name + " is no attain.Method");
  from.attr("_check")();  // its attributes may have been changed since
  attain::method_spec spec;
  spec.name = name;
  spec.source = text_argument(from.attr("source"), "the source of a method is text");
  for (const auto& [state, role] : from.attr("_states")().cast<std::vector<named_state>>()) {
    spec.states.push_back({state, *attain::parse_word<attain::role>(role)});
  }
  attain::band_list bands;
  bands.quantity = *attain::parse_word<attain::quantity>(from.attr("node_quantity").cast<std::string>());
  const auto [edges, below, ceiling] = from.attr("_node_bands")().cast<std::tuple<std::vector<edge>, std::size_t, std::size_t>>();
  for (const auto& [at, state] : edges) bands.bands.push_back({at, true, state});
  bands.below = below;
  bands.below_without_answer = true;
  bands.name = "nodes";
  spec.band_lists = {std::move(bands)};
  spec.ceiling = ceiling;
  return {std::move(spec), [kept = kept_object(from)](const attain::judged_columns& of, std::span<std::uint8_t> state) {
            const py::gil_scoped_acquire acquired;
            const auto states = (*kept)
                                    .attr("_judge_columns")(array_of(of.facts), array_of(of.attainment), array_of(of.attainment_missing),
                                                            array_of(of.expected), array_of(of.expected_missing), array_of(of.gap),
                                                            array_of(of.gap_missing))
                                    .cast<py::array_t<std::uint8_t, py::array::c_style>>();
            if (static_cast<std::size_t>(states.size()) != state.size()) {
              throw py::value_error("the method returned states of other rows");
            }
            std::copy_n(states.data(), state.size(), state.begin());
          }};
}

}  // namespace

attain::progress_function progress_function_of(const progress_like& told) {
  if (told.is_none()) return {};
  return [kept = kept_object(told)](const attain::progress& now) {
    const py::gil_scoped_acquire acquired;
    (*kept)(to_string(now.doing), now.share);
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();  // a function of C runs no handler of signals
  };
}

std::shared_ptr<const attain::custom_functions> custom_functions_of(const py::object& methods, const py::object& aggregators,
                                                                    const py::object& formulas) {
  auto made = std::make_shared<attain::custom_functions>();
  const auto each = [](const py::object& named, auto add) {
    if (named.is_none()) return;
    for (const auto& [key, function] : py::dict(named)) {
      add(text_argument(key, "functions are given by their names, which are text: NAME@VERSION"),
          py::reinterpret_borrow<py::object>(function));
    }
  };
  const auto callable = [](const std::string& name, const py::object& function) {
    if (PyCallable_Check(function.ptr()) == 0) throw py::type_error(name + " is no function");
    return function;
  };
  each(methods, [&](const std::string& name, const py::object& m) { made->methods.emplace(name, method_of(name, m)); });
  each(aggregators,
       [&](const std::string& name, const py::object& f) { made->aggregators.emplace(name, aggregator_of(callable(name, f))); });
  each(formulas,
       [&](const std::string& name, const py::object& f) { made->formulas.emplace(name, formula_of(callable(name, f))); });
  if (made->methods.empty() && made->aggregators.empty() && made->formulas.empty()) return nullptr;
  return made;
}
