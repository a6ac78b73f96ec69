#pragma once

#include <attain/core/error.hpp>
