#pragma once

#include <attain/core/unit.hpp>
