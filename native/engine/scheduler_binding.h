// The seam between the model and the loop that generates: `Model.createScheduler(options, onEvents)` of JavaScript.
#pragma once

#include <memory>

#include "model.h"
#include "napi.h"

namespace redoubt {

/** Promises the handle of a scheduler. Arguments: 0 options, 1 onEvents. The scheduler keeps `model` until it is closed. */
napi_value create_scheduler(Call &call, const std::shared_ptr<Model> &model);

}  // namespace redoubt
