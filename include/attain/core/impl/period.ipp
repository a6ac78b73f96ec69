#pragma once

#include <attain/core/period.hpp>
