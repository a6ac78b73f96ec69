#pragma once
/** What module.cpp registers, one file each. */
#include "pybind.hpp"

void register_core(py::module_& m);
void register_composites(py::module_& m);
void register_text(py::module_& m);
void register_methods(py::module_& m);
void register_model(py::module_& m);
void register_control(py::module_& m);
void register_tables(py::module_& m);
void register_dhis2(py::module_& m);
void register_iati(py::module_& m);
void register_ledger(py::module_& m);
void register_store(py::module_& m);
void register_quality(py::module_& m);
void register_explanations(py::module_& m);
void register_results(py::module_& m);
void register_earned_value(py::module_& m);
void register_engine(py::module_& m);
void register_firmness(py::module_& m);
void register_compare(py::module_& m);
void register_tracker(py::module_& m);
void register_snapshots(py::module_& m);
