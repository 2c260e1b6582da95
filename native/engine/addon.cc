// The surface for JavaScript; typed in electron/processes/inference/native/engine-addon.ts.
#include "job.h"
#include "library.h"
#include "log.h"
#include "model_handle.h"
#include "napi.h"

namespace redoubt {
namespace {

napi_value open(Call &call) {
  open_library(call.argument(0, "library").at("folder").text());
  return make_undefined(call.env());
}

napi_value system_info(Call &call) { return make_text(call.env(), lib().llama_print_system_info()); }

}  // namespace
}  // namespace redoubt

NAPI_MODULE_INIT() {
  using namespace redoubt;
  return guarded(env, [&] {
    watch_environment(env);
    set(env, exports, "release", make_text(env, library_release()));
    add_methods(env, exports, {method<redoubt::open>("open"), method<system_info>("systemInfo"), method<load_model>("loadModel")});
    return exports;
  });
}
