#include "downstage/inference/network.hpp"
