#pragma once

#include <attain/core/date.hpp>
